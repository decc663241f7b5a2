import { spawn } from 'node:child_process';

/** A command that failed: what it was, and the end of what it said. */
class CommandError extends Error {
  override readonly name = 'CommandError';
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Killed after this, milliseconds. */
  readonly timeoutMs?: number;
  readonly cwd?: string;
}

const shownLines = 20;

/** Runs a program. @returns its standard output @throws CommandError when it is missing, fails or takes too long */
export function runCommand(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { env = {}, input, timeoutMs = 600_000, cwd } = options;
  const line = [program, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, timeout: timeoutMs });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      all += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (all += chunk.toString()));
    child.once('error', (error) => reject(new CommandError(`${line}: ${error.message}`)));
    child.once('close', (exitCode, signal) => {
      if (exitCode === 0) return resolve(stdout);
      const end = all.trim().split('\n').slice(-shownLines).join('\n');
      reject(new CommandError(`${line} ended with ${signal ?? exitCode}:\n${end}`));
    });
    // A program that ends before it has read its input says why by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** Whether a command can be run and succeeds. */
export async function succeeds(program: string, ...args: string[]): Promise<boolean> {
  try {
    await runCommand(program, args);
    return true;
  } catch {
    return false;
  }
}
