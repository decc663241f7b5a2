import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many lines of the logs in a folder hold a text that none may hold. */
export function linesWithSecrets(folder: string, secret: string): number {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.includes(secret)).length;
}
