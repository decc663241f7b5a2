import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');

it.each([
  { program: 'main.ts', args: ['bogus'], names: "'bogus'" },
  { program: 'main.ts', args: ['run', '--seed'], names: '--seed' },
  { program: 'soak/main.ts', args: ['--hours', 'x'], names: "'x'" },
])('$program $args is told as wrong use, by what is wrong and by exit code 2', ({ program, args, names }) => {
  const { status, stderr } = spawnSync(process.execPath, [join(source, program), ...args], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain(names);
});
