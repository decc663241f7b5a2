import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '@framegate/test-kit';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');

/** A console in a process of its own, on free ports, once it serves its pages. @throws with its output when it doesn't */
export async function startConsoleProcess(
  environment: Readonly<Record<string, string>>,
  patience: { readonly timeoutMs: number; readonly everyMs: number },
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      FRAMEGATE_HTTP_PORT: '0',
      FRAMEGATE_CONSOLE_PORT: '0',
      ...environment,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = await eventually(
    () => /"url":"([^"]+)","msg":"the console is served"/.exec(output)?.[1],
    patience,
  ).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(output, { cause: error });
  });
  return { url, child };
}
