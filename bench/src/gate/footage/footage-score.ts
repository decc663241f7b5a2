import type { Box } from '@framegate/detection';
import { intersectionOverUnion } from '@framegate/detection';
import type { Share } from '../scoring/wilson.ts';
import { wilsonShare } from '../scoring/wilson.ts';
import type { PersonLabels } from './person-labels.ts';

/** What of a real clip still arrives when only some of its frames leave the site. */
export interface FootageScore {
  readonly withPeople: Share;
  readonly passed: Share;
  /** Appearances of a person of which at least one frame passed. */
  readonly appearances: Share;
  /** Seconds whose count of persons is the same by the frames that passed as by all frames. */
  readonly seconds: Share;
}

/** An appearance is one person, followed from frame to frame by overlap, for at least this long. */
const leastSeconds = 0.5;
const leastOverlap = 0.3;
/** The detector may lose a person for so long. */
const mostGapSeconds = 0.5;

export function scoreFootage(
  labels: PersonLabels,
  passed: readonly boolean[],
  framesPerSecond: number,
): FootageScore {
  const appearances = appearancesOf(labels, framesPerSecond);
  const seen = appearances.filter((frames) => frames.some((frame) => passed[frame] === true));
  const all = countsBySecond(labels, framesPerSecond, () => true);
  const some = countsBySecond(labels, framesPerSecond, (frame) => passed[frame] === true);
  return {
    withPeople: shareOf(labels, (persons) => persons.length > 0),
    passed: shareOf(passed, (passes) => passes),
    appearances: wilsonShare(seen.length, appearances.length),
    seconds: wilsonShare(all.filter((count, second) => count === some[second]).length, all.length),
  };
}

/** For each appearance the frames in which the person was found. */
export function appearancesOf(labels: PersonLabels, framesPerSecond: number): number[][] {
  const tracks: { box: Box; readonly frames: number[] }[] = [];
  for (const [frame, persons] of labels.entries()) {
    const open = tracks.filter(
      ({ frames }) => frame - (frames.at(-1) ?? 0) <= mostGapSeconds * framesPerSecond + 1,
    );
    for (const box of persons) {
      const free = open.filter(({ frames }) => frames.at(-1) !== frame);
      const overlaps = free.map((track) => ({ track, overlap: intersectionOverUnion(track.box, box) }));
      const [best] = overlaps.toSorted((a, b) => b.overlap - a.overlap);
      if (best && best.overlap >= leastOverlap) {
        best.track.box = box;
        best.track.frames.push(frame);
      } else tracks.push({ box, frames: [frame] });
    }
  }
  return tracks
    .map(({ frames }) => frames)
    .filter((frames) => frames.length >= leastSeconds * framesPerSecond);
}

/**
 * Persons in each second: the median of its frames' counts (the lower one of two), of those that are looked at. A
 * second without any keeps the count before it: nothing has moved.
 */
export function countsBySecond(
  labels: PersonLabels,
  framesPerSecond: number,
  isLookedAt: (frame: number) => boolean,
): number[] {
  const counts: number[] = [];
  for (let from = 0; from < labels.length; from += framesPerSecond) {
    const looked = labels
      .slice(from, from + framesPerSecond)
      .flatMap((persons, at) => (isLookedAt(from + at) ? [persons.length] : []))
      .toSorted((a, b) => a - b);
    counts.push(looked[(looked.length - 1) >> 1] ?? counts.at(-1) ?? 0);
  }
  return counts;
}

function shareOf<T>(values: readonly T[], has: (value: T) => boolean): Share {
  return wilsonShare(values.filter(has).length, values.length);
}
