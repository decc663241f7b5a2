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

it.skipIf(!isLinux)('and that of its smaller batches, too', () => {
  const program = join(import.meta.dirname, 'any-batch-fixture.ts');
  // As in the image: glibc gives what it frees back, so that only what is held counts.
  const env = { ...process.env, MALLOC_MMAP_THRESHOLD_: '10240' };
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', program], {
    encoding: 'utf8',
    env,
  });
  expect(status, stderr).toBe(0);
  // 9.8 MiB where nothing was written into the input at the start, 8.5 where only the largest batch was run.
  expect(Number(stdout)).toBeLessThan(2);
});
