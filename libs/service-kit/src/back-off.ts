import { setTimeout as timeout } from 'node:timers/promises';

/**
 * How long to wait before the retry number `attempt` (0 is the first): exponential back-off with full jitter,
 * uniform in 0..min(maxMs, initialMs * 2^attempt), so that clients who failed together don't return together.
 * Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * @param random uniform in [0, 1)
 */
export function backOffMs(
  attempt: number,
  { initialMs, maxMs, random }: { initialMs: number; maxMs: number; random: () => number },
): number {
  return random() * Math.min(maxMs, initialMs * 2 ** attempt);
}

/** Waits; true after the time has passed, false as soon as the signal aborts. */
export async function abortableDelay(delayMs: number, signal?: AbortSignal): Promise<boolean> {
  try {
    return await timeout(delayMs, true, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}
