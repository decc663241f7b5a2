import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { endWithUs, inOwnGroup } from './end-with-us.ts';
import type { Pod } from './service-process.ts';

/** A Redis in memory as a pod: killed, it has forgotten everything. */
export function createRedisPod(port: number, folder: string): Pod {
  let server: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  return {
    name: 'redis',
    component: 'redis',
    signal: (signal) => void server?.kill(signal),
    kill,
    async start() {
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
      server = endWithUs(
        spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'], ...inOwnGroup }),
      );
      await once(server, 'spawn');
      if (!server.stdout) return;
      const lines = createInterface(server.stdout);
      for await (const line of lines) if (/ready to accept connections/i.test(line)) break;
      server.stdout.resume();
    },
    stop: kill,
  };
}
