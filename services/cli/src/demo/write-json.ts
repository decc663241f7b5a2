import { accessSync, constants, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '@framegate/service-kit';

/** Refuses a path that can't be written, before any work is done. @throws ConfigError */
export function checkWritable(path: string): void {
  const folder = dirname(resolve(path));
  try {
    if (!statSync(folder).isDirectory()) throw new Error('not a folder');
    accessSync(folder, constants.W_OK);
  } catch {
    throw new ConfigError([`${path}: its folder ${folder} does not exist or can't be written; name another`]);
  }
}

/** Writes a JSON document whole or not at all. */
export function writeJson(path: string, document: unknown): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(document, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
