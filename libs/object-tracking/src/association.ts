import type { Box } from '@framegate/detection';
import { intersectionOverUnion } from '@framegate/detection';
import { assign } from './assignment.ts';
import { longerSide } from './box-motion.ts';

/** A box that looks for its like. `group`: only things of one group are the same thing. */
export interface Sought {
  readonly box: Box;
  readonly group: string;
  /** How far it may have gone beyond what its motion predicts, as a share of its longer side. */
  readonly reach: number;
}

export interface Seen {
  readonly box: Box;
  readonly group: string;
  readonly score: number;
}

export interface Association {
  readonly pairs: readonly (readonly [sought: number, seen: number])[];
  readonly unmatchedSought: readonly number[];
  readonly unmatchedSeen: readonly number[];
}

/** Costs more than any pair that is allowed. */
const forbidden = 10;

/**
 * Pairs by overlap, fused with the score as ByteTrack does.
 * @param minOverlap of the buffered boxes, 0..1; less is no pair
 */
export function associate(sought: readonly Sought[], seen: readonly Seen[], minOverlap: number): Association {
  const overlaps = sought.map((a) =>
    seen.map((b) => (a.group === b.group ? bufferedOverlap(a.box, b.box, a.reach) : 0)),
  );
  const costs = overlaps.map((row) =>
    row.map((overlap, j) => (overlap >= minOverlap ? 1 - overlap * (seen[j]?.score ?? 0) : forbidden)),
  );
  const columns = seen.length === 0 ? sought.map(() => -1) : assign(costs);
  const pairs = columns.flatMap((j, i): [number, number][] =>
    j >= 0 && (overlaps[i]?.[j] ?? 0) >= minOverlap ? [[i, j]] : [],
  );
  const pairedSought = new Set(pairs.map(([i]) => i));
  const pairedSeen = new Set(pairs.map(([, j]) => j));
  return {
    pairs,
    unmatchedSought: [...sought.keys()].filter((i) => !pairedSought.has(i)),
    unmatchedSeen: [...seen.keys()].filter((j) => !pairedSeen.has(j)),
  };
}

/**
 * Intersection over union of boxes that were widened on all sides: at few frames a second a thing has left its last
 * box before it is seen again (C-BIoU, Yang et al., WACV 2023).
 * @param reach share of each box's longer side
 */
export function bufferedOverlap(a: Box, b: Box, reach: number): number {
  return intersectionOverUnion(widen(a, reach), widen(b, reach));
}

function widen(box: Box, reach: number): Box {
  const by = reach * longerSide(box);
  return [box[0] - by, box[1] - by, box[2] + 2 * by, box[3] + 2 * by];
}
