import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A PostgreSQL of a test's own at a socket in a folder of its own, so that it needs no port. */
export interface TestPostgres {
  /** @param schema where its tables are */
  url(schema?: string): string;
  /** SIGKILL: a crash. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const debian = '/usr/lib/postgresql';

/** The folder of its programs, which Debian does not put on the path. */
export function findPostgres(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return versions
    .map((version) => join(debian, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

export async function startTestPostgres(): Promise<TestPostgres> {
  const bin = findPostgres() ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'framegate-postgres-'));
  const data = join(folder, 'data');
  const user = unprivilegedUser();
  if (user) chownSync(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'framegate', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    {
      ...user,
      cwd: '/',
      stdio: 'pipe',
    },
  );
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    const options = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'];
    server = spawn(join(bin, 'postgres'), options, {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (!server.stderr) throw new Error('no log of PostgreSQL');
    const log = createInterface(server.stderr);
    for await (const line of log) if (line.includes('ready to accept connections')) break;
    server.stderr.resume();
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  };
  const killAtExit = (): boolean => server.kill('SIGQUIT');
  process.once('exit', killAtExit);
  await start();
  return {
    url: (schema = 'public') =>
      `postgres://framegate@/postgres?host=${encodeURIComponent(folder)}&options=${encodeURIComponent(`-c search_path=${schema}`)}`,
    kill: () => end('SIGQUIT'),
    restart: start,
    async stop() {
      process.off('exit', killAtExit);
      await end('SIGQUIT');
      await rm(folder, { recursive: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
