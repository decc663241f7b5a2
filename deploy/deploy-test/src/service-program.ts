import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A service of some checkout of this repository as a process. */
export interface ServiceProgram {
  /** SIGTERM; resolves when it has drained and is gone. @throws Error with the end of its log when it did not end well */
  stop(): Promise<void>;
  kill(): void;
  /** The end of its log. */
  said(): Promise<string>;
}

export interface ServiceProgramOptions {
  /** The checkout. */
  readonly root: string;
  readonly service: 'motion-detection' | 'inference' | 'controller';
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const shownBytes = 2000;

export function startServiceProgram({ root, service, env, logFile }: ServiceProgramOptions): ServiceProgram {
  const { PATH = '', HOME = '' } = process.env;
  const main = join(root, 'services', service, 'src', 'main.ts');
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { PATH, HOME, FRAMEGATE_HTTP_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const said = async (): Promise<string> =>
    `${service} in ${root}:\n${(await readFile(logFile, 'utf8')).slice(-shownBytes)}`;
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    async stop() {
      if (isRunning()) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      if (child.exitCode === 0) return;
      throw new Error(`ended with ${child.signalCode ?? child.exitCode}: ${await said()}`);
    },
    kill: () => void child.kill('SIGKILL'),
    said,
  };
}
