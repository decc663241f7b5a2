/** How long a live frame may be on its way before backfill stops for it, ms: half of a usual objective. */
const behindMs = 250;
/** For how long nothing may have been behind before backfill goes on, ms. */
const calmMs = 1000;

/** Live frames go first: says when backfill may send. Times by a clock that only goes on, ms. */
export interface RightOfWay {
  /** @param oldestSinceMs since when the oldest live frame is on its way */
  mayBackfill(nowMs: number, isConnected: boolean, oldestSinceMs: number | undefined): boolean;
}

export function createRightOfWay(): RightOfWay {
  let behindAtMs = Number.NEGATIVE_INFINITY;
  return {
    mayBackfill(nowMs, isConnected, oldestSinceMs) {
      const isBehind = oldestSinceMs !== undefined && nowMs - oldestSinceMs > behindMs;
      if (isBehind || !isConnected) behindAtMs = nowMs;
      return nowMs - behindAtMs > calmMs;
    },
  };
}
