import { ConfigError } from './config.ts';

/**
 * Runs several readers of configuration and gives all their results, or all their mistakes at once.
 * @throws ConfigError with the mistakes of each reader that failed
 */
export function readTogether<T extends Record<string, () => unknown>>(
  readers: T,
): { [Name in keyof T]: ReturnType<T[Name]> } {
  const mistakes: string[] = [];
  const read = Object.entries(readers).map(([name, reader]) => {
    try {
      return [name, reader()];
    } catch (error) {
      mistakes.push(...mistakesOf(error));
      return [name, undefined];
    }
  });
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.fromEntries(read) as { [Name in keyof T]: ReturnType<T[Name]> };
}

function mistakesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.mistakes;
  return [error instanceof Error ? error.message : String(error)];
}
