import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { linesWithSecrets } from './lines-with-secrets.ts';

it('lines of logs that hold a secret are counted, those of other files are not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  writeFileSync(join(folder, 'edge.log'), 'opened\nhttp://u:hidden@host\nhidden again\n');
  writeFileSync(join(folder, 'site.yaml'), 'hidden\n');
  expect(linesWithSecrets(folder, 'hidden')).toBe(2);
  rmSync(folder, { recursive: true });
});
