/** Exact to the turn of the event loop: timers round to milliseconds, so the last one is spent in turns. */
export async function waitUntil(atMs: number, nowMs: () => number): Promise<void> {
  for (let waitMs = atMs - nowMs(); waitMs > 0; waitMs = atMs - nowMs()) {
    await new Promise<void>((resolve) => {
      if (waitMs > 2) setTimeout(resolve, waitMs - 1.5);
      else setImmediate(resolve);
    });
  }
}
