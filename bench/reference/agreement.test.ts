import type { Detection } from '@framegate/detection';
import { describe, expect, it } from 'vitest';
import { agreementOf, sumOf } from './agreement.ts';

const person: Detection = { box: [100, 100, 50, 100], className: 'person', score: 0.8 };

describe('agreement of two answers', () => {
  it('is full where they are the same, and counts the boxes of both', () => {
    expect(agreementOf([person], [person], 0.35)).toEqual({ boxes: 2, agreeing: 2 });
    expect(agreementOf([], [], 0.35)).toEqual({ boxes: 0, agreeing: 0 });
  });

  it.each<[string, Partial<Detection>]>([
    ['another place', { box: [103, 100, 50, 100] }],
    ['another score', { score: 0.83 }],
    ['another class', { className: 'dog' }],
  ])('fails for both boxes where they have %s', (_, difference) => {
    expect(agreementOf([person], [{ ...person, ...difference }], 0.35)).toEqual({ boxes: 2, agreeing: 0 });
  });

  it('forgives what no eye could see', () => {
    const almost: Detection = { ...person, box: [100.5, 100, 50, 100], score: 0.79 };
    expect(agreementOf([person], [almost], 0.35)).toEqual({ boxes: 2, agreeing: 2 });
  });

  it('counts a box that only one side has', () => {
    expect(agreementOf([person], [], 0.35)).toEqual({ boxes: 1, agreeing: 0 });
    expect(agreementOf([], [person], 0.35)).toEqual({ boxes: 1, agreeing: 0 });
  });

  it('does not punish a box for lying just below the threshold on the other side', () => {
    const above = { ...person, score: 0.351 };
    const below = { ...person, score: 0.349 };
    expect(agreementOf([above], [below], 0.35)).toEqual({ boxes: 1, agreeing: 1 });
  });

  it('adds up over images', () => {
    expect(
      sumOf([
        { boxes: 2, agreeing: 1 },
        { boxes: 3, agreeing: 3 },
      ]),
    ).toEqual({ boxes: 5, agreeing: 4 });
  });
});
