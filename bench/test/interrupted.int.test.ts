import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'framegate-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('a bench that %s ends leaves no temporary files', async (signal, exitCode) => {
  const main = join(import.meta.dirname, '../src/main.ts');
  const env = { ...process.env, TMPDIR: folder };
  const bench = spawn(process.execPath, [main, 'spool', '--megabytes', '2000'], { env, stdio: 'ignore' });
  const exit = once(bench, 'exit');
  await eventually(() =>
    readdirSync(folder, { recursive: true }).some((name) => String(name).includes('framegate-spool-')),
  );
  bench.kill(signal);
  expect(await exit).toEqual([exitCode, null]);
  expect(readdirSync(folder)).toEqual([]);
});
