import { describe, expect, it } from 'vitest';
import { detectionOf, frameOf } from '../../test/frames-fixture.ts';
import { createPicturePairs } from './pair-pictures.ts';

const waitMs = 1000;

describe('pictures for the live view', () => {
  it('are shown with what was found in them, whichever of the two is read first', () => {
    const pairs = createPicturePairs(waitMs);
    const [first, second] = [frameOf(1), frameOf(2)];
    expect(pairs.frame(first, 0)).toBeUndefined();
    expect(pairs.detection(detectionOf(first))?.detection?.seq).toBe(1);
    expect(pairs.detection(detectionOf(second))).toBeUndefined();
    expect(pairs.frame(second, 0)?.detection?.seq).toBe(2);
  });

  it('are shown bare when nobody has looked at them in time, the newest only', () => {
    const pairs = createPicturePairs(waitMs);
    for (const seq of [1, 2, 3]) pairs.frame(frameOf(seq), seq);
    expect(pairs.overdue(waitMs)).toEqual([]);
    expect(pairs.overdue(waitMs + 2).map(({ frame, detection }) => [frame.seq, detection])).toEqual([
      [2, null],
    ]);
    expect(pairs.overdue(waitMs + 2)).toEqual([]);
  });

  it('never go back in time', () => {
    const pairs = createPicturePairs(waitMs);
    const [old, newer] = [frameOf(1), frameOf(2)];
    pairs.frame(old, 0);
    pairs.frame(newer, 0);
    pairs.detection(detectionOf(newer));
    expect(pairs.detection(detectionOf(old))).toBeUndefined();
    expect(pairs.frame(old, 0)).toBeUndefined();
    expect(pairs.overdue(waitMs * 2)).toEqual([]);
  });

  it('go on after a camera began anew with a clock that had gone back', () => {
    const pairs = createPicturePairs(waitMs);
    const last = frameOf(9, { epoch: 1 });
    pairs.frame(last, 0);
    pairs.detection(detectionOf(last));
    const first = frameOf(1, { epoch: 2 });
    pairs.frame(first, 0);
    expect(pairs.detection(detectionOf(first))?.frame).toBe(first);
  });

  it('of one camera do not wait for those of another', () => {
    const pairs = createPicturePairs(waitMs);
    pairs.frame(frameOf(5), 0);
    const other = frameOf(1, { cameraId: 'north/yard' });
    pairs.frame(other, 0);
    expect(pairs.detection(detectionOf(other))?.frame.cameraId).toBe('north/yard');
  });
});
