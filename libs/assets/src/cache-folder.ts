import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './places.ts';

/** Where is kept from run to run what takes long to get or to make. Source: XDG Base Directory Specification. */
export function cacheFolder(name: string, environment: Environment): string {
  const cacheHome = environment['XDG_CACHE_HOME'];
  const base = cacheHome === undefined || cacheHome === '' ? join(homedir(), '.cache') : cacheHome;
  return join(base, 'framegate', name);
}
