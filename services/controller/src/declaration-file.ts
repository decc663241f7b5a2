import { unwatchFile, watchFile } from 'node:fs';
import type { Declaration, Machine } from '@framegate/control';
import { ConfigError } from '@framegate/service-kit';
import type { Logger } from '@framegate/service-kit';
import { parseDeclaration } from '@framegate/slo-file';
import { formatMistake, readTextFile } from '@framegate/yaml-file';

/** A declaration that follows its file. */
export interface DeclarationFile {
  current(): Declaration;
  close(): void;
}

/** By polling: a file that an orchestrator mounts changes through links, which nobody is told of. */
const lookEveryMs = 2000;

/**
 * Reads the file, and again whenever it changes or the process is told to (SIGHUP). One with mistakes changes
 * nothing: all of them are logged, and what held before holds on.
 * @throws ConfigError with every mistake of the first reading
 */
export function followDeclaration(path: string, machine: Machine, logger: Logger): DeclarationFile {
  const first = read(path, machine);
  if ('mistakes' in first) throw new ConfigError(first.mistakes);
  let current = first.declaration;
  const readAgain = (): void => {
    const next = readSafely(path, machine);
    if ('mistakes' in next) {
      for (const mistake of next.mistakes) logger.error(mistake);
      logger.error({ path }, 'the declaration has mistakes: the one before holds on');
      return;
    }
    current = next.declaration;
    logger.info({ path, slos: current.slos.length }, 'the declaration was read again');
  };
  watchFile(path, { interval: lookEveryMs, persistent: false }, readAgain);
  process.on('SIGHUP', readAgain);
  return {
    current: () => current,
    close() {
      unwatchFile(path, readAgain);
      process.off('SIGHUP', readAgain);
    },
  };
}

type Reading = { readonly declaration: Declaration } | { readonly mistakes: readonly string[] };

function read(path: string, machine: Machine): Reading {
  const parsed = parseDeclaration(readTextFile(path, 'declaration (slo.yaml)'), path, machine);
  return 'mistakes' in parsed ? { mistakes: parsed.mistakes.map(formatMistake) } : parsed;
}

function readSafely(path: string, machine: Machine): Reading {
  try {
    return read(path, machine);
  } catch (error) {
    return { mistakes: [error instanceof Error ? error.message : String(error)] };
  }
}
