import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacketWatch } from './packet-watch.ts';
import type { PacketVerdict, PacketWatch } from './packet-watch.ts';

const group = 20;

/** Sizes as a camera at constant quality sends them: a key frame, then frames that shrink; all vary by `spread`. */
function sizeOf(index: number, { key = 80_000, inter = 1500, spread = 0, grow = 1 } = {}): number {
  const place = index % group;
  // A fixed sequence that looks random, -0.5..0.5.
  const wobble = ((Math.imul(index + 1, 0x9e3779b1) >>> 0) / 2 ** 32 - 0.5) * 2 * spread;
  return Math.round((place === 0 ? key : grow * inter * (1 + 2 / place)) * (1 + wobble));
}

function feed(
  watch: PacketWatch,
  [from, to]: readonly [number, number],
  stream: Parameters<typeof sizeOf>[1] = {},
  still = true,
): PacketVerdict[] {
  const verdicts: PacketVerdict[] = [];
  for (let index = from; index < to; index++) {
    verdicts.push(watch.look({ bytes: sizeOf(index, stream), keyFrame: index % group === 0 }, still));
  }
  return verdicts;
}

const learned = 20 * group;

describe('a watch over packets', () => {
  it('never suspects frames that keep their sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50_000, max: 200_000 }),
        fc.integer({ min: 20, max: 30_000 }),
        (key, inter) => {
          const verdicts = feed(createPacketWatch(), [0, 2 * learned], { key, inter });
          expect(verdicts.some(({ suspicious }) => suspicious)).toBe(false);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('suspects the fourth frame in a row that is much larger than still ones', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.3, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 15 }),
        (grow, place) => {
          const watch = createPacketWatch();
          feed(watch, [0, learned + place], { spread: 0.1 });
          const verdicts = feed(watch, [learned + place, learned + place + 4], { spread: 0.1, grow }, false);
          expect(verdicts.at(-1)?.suspicious).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('rates larger frames no lower', () => {
    const scoreAt = (grow: number): number => {
      const watch = createPacketWatch();
      feed(watch, [0, learned + 5], { spread: 0.1 });
      return (
        feed(watch, [learned + 5, learned + 9], { spread: 0.1, grow }, false).at(-1)?.score ?? Number.NaN
      );
    };
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (a, b) => {
          expect(Math.sign(scoreAt(a) - scoreAt(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes a single large frame for a whim of the encoder', () => {
    const watch = createPacketWatch();
    feed(watch, [0, learned + 5], { spread: 0.1 });
    const alone = watch.look({ bytes: 50_000, keyFrame: false }, true);
    const after = feed(watch, [learned + 6, learned + 2 * group], { spread: 0.1 });
    expect([alone, ...after].some(({ suspicious }) => suspicious)).toBe(false);
  });

  it('takes less after a miss and more after a false suspicion, within bounds', () => {
    const watch = createPacketWatch();
    const threshold = () => watch.look({ bytes: 1000, keyFrame: false }, false).threshold;
    const start = threshold();
    watch.wasMissed();
    const lower = threshold();
    for (let i = 0; i < 1000; i++) watch.wasFalse();
    const highest = threshold();
    for (let i = 0; i < 1000; i++) watch.wasMissed();
    expect(lower).toBeLessThan(start);
    expect(highest).toBeGreaterThan(start);
    expect(highest).toBeLessThanOrEqual(5);
    expect(threshold()).toBeGreaterThanOrEqual(2.4);
  });

  it('learns nothing from frames with motion', () => {
    const watch = createPacketWatch();
    feed(watch, [0, learned], { spread: 0.1 });
    feed(watch, [learned, 2 * learned], { spread: 0.1, grow: 3 }, false);
    const again = feed(watch, [2 * learned, 2 * learned + 10], { spread: 0.1, grow: 3 }, false);
    expect(again.at(-1)?.suspicious).toBe(true);
  });
});

describe('whether packets can show motion', () => {
  const judged = (stream: Parameters<typeof sizeOf>[1], frames = learned) => {
    const watch = createPacketWatch();
    feed(watch, [0, frames], stream);
    return watch.watchability();
  };

  it('is known after ten groups of pictures', () => {
    expect(judged({}, 5 * group)).toEqual({ is: 'learning' });
    expect(judged({}, 12 * group)).toEqual({ is: 'watchable' });
  });

  it('they can at constant quality, where inter frames are small', () => {
    expect(judged({ spread: 0.1 })).toEqual({ is: 'watchable' });
  });

  it('they cannot at a constant bit rate that is spent on noise', () => {
    expect(judged({ inter: 20_000, spread: 0.05 })).toMatchObject({
      is: 'unwatchable',
      why: expect.stringContaining('% of the picture'),
    });
  });

  it('they cannot when key frames are too far apart', () => {
    const watch = createPacketWatch();
    watch.look({ bytes: 80_000, keyFrame: true }, true);
    for (let i = 0; i < 200; i++) watch.look({ bytes: 1000, keyFrame: false }, true);
    expect(watch.watchability()).toMatchObject({ is: 'unwatchable', why: expect.stringContaining('apart') });
  });

  it('is forgotten with the stream', () => {
    const watch = createPacketWatch();
    feed(watch, [0, learned]);
    watch.reset();
    expect(watch.watchability()).toEqual({ is: 'learning' });
  });
});
