import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateScorer } from './gate-score.ts';
import type { Mark } from './mark.ts';
import { bestPoint, curveOf } from './operating-point.ts';
import type { JudgedClip } from './rates.ts';
import { ratesOf } from './rates.ts';
import { timelineOf } from './timeline.ts';

const framesPerSecond = 10;
const frames = 100;
/** In view from frame 50 to 80. */
const timeline = timelineOf(
  (frame) => (frame >= 50 && frame <= 80 ? [{ id: 1, box: [100, 100, 40, 100], visible: 1 }] : []),
  frames,
  framesPerSecond,
);
const onIt = (strength: number): Mark => ({ box: [120, 150, 40, 100], strength });
const beside = (strength: number): Mark => ({ box: [300, 100, 40, 100], strength });

function judged(marks: (frame: number) => readonly Mark[]): JudgedClip {
  const scorer = createGateScorer(timeline, 5);
  for (let frame = 0; frame < frames; frame++) scorer.add(frame, marks(frame));
  return { ...timeline, score: scorer.finish() };
}

describe('the score of a gate', () => {
  it('has seen an event in time when a region touches its object within 0.5 s', () => {
    const inTime = judged((frame) => (frame === 55 ? [onIt(10)] : []));
    expect(ratesOf([inTime], 5)).toMatchObject({ recall: { hits: 1, count: 1 }, recallEver: { hits: 1 } });
    const late = judged((frame) => (frame === 56 ? [onIt(10)] : []));
    expect(ratesOf([late], 5)).toMatchObject({ recall: { hits: 0, count: 1 }, recallEver: { hits: 1 } });
  });

  it('has not seen an event by a region elsewhere, nor by one below the threshold', () => {
    expect(ratesOf([judged(() => [beside(10)])], 5).recallEver.hits).toBe(0);
    expect(ratesOf([judged(() => [onIt(4)])], 5).recallEver.hits).toBe(0);
  });

  it('counts motion in empty frames as false, and in none of those right after an object has left', () => {
    const clip = judged((frame) => (frame > 80 ? [beside(10)] : []));
    // From 30 to 49 and from 86 to 99; those up to 85 belong to nobody.
    expect(ratesOf([clip], 5).falsePositives).toMatchObject({ hits: 14, count: 34 });
    expect(ratesOf([clip], 5).passed).toMatchObject({ hits: 19, count: 70 });
  });

  it('measures the overlap of regions at the default threshold only', () => {
    expect(ratesOf([judged(() => [{ box: [100, 100, 40, 100], strength: 5 }])], 1).regionIou).toBe(1);
    expect(ratesOf([judged(() => [{ box: [100, 100, 40, 50], strength: 5 }])], 1).regionIou).toBe(0.5);
    expect(ratesOf([judged(() => [onIt(4)])], 1).regionIou).toBeNull();
  });

  const noise = fc.array(
    fc.record({ frame: fc.nat(frames - 1), strength: fc.double({ min: 0.01, max: 1e4, noNaN: true }), isOn: fc.boolean() }),
    { maxLength: 60 },
  ); // prettier-ignore
  const noisy = (marks: readonly { frame: number; strength: number; isOn: boolean }[]): JudgedClip =>
    judged((frame) =>
      marks
        .filter((mark) => mark.frame === frame)
        .map(({ strength, isOn }) => (isOn ? onIt : beside)(strength)),
    );

  it('never sees more at a higher threshold', () => {
    fc.assert(
      fc.property(noise, (marks) => {
        const curve = curveOf([noisy(marks)]);
        for (const [index, point] of curve.entries()) {
          const next = curve[index + 1];
          if (!next) continue;
          expect(next.threshold).toBeGreaterThan(point.threshold);
          expect(next.recall.hits).toBeLessThanOrEqual(point.recall.hits);
          expect(next.falsePositives.hits).toBeLessThanOrEqual(point.falsePositives.hits);
          expect(next.passed.hits).toBeLessThanOrEqual(point.passed.hits);
        }
      }),
    );
  });

  it('rounds no strength over a threshold', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (strength) => {
        const [stored = 0] = judged((frame) => (frame === 0 ? [beside(strength)] : [])).score.frames;
        expect(stored).toBeLessThanOrEqual(strength * (1 + 1e-9));
        expect(stored).toBeGreaterThan(strength * 0.998);
      }),
    );
  });

  it('chooses the threshold between the weather and the visitor', () => {
    const clip = judged((frame) => [beside(3), ...(frame >= 50 && frame <= 80 ? [onIt(8)] : [])]);
    const best = bestPoint(curveOf([clip]));
    expect(best).toMatchObject({ threshold: 8, recall: { hits: 1 }, falsePositives: { hits: 0 } });
  });
});
