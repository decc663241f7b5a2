import { clipBox } from './box.ts';
import type { Candidate } from './candidate.ts';
import type { Detection } from './detection.ts';
import type { Letterbox } from './letterbox.ts';
import { toSourceBox } from './letterbox.ts';
import { suppressOverlaps } from './nms.ts';

/**
 * From what the head says to what is in the image: one box for each object, in source pixels, clipped to the
 * image, best first. The wanted classes are chosen last, so the choice never changes a box or a score.
 * @param classNames by class index
 * @param wanted class names; all where undefined
 */
export function toDetections(
  candidates: readonly Candidate[],
  letterbox: Letterbox,
  classNames: readonly string[],
  wanted?: ReadonlySet<string>,
): Detection[] {
  const { width, height } = letterbox.source;
  return suppressOverlaps(candidates).flatMap(({ box, classIndex, score }) => {
    const className = classNames[classIndex];
    const clipped = clipBox(toSourceBox(box, letterbox), width, height);
    if (className === undefined || clipped === undefined) return [];
    if (wanted !== undefined && !wanted.has(className)) return [];
    return [{ box: clipped, className, score: Math.min(1, score) }];
  });
}
