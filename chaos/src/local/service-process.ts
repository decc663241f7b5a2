import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** A process that stands for a pod: it has labels, it can be killed, and it is started again as a kubelet would. */
export interface Pod {
  readonly name: string;
  readonly component: string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(withinMs: number): Promise<void>;
}

/** A service of the repository as a pod. Its log goes to a file of the run. */
export function createServicePod(
  service: 'motion-detection' | 'inference' | 'controller',
  name: string,
  environment: Readonly<Record<string, string>>,
  logFolder: string,
): Pod {
  let child: ChildProcess | undefined;
  const main = join(root, 'services', service, 'src', 'main.ts');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    FRAMEGATE_HTTP_PORT: '0',
    FRAMEGATE_INSTANCE: name,
    ...environment,
  };
  const gone = async (): Promise<void> => {
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  process.once('exit', () => child?.kill('SIGKILL'));
  return {
    name,
    component: service,
    signal: (signal) => void child?.kill(signal),
    async kill() {
      child?.kill('SIGKILL');
      await gone();
    },
    async start() {
      child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const log = createWriteStream(join(logFolder, `${name}.log`), { flags: 'a' });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
    },
    async stop(withinMs) {
      child?.kill('SIGCONT');
      child?.kill('SIGTERM');
      const timer = setTimeout(() => child?.kill('SIGKILL'), withinMs);
      await gone();
      clearTimeout(timer);
    },
  };
}
