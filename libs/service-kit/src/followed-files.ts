import { unwatchFile, watchFile } from 'node:fs';
import { ConfigError } from './config.ts';
import type { Logger } from './logger.ts';

/** What was read from files, and is read again when they change. */
export interface FollowedFiles<Value> {
  /** The same object until it is another. */
  current(): Value;
  close(): void;
}

export interface FollowOptions<Value> {
  /** What is read, for the log: "the declaration". */
  readonly what: string;
  readonly files: readonly string[];
  /** @throws ConfigError with every mistake */
  readonly read: () => Value;
  readonly logger: Logger;
}

/** By polling: a file that an orchestrator mounts changes through links, which nobody is told of. */
const lookEveryMs = 2000;

/**
 * Reads files, and again whenever one changes or the process is told to (SIGHUP). One with mistakes changes nothing:
 * all of them are logged, and what held before holds on.
 * @throws ConfigError with every mistake of the first reading
 */
export function followFiles<Value>({
  what,
  files,
  read,
  logger,
}: FollowOptions<Value>): FollowedFiles<Value> {
  let current = read();
  const readAgain = (): void => {
    try {
      current = read();
      logger.info({ files }, `${what} was read again`);
    } catch (error) {
      for (const mistake of mistakesOf(error)) logger.error(mistake);
      logger.error({ files }, `${what} has mistakes: what held before holds on`);
    }
  };
  for (const file of files) watchFile(file, { interval: lookEveryMs, persistent: false }, readAgain);
  process.on('SIGHUP', readAgain);
  return {
    current: () => current,
    close() {
      for (const file of files) unwatchFile(file, readAgain);
      process.off('SIGHUP', readAgain);
    },
  };
}

function mistakesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.mistakes;
  return [error instanceof Error ? error.message : String(error)];
}
