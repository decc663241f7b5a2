import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClockFilter } from './clock-filter.ts';

/** An exchange whose question takes `thereUs` and whose answer takes `backUs`, with a clock that is `offsetUs` behind. */
function exchange(offsetUs: number, thereUs: number, backUs: number, sentAtUs = 1_000_000_000) {
  const receivedAtUs = sentAtUs + offsetUs + thereUs;
  const repliedAtUs = receivedAtUs + 200;
  const reply = { site: 's', instance: 'e', sentAtUs, receivedAtUs, repliedAtUs };
  return { reply, arrivedAtUs: sentAtUs + thereUs + 200 + backUs };
}

describe('the offset of a clock', () => {
  it('is unknown before the first answer', () => {
    expect(createClockFilter().estimate(0)).toBeUndefined();
  });

  it('lies within its error of the truth, however uneven the two ways are', () => {
    const way = fc.integer({ min: 1, max: 2_000_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: -5_000_000, max: 5_000_000 }),
        fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 30 }),
        (offsetUs, ways) => {
          const filter = createClockFilter();
          let nowUs = 1_000_000_000;
          for (const [there, back] of ways) {
            const { reply, arrivedAtUs } = exchange(offsetUs, there, back, nowUs);
            filter.take(reply, arrivedAtUs);
            nowUs = arrivedAtUs + 10_000_000;
          }
          const estimate = filter.estimate(nowUs)!;
          expect(Math.abs(estimate.offsetUs - offsetUs)).toBeLessThanOrEqual(estimate.errorUs);
        },
      ),
    );
  });

  it('is that of the quickest exchange, not of the last', () => {
    const filter = createClockFilter();
    const quick = exchange(700, 1000, 1000);
    filter.take(quick.reply, quick.arrivedAtUs);
    const slow = exchange(700, 900_000, 10_000, quick.arrivedAtUs + 1_000_000);
    filter.take(slow.reply, slow.arrivedAtUs);
    expect(filter.estimate(slow.arrivedAtUs)?.offsetUs).toBe(700);
  });

  it('is told anew at once when a clock was set', () => {
    const filter = createClockFilter();
    const before = exchange(0, 1000, 1000);
    filter.take(before.reply, before.arrivedAtUs);
    const after = exchange(5_000_000, 20_000, 20_000, before.arrivedAtUs + 1_000_000);
    filter.take(after.reply, after.arrivedAtUs);
    expect(filter.estimate(after.arrivedAtUs)?.offsetUs).toBe(5_000_000);
  });

  it('gets less certain while nobody answers', () => {
    const filter = createClockFilter();
    const { reply, arrivedAtUs } = exchange(0, 1000, 1000);
    filter.take(reply, arrivedAtUs);
    expect(filter.estimate(arrivedAtUs)?.errorUs).toBe(1000);
    expect(filter.estimate(arrivedAtUs + 60_000_000)?.errorUs).toBe(4000);
  });

  it('ignores an answer that came before its question', () => {
    const filter = createClockFilter();
    const { reply } = exchange(0, 1000, 1000);
    filter.take(reply, reply.sentAtUs - 1);
    expect(filter.estimate(reply.sentAtUs)).toBeUndefined();
  });
});
