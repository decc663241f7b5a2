import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { refuseTelemetry } from '@framegate/object-detector/no-telemetry';
import { benches } from './benches.ts';

/** `pnpm bench NAME [options]`: each bench is a program of its own, so that none inherits another's warm caches. */
const [name = '--help', ...options] = process.argv.slice(2);
const bench = benches.get(name);

if (bench) {
  const program = join(import.meta.dirname, bench.file);
  // For those that run a model themselves, in Python too.
  refuseTelemetry();
  const child = spawn(process.execPath, [program, ...options], { stdio: 'inherit' });
  const [exitCode] = await once(child, 'exit');
  process.exitCode = typeof exitCode === 'number' ? exitCode : 1;
} else {
  const list = [...benches].map(([known, { question }]) => `  ${known.padEnd(10)} ${question}`);
  const text = `pnpm bench NAME [--json] [--help]\n\n${list.join('\n')}\n`;
  if (name === '--help') process.stdout.write(text);
  else process.stderr.write(`${name}: no such bench\n\n${text}`);
  process.exitCode = name === '--help' ? 0 : 2;
}
