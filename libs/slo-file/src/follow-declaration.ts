import type { Declaration, Machine } from '@framegate/control';
import type { FollowedFiles, Logger } from '@framegate/service-kit';
import { ConfigError, followFiles } from '@framegate/service-kit';
import { formatMistake, readTextFile } from '@framegate/yaml-file';
import { parseDeclaration } from './parse-declaration.ts';

/** Follows `slo.yaml`; undefined where none is named. @throws ConfigError with every mistake of the first reading */
export function followDeclaration(
  path: string | undefined,
  machine: Machine,
  logger: Logger,
): FollowedFiles<Declaration> | undefined {
  if (path === undefined) return undefined;
  const read = (): Declaration => readDeclaration(path, machine);
  return followFiles({ what: 'the declaration', files: [path], read, logger });
}

function readDeclaration(path: string, machine: Machine): Declaration {
  const parsed = parseDeclaration(readTextFile(path, 'declaration (slo.yaml)'), path, machine);
  if ('mistakes' in parsed) throw new ConfigError(parsed.mistakes.map(formatMistake));
  return parsed.declaration;
}
