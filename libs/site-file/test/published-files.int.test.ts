import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parseSite } from '../src/index.ts';
import { siteJsonSchema } from '../src/site-schema.ts';

const root = join(import.meta.dirname, '../../..');

describe('what is published about the site file', () => {
  it('the JSON Schema is the one of the code (after a change: vitest run libs/site-file --update)', async () => {
    const published = await format(JSON.stringify(siteJsonSchema()), { parser: 'json', printWidth: 110 });
    await expect(published).toMatchFileSnapshot(join(root, 'docs/site.schema.json'));
  });

  it('the example is accepted as it is, and shows every key of a camera', () => {
    const text = readFileSync(join(root, 'deploy/site.example.yaml'), 'utf8');
    const env = { CAMERA_USER: 'viewer', CAMERA_PASSWORD: 'p@ss/word' };
    const parsed = parseSite(text, 'site.example.yaml', env);
    expect(parsed).toMatchObject({ site: { site: 'north', cameras: [{ id: 'door' }, { id: 'yard' }] } });
    const { properties } = JSON.parse(JSON.stringify(siteJsonSchema()));
    for (const key of Object.keys(properties.cameras.items.properties)) expect(text).toContain(`${key}:`);
  });
});
