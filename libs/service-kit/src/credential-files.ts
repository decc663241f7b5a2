import { unwatchFile, watchFile } from 'node:fs';
import type { Environment } from './config.ts';

const intervalMs = 5000;
/** A configuration file that is read again by itself, such as FRAMEGATE_SITE_FILE, is none of these. */
const namesCredentials = /^KAFKA_TLS_(?:CA|CERT|KEY)$|_(?:PASSWORD|TOKEN|SECRET|KEY|URL)_FILE$/;

/** The files from which the environment takes certificates, passwords and tokens. */
export function credentialFiles(env: Environment): string[] {
  return Object.entries(env).flatMap(([name, file]) => (file && namesCredentials.test(name) ? [file] : []));
}

/**
 * Calls back once one of the files has changed, appeared or gone: an orchestrator replaces them when a certificate or
 * password is renewed. @returns the function that ends this
 */
export function watchCredentials(
  files: readonly string[],
  onChange: (file: string) => void,
  everyMs = intervalMs,
): () => void {
  const stop = (): void => {
    for (const file of files) unwatchFile(file);
  };
  for (const file of files) {
    watchFile(file, { interval: everyMs, persistent: false }, (now, before) => {
      if (now.mtimeMs === before.mtimeMs && now.ino === before.ino) return;
      stop();
      onChange(file);
    });
  }
  return stop;
}
