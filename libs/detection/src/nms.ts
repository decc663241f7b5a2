import { intersectionOverUnion } from './box.ts';
import type { Candidate } from './candidate.ts';

/** The threshold of YOLOX's own ONNX demo (its evaluation on COCO, which wants recall, uses 0.65). */
export const defaultMaxOverlap = 0.45;

/**
 * Greedy, class-aware non-maximum suppression: the best candidate stays, those of its class that overlap it by more
 * than `maxOverlap` (IoU) go, and so on. The result is sorted by falling score; equal scores keep their order.
 */
export function suppressOverlaps<T extends Candidate>(
  candidates: readonly T[],
  maxOverlap: number = defaultMaxOverlap,
): T[] {
  const kept: T[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    const overlaps = kept.some(
      (better) =>
        better.classIndex === candidate.classIndex &&
        intersectionOverUnion(better.box, candidate.box) > maxOverlap,
    );
    if (!overlaps) kept.push(candidate);
  }
  return kept;
}
