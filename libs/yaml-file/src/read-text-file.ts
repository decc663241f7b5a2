import { readFileSync } from 'node:fs';
import { ConfigError } from '@framegate/service-kit';

/**
 * @param what the file is, as `site file`
 * @throws ConfigError when it can't be read
 */
export function readTextFile(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigError([`${file}: can't be read (${reason}); name an existing ${what}`]);
  }
}
