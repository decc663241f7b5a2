import type { LinkConditions } from './link-conditions.ts';
import {
  checkConditions,
  clearLink,
  effectiveBytesPerSecond,
  timeoutChance,
  timeoutMs,
} from './link-conditions.ts';

/**
 * One direction of a link in virtual time: a first-in-first-out queue that is served at the link's rate, then a
 * delay. Pure: the caller brings time (ms, never going back) and says when it looks.
 */
export interface Link<Item> {
  push(nowMs: number, bytes: number, item: Item): void;
  /** What has come out by now, in order. */
  take(nowMs: number): Item[];
  /** When something comes out next, as far as is known now; Infinity when nothing does. */
  nextMs(): number;
  /** Holds for what has not left yet; what is under way keeps its time. */
  set(nowMs: number, changes: Partial<LinkConditions>): void;
  readonly conditions: LinkConditions;
  /** Bytes that have not left yet. */
  readonly waitingBytes: number;
}

interface Waiting<Item> {
  readonly bytes: number;
  readonly item: Item;
  readonly sinceMs: number;
}

/** @param random uniform in [0, 1): jitter and losses */
export function createLink<Item>(random: () => number, initial: Partial<LinkConditions> = {}): Link<Item> {
  let conditions = checkConditions({ ...clearLink, ...initial });
  const waiting: Waiting<Item>[] = [];
  const underWay: { readonly arrivesMs: number; readonly item: Item }[] = [];
  let freeAtMs = Number.NEGATIVE_INFINITY;
  let lastArrivalMs = Number.NEGATIVE_INFINITY;
  let waitingBytes = 0;

  const leavesMs = ({ bytes, sinceMs }: Waiting<Item>): number =>
    Math.max(freeAtMs, sinceMs) + (1000 * bytes) / effectiveBytesPerSecond(conditions);

  const travelMs = (bytes: number): number => {
    const { delayMs, jitterMs } = conditions;
    const timedOut = conditions.lossShare > 0 && random() < timeoutChance(conditions, bytes);
    return delayMs + (jitterMs > 0 ? jitterMs * random() : 0) + (timedOut ? timeoutMs(conditions) : 0);
  };

  const depart = (nowMs: number): void => {
    while (conditions.open && waiting[0]) {
      const [head] = waiting;
      const leftMs = leavesMs(head);
      if (leftMs > nowMs) return;
      waiting.shift();
      waitingBytes -= head.bytes;
      freeAtMs = leftMs;
      lastArrivalMs = Math.max(lastArrivalMs, leftMs + travelMs(head.bytes));
      underWay.push({ arrivesMs: lastArrivalMs, item: head.item });
    }
  };

  return {
    push(nowMs, bytes, item) {
      waiting.push({ bytes, item, sinceMs: nowMs });
      waitingBytes += bytes;
    },
    take(nowMs) {
      depart(nowMs);
      const arrived: Item[] = [];
      while (conditions.open && underWay[0] && underWay[0].arrivesMs <= nowMs)
        arrived.push(...underWay.splice(0, 1).map(({ item }) => item));
      return arrived;
    },
    nextMs() {
      if (!conditions.open) return Number.POSITIVE_INFINITY;
      const leaves = waiting[0] ? leavesMs(waiting[0]) : Number.POSITIVE_INFINITY;
      return Math.min(underWay[0]?.arrivesMs ?? Number.POSITIVE_INFINITY, leaves);
    },
    set(nowMs, changes) {
      depart(nowMs);
      const reopens = !conditions.open && changes.open === true;
      conditions = checkConditions({ ...conditions, ...changes });
      // The head begins anew: neither the time of a cut nor that of a slower link counts for it.
      if (reopens || waiting.length > 0) freeAtMs = Math.max(freeAtMs, nowMs);
    },
    get conditions() {
      return conditions;
    },
    get waitingBytes() {
      return waitingBytes;
    },
  };
}
