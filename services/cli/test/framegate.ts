import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../src/main.ts');

export interface Ended {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program as a user does, with nothing but its arguments. */
export function startFramegate(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([exitCode]: unknown[]): Ended => ({ exitCode, ...output }));
  const stopReading = (): void => void child.stdout.destroy();
  return { ended, stopReading, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

export async function framegate(cwd: string, ...args: string[]): Promise<Ended> {
  return startFramegate(cwd, args).ended;
}
