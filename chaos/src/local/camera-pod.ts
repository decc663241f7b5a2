import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endWithUs, inOwnGroup } from './end-with-us.ts';
import type { Pod } from './service-process.ts';

/** All network cameras of the site in one process: when it ends, every camera is gone at once. */
export function createCameraPod(port: number, framesPerSecond: number): Pod {
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    name: 'cameras',
    component: 'cameras',
    signal: (signal) => void child?.kill(signal),
    kill,
    async start() {
      const main = join(import.meta.dirname, 'camera-server.ts');
      const options = [main, String(port), String(framesPerSecond)];
      child = endWithUs(
        spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'], ...inOwnGroup }),
      );
      if (child.stdout) await once(child.stdout, 'data');
    },
    stop: kill,
  };
}
