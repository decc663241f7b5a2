import { redactUrl } from '@framegate/service-kit';
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';

const usageExitCode = 2;

/**
 * Runs one command: its exit code. 0: done; 1: it failed while running; 2: it was asked for wrongly, and nothing
 * was done; 130: it was interrupted. Every failure is one message on stderr.
 */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(args);
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Commander has said it.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    process.stderr.write(`${redactUrl(error instanceof Error ? error.message : String(error))}\n`);
    return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number'
      ? error.exitCode
      : 1;
  }
}
