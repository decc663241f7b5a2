import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of a test's own at a socket in a folder of its own, so that it needs no port. */
export interface TestRedis {
  readonly socket: string;
  /** The same as a service takes it. */
  readonly url: string;
  /** SIGKILL: a crash. What it kept in memory is gone. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-redis-'));
  const socket = join(folder, 'redis.sock');
  let server: ChildProcess;

  const start = async (): Promise<void> => {
    const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
    server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of server.stdout ?? []) {
      if (String(line).includes('ready to accept connections')) break;
    }
  };
  const kill = async (): Promise<void> => {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  };
  const killAtExit = (): boolean => server.kill('SIGKILL');
  process.once('exit', killAtExit);
  await start();
  return {
    socket,
    url: `redis://localhost?path=${encodeURIComponent(socket)}`,
    kill,
    restart: start,
    async stop() {
      process.off('exit', killAtExit);
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}
