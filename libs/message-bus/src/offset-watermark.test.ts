import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OffsetWatermark } from './offset-watermark.ts';

describe('OffsetWatermark', () => {
  it('stands at the first offset that is not settled, in whatever order they settle', () => {
    fc.assert(
      fc.property(startedAndSettled, ({ first, started, settled }) => {
        const watermark = new OffsetWatermark(first);
        for (const offset of started) watermark.start(offset);
        for (const offset of settled) watermark.settle(offset);
        const firstUnsettled = started.find((offset) => !settled.includes(offset));
        const afterLast = (started.at(-1) ?? first - 1n) + 1n;
        expect(watermark.committable).toBe(firstUnsettled ?? afterLast);
        expect(watermark.unsettled).toBe(started.length - settled.length);
      }),
    );
  });

  it('never goes back, and never passes an unsettled offset, at any step', () => {
    fc.assert(
      fc.property(startedAndSettled, ({ first, started, settled }) => {
        const watermark = new OffsetWatermark(first);
        for (const offset of started) watermark.start(offset);
        let before = watermark.committable;
        for (const [index, offset] of settled.entries()) {
          watermark.settle(offset);
          const stillUnsettled = started.filter((each) => !settled.slice(0, index + 1).includes(each));
          expect(watermark.committable >= before).toBe(true);
          expect(stillUnsettled.every((each) => each >= watermark.committable)).toBe(true);
          before = watermark.committable;
        }
      }),
    );
  });

  it('ignores what it does not know, and a second settling', () => {
    const watermark = new OffsetWatermark(5n);
    watermark.start(5n);
    watermark.start(7n);
    for (const offset of [4n, 6n, 7n, 7n]) watermark.settle(offset);
    expect(watermark.committable).toBe(5n);
    expect(watermark.unsettled).toBe(1);
  });

  it('refuses offsets that do not ascend', () => {
    const watermark = new OffsetWatermark(5n);
    watermark.start(5n);
    expect(() => watermark.start(5n)).toThrow('offset 5 started after 5; offsets must ascend');
  });
});

/** Ascending offsets with gaps, and some of them in any order. */
const startedAndSettled = fc
  .record({ first: fc.bigInt(0n, 1000n), gaps: fc.array(fc.bigInt(1n, 3n), { maxLength: 30 }) })
  .chain(({ first, gaps }) => {
    let offset = first - 1n;
    const started = gaps.map((gap) => (offset += gap));
    return fc.record({
      first: fc.constant(first),
      started: fc.constant(started),
      settled: fc.shuffledSubarray(started),
    });
  });
