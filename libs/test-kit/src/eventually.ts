import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `condition` returns a truthy value, and returns that value. The time-out is there only to fail
 * with a message instead of hanging: no test may depend on how long a wait takes.
 * @throws Error with the condition's last error as its cause, after `timeoutMs`.
 */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 20_000, everyMs = 10 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<NonNullable<T>> {
  const deadlineMs = performance.now() + timeoutMs;
  let lastError: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await delay(everyMs);
  } while (performance.now() < deadlineMs);
  throw new Error(`still not so after ${timeoutMs} ms: ${condition.toString()}`, { cause: lastError });
}
