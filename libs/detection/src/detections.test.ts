import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.ts';
import { toDetections } from './detections.ts';
import { fitLetterbox } from './letterbox.ts';

const letterbox = fitLetterbox({ width: 832, height: 416 }, { width: 416, height: 416 });
const names = ['person', 'car'];
const person: Candidate = { box: [10, 20, 30, 40], classIndex: 0, score: 0.9 };
const car: Candidate = { box: [200, 20, 30, 40], classIndex: 1, score: 0.8 };

describe('detections', () => {
  it('are in source pixels, named, best first', () => {
    expect(toDetections([car, person], letterbox, names)).toEqual([
      { box: [20, 40, 60, 80], className: 'person', score: 0.9 },
      { box: [400, 40, 60, 80], className: 'car', score: 0.8 },
    ]);
  });

  it('are clipped to the image, and left out where they lie in the padding', () => {
    const overTheEdge: Candidate = { ...person, box: [-5, 190, 30, 40] };
    const inThePadding: Candidate = { ...person, box: [100, 300, 30, 40] };
    expect(toDetections([overTheEdge, inThePadding], letterbox, names).map(({ box }) => box)).toEqual([
      [0, 380, 50, 36],
    ]);
  });

  it('are the same ones whether other classes are wanted or not', () => {
    const all = toDetections([car, person], letterbox, names);
    expect(toDetections([car, person], letterbox, names, new Set(['car']))).toEqual(all.slice(1));
  });
});
