import type { Detection } from '@framegate/detection';
import { intersectionOverUnion } from '@framegate/detection';

/** How alike two boxes must be to be the same answer. */
const tolerance = { minIou: 0.95, maxScoreDifference: 0.02 } as const;

export interface Agreement {
  /** Boxes of either side with a score above the threshold. */
  readonly boxes: number;
  /** Those that the other side has too. */
  readonly agreeing: number;
}

/**
 * Compares two answers about one image. Each box above `minScore` looks for a box of its class on the other side;
 * that one may lie a little below the threshold, or a difference of 0.001 at the threshold would count as a miss.
 */
export function agreementOf(
  ours: readonly Detection[],
  theirs: readonly Detection[],
  minScore: number,
): Agreement {
  const judged = [
    ...ours.map((one) => ({ one, others: theirs })),
    ...theirs.map((one) => ({ one, others: ours })),
  ].filter(({ one }) => one.score > minScore);
  const agreeing = judged.filter(({ one, others }) => others.some((other) => isSame(one, other)));
  return { boxes: judged.length, agreeing: agreeing.length };
}

export function sumOf(all: readonly Agreement[]): Agreement {
  return {
    boxes: all.reduce((sum, { boxes }) => sum + boxes, 0),
    agreeing: all.reduce((sum, { agreeing }) => sum + agreeing, 0),
  };
}

function isSame(a: Detection, b: Detection): boolean {
  return (
    a.className === b.className &&
    Math.abs(a.score - b.score) <= tolerance.maxScoreDifference &&
    intersectionOverUnion(a.box, b.box) >= tolerance.minIou
  );
}
