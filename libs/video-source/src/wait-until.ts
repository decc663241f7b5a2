import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the clock `now` shows `atUs`, µs; an aborted signal ends it early. */
export async function waitUntil(
  atUs: number,
  now: () => number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ms = (atUs - now()) / 1000;
  if (ms <= 0) return;
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => {});
}
