import { describe, expect, it } from 'vitest';
import { isAfter } from './frame-id.ts';

describe("the order of a camera's frames", () => {
  it.each([
    ['goes by number within a start of the camera', [1, 2], [1, 1]],
    ['goes by the start of the camera before that', [2, 1], [1, 9]],
  ])('%s', (_, [laterEpoch = 0, laterSeq = 0], [epoch = 0, seq = 0]) => {
    const [later, earlier] = [
      { epoch: laterEpoch, seq: laterSeq },
      { epoch, seq },
    ];
    expect([isAfter(later, earlier), isAfter(earlier, later), isAfter(later, later)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
