import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersectionOverUnion } from './box.ts';
import type { Candidate } from './candidate.ts';
import { suppressOverlaps } from './nms.ts';

const candidate: fc.Arbitrary<Candidate> = fc.record({
  box: fc.tuple(fc.nat(100), fc.nat(100), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 })),
  classIndex: fc.nat(2),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
});
const candidates = fc.array(candidate, { maxLength: 60 });
const maxOverlap = fc.double({ min: 0, max: 1, noNaN: true });

describe('non-maximum suppression', () => {
  it('keeps the best of boxes that overlap, and boxes of other classes', () => {
    const best: Candidate = { box: [0, 0, 10, 10], classIndex: 0, score: 0.9 };
    const worse: Candidate = { box: [1, 0, 10, 10], classIndex: 0, score: 0.8 };
    const otherClass: Candidate = { ...worse, classIndex: 1 };
    expect(suppressOverlaps([worse, otherClass, best])).toEqual([best, otherClass]);
  });

  it('keeps some of the candidates, sorted by score, none overlapping another of its class', () => {
    fc.assert(
      fc.property(candidates, maxOverlap, (all, limit) => {
        const kept = suppressOverlaps(all, limit);
        for (const [index, one] of kept.entries()) {
          expect(all).toContain(one);
          for (const other of kept.slice(index + 1)) {
            expect(other.score).toBeLessThanOrEqual(one.score);
            const overlap =
              one.classIndex === other.classIndex ? intersectionOverUnion(one.box, other.box) : 0;
            expect(overlap).toBeLessThanOrEqual(limit);
          }
        }
      }),
    );
  });

  it('drops nothing that no better kept box of its class overlaps', () => {
    fc.assert(
      fc.property(candidates, maxOverlap, (all, limit) => {
        const kept = suppressOverlaps(all, limit);
        for (const dropped of all.filter((one) => !kept.includes(one)))
          expect(
            kept.some(
              (better) =>
                better.classIndex === dropped.classIndex &&
                better.score >= dropped.score &&
                intersectionOverUnion(better.box, dropped.box) > limit,
            ),
          ).toBe(true);
      }),
    );
  });

  it('changes nothing when repeated', () => {
    fc.assert(
      fc.property(candidates, maxOverlap, (all, limit) => {
        const kept = suppressOverlaps(all, limit);
        expect(suppressOverlaps(kept, limit)).toEqual(kept);
      }),
    );
  });
});
