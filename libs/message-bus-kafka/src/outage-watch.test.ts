import { expect, it } from 'vitest';
import { OutageWatch } from './outage-watch.ts';

it('an outage is told when it ends, once, and only when it was a long one', () => {
  let nowMs = 0;
  let ended = 0;
  const watch = new OutageWatch(
    5000,
    () => nowMs,
    () => (ended += 1),
  );
  watch.enter('connected');
  watch.enter('reconnecting');
  nowMs = 4999;
  watch.enter('connected');
  expect(ended).toBe(0);
  watch.enter('reconnecting');
  nowMs += 3000;
  watch.enter('reconnecting');
  nowMs += 2000;
  expect(ended).toBe(0);
  watch.enter('connected');
  watch.enter('connected');
  expect(ended).toBe(1);
});
