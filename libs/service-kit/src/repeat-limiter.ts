/**
 * Lets a message that repeats through once an interval: a camera that is away says so once, not 10 times a second.
 * The returned function calls `say` at most once an interval and key, with how many were held back before.
 * @param nowMs monotonic milliseconds
 */
export function createRepeatLimiter({ intervalMs, nowMs }: { intervalMs: number; nowMs: () => number }) {
  const last = new Map<string, { saidAtMs: number; heldBack: number }>();
  return (key: string, say: (heldBack: number) => void): void => {
    const entry = last.get(key);
    const timeMs = nowMs();
    if (entry !== undefined && timeMs - entry.saidAtMs < intervalMs) {
      entry.heldBack += 1;
      return;
    }
    last.set(key, { saidAtMs: timeMs, heldBack: 0 });
    say(entry?.heldBack ?? 0);
  };
}
