import { ConfigError } from './config.ts';

/**
 * Runs several readers of configuration and gives all their results, or all their mistakes at once.
 * @throws ConfigError with the mistakes of each reader that failed, the same one once
 */
export function readTogether<T extends object>(readers: { [Name in keyof T]: () => T[Name] }): T {
  const results: Partial<T> = {};
  const mistakes: string[] = [];
  for (const name in readers) {
    try {
      results[name] = readers[name]();
    } catch (error) {
      mistakes.push(...mistakesOf(error));
    }
  }
  const isComplete = (read: Partial<T>): read is T =>
    Object.keys(readers).every((name) => Object.hasOwn(read, name));
  if (!isComplete(results)) throw new ConfigError([...new Set(mistakes)]);
  return results;
}

function mistakesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.mistakes;
  return [error instanceof Error ? error.message : String(error)];
}
