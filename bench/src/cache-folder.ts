import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where benches keep from run to run what takes long to make; `XDG_CACHE_HOME` is read. */
export function cacheFolder(name: string, environment: NodeJS.ProcessEnv): string {
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'framegate', name);
}
