import { expect, it } from 'vitest';
import { createRightOfWay } from './right-of-way.ts';

it('backfill waits while the bus is away or live frames are behind, and for a calm second after', () => {
  const way = createRightOfWay();
  const may = (nowMs: number, oldestSinceMs?: number, isConnected = true): boolean =>
    way.mayBackfill(nowMs, isConnected, oldestSinceMs);
  expect([may(0), may(10, 5)], 'a frame that is quickly taken').toEqual([true, true]);
  expect(may(500, 100), 'one that takes long').toBe(false);
  expect([may(1000), may(1501)]).toEqual([false, true]);
  expect(may(2000, undefined, false)).toBe(false);
  expect([may(3000), may(3001)]).toEqual([false, true]);
});
