import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { has, need } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../prometheus');
const hasPromtool = need(
  'promtool',
  () => has.command('promtool', '--version'),
  'install Prometheus (Debian: apt-get install prometheus)',
);

describe.skipIf(!hasPromtool)("Prometheus' configuration", () => {
  it('and its rules are valid', async () => {
    const { stdout } = await run('promtool', ['check', 'config', 'prometheus.yml'], { cwd: folder });
    expect(stdout).toMatch(/SUCCESS: .*prometheus.yml is valid/);
    expect(stdout).not.toContain('FAILED');
  });

  it.each(globSync('tests/*.yml', { cwd: folder }).toSorted())(
    'alerts when it should and only then, says %s',
    async (file) => {
      const { stdout } = await run('promtool', ['test', 'rules', file], { cwd: folder });
      expect(stdout).toContain('SUCCESS');
    },
    180_000,
  );
});
