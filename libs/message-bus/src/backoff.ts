import type { BackoffRange } from './port.ts';

/**
 * Exponential back-off with "equal jitter" (Marc Brooker, AWS Architecture Blog, 2015): half of the delay is fixed, half
 * is random, so that clients which failed together do not come back together.
 *
 * @param attempt failures so far, from 1
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(attempt: number, range: BackoffRange, random: number): number {
  const ceilingMs = Math.min(range.maxMs, range.initialMs * 2 ** Math.min(attempt - 1, 30));
  return (ceilingMs * (1 + random)) / 2;
}
