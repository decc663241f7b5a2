import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import wabt from 'wabt';
import { boxMeansBase64 } from './box-means.ts';

test('what runs is what box-means.wat says', async () => {
  const file = join(import.meta.dirname, 'box-means.wat');
  const { parseWat } = await wabt();
  const { buffer } = parseWat(file, readFileSync(file, 'utf8')).toBinary({});
  expect(boxMeansBase64).toBe(Buffer.from(buffer).toString('base64'));
});
