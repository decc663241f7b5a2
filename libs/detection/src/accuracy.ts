import type { Box } from './box.ts';
import { intersectionOverUnion } from './box.ts';
import type { Detection } from './detection.ts';

/** An object that is really there. */
export interface Truth {
  readonly box: Box;
  readonly className: string;
}

/** One image: what is there and what was found. */
export interface JudgedImage {
  readonly truth: readonly Truth[];
  readonly found: readonly Detection[];
}

export interface Match {
  readonly found: Detection;
  /** Undefined: a false alarm. */
  readonly truth: Truth | undefined;
}

/**
 * Greedy matching of one image, best score first: each detection takes the free object of its class that it overlaps
 * most, if by `minIou` or more. Source: Everingham et al., "The PASCAL Visual Object Classes Challenge", IJCV 2010.
 */
export function matchDetections({ truth, found }: JudgedImage, minIou = 0.5): Match[] {
  const free = new Set(truth);
  return found
    .toSorted((a, b) => b.score - a.score)
    .map((detection) => {
      const match = bestMatch(detection, free, minIou);
      if (match !== undefined) free.delete(match);
      return { found: detection, truth: match };
    });
}

/** Shares 0..1 over all images; 1 where there was nothing to be wrong about. */
export function precisionAndRecall(
  images: readonly JudgedImage[],
  minIou = 0.5,
): { precision: number; recall: number } {
  const matches = images.flatMap((image) => matchDetections(image, minIou));
  const hits = matches.filter(({ truth }) => truth !== undefined).length;
  const objects = images.reduce((sum, { truth }) => sum + truth.length, 0);
  return { precision: share(hits, matches.length), recall: share(hits, objects) };
}

/**
 * Area under the precision-recall curve of one class, precision made monotone ("all points", VOC 2010 and later).
 * Undefined where the class has no object: then there is nothing to recall.
 */
export function averagePrecision(
  images: readonly JudgedImage[],
  className: string,
  minIou = 0.5,
): number | undefined {
  const ofClass = images.map((image) => onlyClass(image, className));
  const objects = ofClass.reduce((sum, { truth }) => sum + truth.length, 0);
  if (objects === 0) return undefined;
  const matches = ofClass
    .flatMap((image) => matchDetections(image, minIou))
    .toSorted((a, b) => b.found.score - a.found.score);
  return areaUnderCurve(
    matches.map(({ truth }) => truth !== undefined),
    objects,
  );
}

/** The mean of `averagePrecision` over the classes that have objects; undefined where none has. */
export function meanAveragePrecision(images: readonly JudgedImage[], minIou = 0.5): number | undefined {
  const classNames = new Set(images.flatMap(({ truth }) => truth.map(({ className }) => className)));
  const all = [...classNames].map((className) => averagePrecision(images, className, minIou) ?? 0);
  return all.length === 0 ? undefined : all.reduce((sum, value) => sum + value, 0) / all.length;
}

function bestMatch(detection: Detection, free: ReadonlySet<Truth>, minIou: number): Truth | undefined {
  let best: { truth: Truth; overlap: number } | undefined;
  for (const truth of free) {
    if (truth.className !== detection.className) continue;
    const overlap = intersectionOverUnion(truth.box, detection.box);
    if (overlap >= minIou && overlap > (best?.overlap ?? 0)) best = { truth, overlap };
  }
  return best?.truth;
}

function onlyClass({ truth, found }: JudgedImage, className: string): JudgedImage {
  const isOfClass = (object: { className: string }): boolean => object.className === className;
  return { truth: truth.filter(isOfClass), found: found.filter(isOfClass) };
}

/** Each hit raises recall by 1/objects; that step counts with the best precision reached from there on. */
function areaUnderCurve(hits: readonly boolean[], objects: number): number {
  let hitCount = 0;
  const precisions = hits.map((hit, index) => (hitCount += hit ? 1 : 0) / (index + 1));
  let best = 0;
  let area = 0;
  for (let index = hits.length - 1; index >= 0; index -= 1) {
    best = Math.max(best, precisions[index] ?? 0);
    if (hits[index] === true) area += best / objects;
  }
  return area;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
