import type { EventQueue } from './event-queue.ts';
import type { StepFunction } from './step-function.ts';

/**
 * A way for bytes: first in, first out, at a capacity that changes over time, then a propagation delay.
 * Requests of several lanes share one connection, so they queue behind each other.
 */
export interface Link {
  /** `arrived` runs when the last byte is at the other end. */
  send(bytes: number, arrived: () => void): void;
  /** When a small message that is handed over at `nowUs` would be at the other end; Infinity in an outage for good. */
  arrivalUs(bytes: number): number;
  /** Bytes handed over that have not left. */
  backlogBytes(): number;
  delayUs(): number;
}

export function createLink(
  events: EventQueue,
  bitsPerSecond: number,
  factor: StepFunction,
  delayUsAt: (atUs: number) => number,
): Link {
  let freeAtUs = 0;

  /** When `bits` that start at `fromUs` have left. */
  const endOf = (bits: number, fromUs: number): number => {
    let atUs = fromUs;
    let left = bits;
    while (left > 1e-6) {
      const bitsPerUs = (bitsPerSecond * factor.at(atUs)) / 1e6;
      const changeUs = factor.nextChangeUs(atUs);
      const endUs = bitsPerUs > 0 ? atUs + left / bitsPerUs : Infinity;
      if (endUs <= changeUs) return endUs;
      left -= bitsPerUs * (changeUs - atUs);
      atUs = changeUs;
    }
    return atUs;
  };
  const capacityUntil = (fromUs: number, untilUs: number): number => {
    let bits = 0;
    for (let atUs = fromUs; atUs < untilUs;) {
      const nextUs = Math.min(untilUs, factor.nextChangeUs(atUs));
      bits += ((bitsPerSecond * factor.at(atUs)) / 1e6) * (nextUs - atUs);
      atUs = nextUs;
    }
    return bits;
  };

  return {
    send(bytes, arrived) {
      freeAtUs = endOf(bytes * 8, Math.max(freeAtUs, events.nowUs));
      // Never: the outage outlives the run, and the request stays where it is.
      if (Number.isFinite(freeAtUs)) events.at(freeAtUs + delayUsAt(freeAtUs), arrived);
    },
    arrivalUs(bytes) {
      const leavesUs = endOf(bytes * 8, Math.max(freeAtUs, events.nowUs));
      return leavesUs + delayUsAt(events.nowUs);
    },
    backlogBytes: () =>
      Number.isFinite(freeAtUs) && freeAtUs > events.nowUs ? capacityUntil(events.nowUs, freeAtUs) / 8 : 0,
    delayUs: () => delayUsAt(events.nowUs),
  };
}
