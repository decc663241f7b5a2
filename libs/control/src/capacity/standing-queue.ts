/**
 * CoDel's judgement of a queue (Nichols, Jacobson, ACM Queue 2012; RFC 8289): bursts come and go, but when even the
 * least sojourn of an interval is above the target, the queue stands.
 */
export interface StandingQueue {
  /** Since when the sojourn was never below the target; null while it is below. */
  readonly aboveSinceUs: number | null;
}

export const emptyQueue: StandingQueue = { aboveSinceUs: null };

/** @param sojournMs of the head of the queue; NaN (nothing waits) counts as none */
export function observeQueue(
  queue: StandingQueue,
  sojournMs: number,
  targetMs: number,
  atUs: number,
): StandingQueue {
  if (!(sojournMs > targetMs)) return emptyQueue;
  return queue.aboveSinceUs === null ? { aboveSinceUs: atUs } : queue;
}

export function isStanding(queue: StandingQueue, intervalMs: number, atUs: number): boolean {
  return queue.aboveSinceUs !== null && atUs - queue.aboveSinceUs >= intervalMs * 1000;
}
