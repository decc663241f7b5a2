import { bufferedOverlap } from './association.ts';
import type { Track } from './track.ts';

/**
 * Which known track a track of late frames belongs to, or undefined: its like, at most `gapUs` before or behind, and
 * near. Frames before a motion (pre-roll) and those that waited at the site (backfill) arrive when the tracker of
 * live frames has gone on, so they are followed by themselves and joined afterwards.
 */
export function partOf(
  late: Track,
  known: readonly Track[],
  gapUs: number,
  groupOf: (className: string) => string,
): Track | undefined {
  const group = groupOf(late.className);
  const near = known
    .filter((track) => groupOf(track.className) === group)
    .map((track) => ({ track, gapUs: gapBetween(late, track), overlap: nearness(late, track) }))
    .filter((candidate) => candidate.gapUs <= gapUs && candidate.overlap > 0);
  return near.toSorted((a, b) => a.gapUs - b.gapUs || b.overlap - a.overlap)[0]?.track;
}

/** µs, 0 where they overlap. */
function gapBetween(a: Track, b: Track): number {
  return Math.max(0, a.startUs - b.lastUs, b.startUs - a.lastUs);
}

/** How much the boxes overlap between which it would have gone on; it may have walked its own length meanwhile. */
function nearness(late: Track, known: Track): number {
  const reach = 0.5;
  if (late.lastUs <= known.startUs) return bufferedOverlap(late.lastBox, known.firstBox, reach);
  if (late.startUs >= known.lastUs) return bufferedOverlap(late.firstBox, known.lastBox, reach);
  const boxes = [known.firstBox, known.bestBox, known.lastBox];
  return Math.max(...boxes.map((box) => bufferedOverlap(late.bestBox, box, reach)));
}
