import { describe, expect, it } from 'vitest';
import type { TruthObject } from './timeline.ts';
import { timelineOf } from './timeline.ts';

const framesPerSecond = 10;
const walker: TruthObject = { id: 1, box: [100, 100, 40, 100], visible: 1 };

/** A scene in which `object` is there in these frames. */
function timelineWith(
  object: (frame: number) => Partial<TruthObject> | null,
  frames = 150,
): ReturnType<typeof timelineOf> {
  const truth = (frame: number): TruthObject[] => {
    const now = object(frame);
    return now ? [{ ...walker, ...now }] : [];
  };
  return timelineOf(truth, frames, framesPerSecond);
}
const within = (frame: number, from: number, to: number): boolean => frame >= from && frame <= to;

describe('timelineOf', () => {
  it('begins a passage when most of the object is in view, and keeps what came before as sightings', () => {
    const { passages, sightings } = timelineWith((frame) =>
      within(frame, 50, 80) ? { visible: Math.min(1, (frame - 49) / 10) } : null,
    );
    expect(passages).toMatchObject([{ fromFrame: 55, lastFrame: 80, width: 40, height: 100 }]);
    expect(sightings[50]).toHaveLength(1);
    expect(sightings[49]).toEqual([]);
  });

  it('counts nothing that was there before the gates had settled', () => {
    expect(timelineWith((frame) => (within(frame, 20, 60) ? {} : null)).passages).toEqual([]);
  });

  it('counts nothing that is in view for less than 0.5 s', () => {
    expect(timelineWith((frame) => (within(frame, 50, 53) ? {} : null)).passages).toEqual([]);
    expect(timelineWith((frame) => (within(frame, 50, 54) ? {} : null)).passages).toHaveLength(1);
  });

  it('calls frames empty once gates have settled and nobody was there for 0.5 s', () => {
    const { isEmpty } = timelineWith((frame) => (within(frame, 50, 60) ? { visible: 0.1 } : null));
    const empty = isEmpty.flatMap((is, frame) => (is ? [frame] : []));
    expect(empty[0]).toBe(30);
    expect(empty.filter((frame) => within(frame, 45, 70))).toEqual([45, 46, 47, 48, 49, 66, 67, 68, 69, 70]);
  });

  it('neither expects nor allows motion of who stands for over 2 s, and sees him again when he moves on', () => {
    const { passages, sightings, isEmpty } = timelineWith((frame) =>
      within(frame, 40, 140) ? { moving: !within(frame, 60, 110) } : null,
    );
    expect(passages).toMatchObject([
      { fromFrame: 40, lastFrame: 79 },
      { fromFrame: 111, lastFrame: 140 },
    ]);
    expect(sightings[80]).toEqual([]);
    expect(sightings[110]).toEqual([]);
    expect(isEmpty.slice(40, 141)).not.toContain(true);
  });

  it('takes a short halt as part of one passage', () => {
    const { passages } = timelineWith((frame) =>
      within(frame, 40, 100) ? { moving: !within(frame, 60, 75) } : null,
    );
    expect(passages).toMatchObject([{ fromFrame: 40, lastFrame: 100 }]);
  });

  it('takes an object that was away for over 2 s as another passage', () => {
    const { passages } = timelineWith((frame) =>
      within(frame, 40, 60) || within(frame, 90, 110) ? { contrastLevels: 22 } : null,
    );
    expect(passages).toMatchObject([
      { fromFrame: 40, lastFrame: 60, contrastLevels: 22 },
      { fromFrame: 90, lastFrame: 110 },
    ]);
  });
});
