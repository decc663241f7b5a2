import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { need } from '@framegate/test-kit';
import { expect, it } from 'vitest';

const isLinux = need('Linux', () => process.platform === 'linux', 'it reads /proc');

it.skipIf(!isLinux)('a detector takes the memory of its largest batch at the start, not hours later', () => {
  const program = join(import.meta.dirname, 'full-batches-fixture.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  // 12 MiB are heaps that grow; the batch itself takes 35 more where the start did not.
  expect(Number(stdout)).toBeLessThan(30);
});
