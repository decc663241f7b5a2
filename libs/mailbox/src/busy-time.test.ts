import { expect, it } from 'vitest';
import { createBusyTime } from './busy-time.ts';

it('time is busy while a run goes on, and counts once when it has ended', () => {
  let nowUs = 0;
  const busy = createBusyTime(() => nowUs);
  const [one, other] = [busy.begin(), busy.begin()];
  nowUs = 3_000_000;
  expect([busy.running, busy.totalMs()]).toEqual([2, 6000]);
  expect(one.end()).toBe(3000);
  nowUs = 4_000_000;
  expect([busy.running, busy.totalMs()]).toEqual([1, 7000]);
  expect(other.end()).toBe(4000);
  nowUs = 9_000_000;
  expect([busy.running, busy.totalMs()]).toEqual([0, 7000]);
});
