import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { benches } from './benches.ts';

/** `pnpm bench NAME [options]`: each bench is a program of its own, so that none inherits another's warm caches. */
const [name = '--help', ...options] = process.argv.slice(2);
const bench = benches.get(name);

if (bench) {
  const program = join(import.meta.dirname, bench.file);
  // onnxruntime, in Python too, tells its maker nothing of what is measured.
  const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' };
  const child = spawn(process.execPath, [program, ...options], { stdio: 'inherit', env });
  const [exitCode] = await once(child, 'exit');
  process.exitCode = typeof exitCode === 'number' ? exitCode : 1;
} else {
  const list = [...benches].map(([known, { question }]) => `  ${known.padEnd(10)} ${question}`);
  const text = `pnpm bench NAME [--json] [--help]\n\n${list.join('\n')}\n`;
  if (name === '--help') process.stdout.write(text);
  else process.stderr.write(`${name}: no such bench\n\n${text}`);
  process.exitCode = name === '--help' ? 0 : 2;
}
