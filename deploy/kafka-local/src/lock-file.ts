import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './broker-process.ts';

const RETRY_MS = 100;

/** Runs an action while no other process runs one under the same lock; the lock of a dead process does not count. */
export async function withLock<T>(path: string, action: () => Promise<T>): Promise<T> {
  while (!(await acquire(path))) await delay(RETRY_MS);
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await rm(path, { force: true });
    return false;
  }
}
