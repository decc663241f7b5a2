import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parseDeclaration } from '../src/index.ts';
import { sloJsonSchema } from '../src/slo-schema.ts';

const root = join(import.meta.dirname, '../../..');

describe('what is published about the declaration', () => {
  it('the JSON Schema is the one of the code (after a change: vitest run libs/slo-file --update)', async () => {
    const published = await format(JSON.stringify(sloJsonSchema()), { parser: 'json', printWidth: 110 });
    await expect(published).toMatchFileSnapshot(join(root, 'docs/slo.schema.json'));
  });

  it('the example is accepted as it is, and shows every key of an SLO and of a lever', () => {
    const text = readFileSync(join(root, 'deploy/slo.example.yaml'), 'utf8');
    const parsed = parseDeclaration(text, 'slo.example.yaml', { cores: 2, partitions: 4 });
    expect(parsed).toHaveProperty('declaration');
    const { properties } = JSON.parse(JSON.stringify(sloJsonSchema()));
    for (const { items } of [properties.slos, properties.levers])
      for (const key of Object.keys(items.properties)) expect(text).toContain(`${key}:`);
  });
});
