import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseTelemetry } from '@framegate/object-detector/no-telemetry';
import { benches } from './benches.ts';

/**
 * `pnpm bench NAME [options]`: each bench is a program of its own, so that none inherits another's warm caches. Its
 * temporary files go when it ends, also by a signal.
 */
const [name = '--help', ...options] = process.argv.slice(2);
const bench = benches.get(name);

if (bench) {
  const program = join(import.meta.dirname, bench.file);
  // For those that run a model themselves, in Python too.
  refuseTelemetry();
  const temporary = mkdtempSync(join(tmpdir(), 'framegate-bench-'));
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, [program, ...options], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  await once(child, 'exit');
  // What it started may still write for a moment.
  rmSync(temporary, { recursive: true, force: true, maxRetries: 10 });
  process.exitCode = child.exitCode ?? 128 + constants.signals[child.signalCode ?? 'SIGTERM'];
} else {
  const list = [...benches].map(([known, { question }]) => `  ${known.padEnd(10)} ${question}`);
  const text = `pnpm bench NAME [--json] [--help]\n\n${list.join('\n')}\n`;
  if (name === '--help') process.stdout.write(text);
  else process.stderr.write(`${name}: no such bench\n\n${text}`);
  process.exitCode = name === '--help' ? 0 : 2;
}
