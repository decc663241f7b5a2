import { ConfigError } from '@framegate/service-kit';
import type { Source } from '@framegate/video-source/source';
import { parseSource, SourceError } from '@framegate/video-source/source';
import type { Environment } from '@framegate/yaml-file';
import { replaceVariables } from '@framegate/yaml-file';

/**
 * Sources as a person names them on a command line, with `${NAME}` from the environment as in a site file.
 * @throws ConfigError with every mistake
 */
export function sourcesFrom(texts: readonly string[], env: Environment): Source[] {
  const mistakes: string[] = [];
  const sources = texts.flatMap((text) => {
    const replaced = replaceVariables(text, env);
    mistakes.push(...replaced.mistakes.map(({ message }) => `${text}: ${message}`));
    if (replaced.mistakes.length > 0) return [];
    try {
      return [parseSource(String(replaced.value))];
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      mistakes.push(error.message);
      return [];
    }
  });
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return sources;
}
