import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgedImage } from './accuracy.ts';
import { averagePrecision, matchDetections, meanAveragePrecision, precisionAndRecall } from './accuracy.ts';
import type { Box } from './box.ts';

const at = (x: number): Box => [x, 0, 10, 10];
const person = (x: number) => ({ box: at(x), className: 'person' });
const found = (x: number, score: number, className = 'person') => ({ box: at(x), className, score });

describe('accuracy', () => {
  it('lets the better detection have the object, and calls the other a false alarm', () => {
    const image: JudgedImage = { truth: [person(0)], found: [found(1, 0.5), found(2, 0.9)] };
    expect(matchDetections(image).map((match) => match.truth !== undefined)).toEqual([true, false]);
    expect(matchDetections(image)[0]?.found.score).toBe(0.9);
  });

  it('gives a detection the object that it overlaps most', () => {
    const image: JudgedImage = { truth: [person(0), person(3)], found: [found(2, 0.9)] };
    expect(matchDetections(image)[0]?.truth).toBe(image.truth[1]);
  });

  it('counts hits over detections and over objects', () => {
    const image: JudgedImage = {
      truth: [person(0), person(50), person(100)],
      found: [found(0, 0.9), found(50, 0.8), found(200, 0.7), found(100, 0.9, 'car')],
    };
    expect(precisionAndRecall([image])).toEqual({ precision: 0.5, recall: 2 / 3 });
  });

  it('averages precision over recall: hit, miss, hit of two objects is (1 + 2/3) / 2', () => {
    const image: JudgedImage = {
      truth: [person(0), person(50)],
      found: [found(0, 0.9), found(200, 0.8), found(50, 0.7)],
    };
    expect(averagePrecision([image], 'person')).toBeCloseTo((1 + 2 / 3) / 2);
    expect(averagePrecision([image], 'car')).toBeUndefined();
  });

  it('is the mean over classes that are there', () => {
    const image: JudgedImage = {
      truth: [person(0), { box: at(50), className: 'car' }],
      found: [found(0, 0.9), found(100, 0.9, 'bicycle')],
    };
    expect(meanAveragePrecision([image])).toBe(0.5);
    expect(meanAveragePrecision([])).toBeUndefined();
  });

  it('is perfect exactly when everything is found and nothing else', () => {
    const positions = fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(positions, fc.nat(19), (cells, missing) => {
        const truth = cells.map((cell) => person(cell * 20));
        const all = cells.map((cell, index) => found(cell * 20, 1 - index / 100));
        expect(meanAveragePrecision([{ truth, found: all }])).toBeCloseTo(1);
        const incomplete = all.filter((_, index) => index !== missing % all.length);
        expect(meanAveragePrecision([{ truth, found: incomplete }])).toBeLessThan(1);
      }),
    );
  });
});
