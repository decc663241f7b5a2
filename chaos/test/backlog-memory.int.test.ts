import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { need } from '@framegate/test-kit';
import { expect, it } from 'vitest';
import { fromImage } from '../src/local/service-process.ts';

it('the plant gives its services the memory settings of the images', () => {
  const dockerfile = readFileSync(join(import.meta.dirname, '../../deploy/docker/Dockerfile'), 'utf8');
  const runtime = dockerfile.slice(dockerfile.indexOf(' AS runtime'), dockerfile.indexOf('FROM runtime'));
  for (const [name, value] of Object.entries(fromImage)) expect(runtime).toContain(`ENV ${name}=${value}\n`);
});

const hasGlibc = need(
  'Linux with glibc',
  () => JSON.stringify(process.report.getReport()).includes('glibcVersionRuntime'),
  'run it on one',
);

it.skipIf(!hasGlibc)('a backlog leaves nothing of itself in the heap that shrinks only from its end', () => {
  const program = join(import.meta.dirname, 'backlog-program.ts');
  const env = { ...process.env, ...fromImage };
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', env });
  expect(status, stderr).toBe(0);
  // 30 to 60 MiB without the setting.
  expect(Number(stdout)).toBeLessThan(10);
});
