/** An axis-parallel rectangle; in a `Detection` in source pixels. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export function boxArea([, , width, height]: Box): number {
  return Math.max(0, width) * Math.max(0, height);
}

/** What two boxes share, or undefined where they share no area. */
export function intersection(a: Box, b: Box): Box | undefined {
  const left = Math.max(a[0], b[0]);
  const top = Math.max(a[1], b[1]);
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - left;
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - top;
  return width > 0 && height > 0 ? [left, top, width, height] : undefined;
}

/** Intersection over union, 0..1. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const shared = intersection(a, b);
  if (shared === undefined) return 0;
  const sharedArea = boxArea(shared);
  // An area too small for a float (1e-200 squared) is 0: such boxes overlap only in name.
  const union = boxArea(a) + boxArea(b) - sharedArea;
  return union > 0 ? Math.min(1, sharedArea / union) : 0;
}

/** The part of a box inside an image of this size, or undefined where none is. */
export function clipBox(box: Box, imageWidth: number, imageHeight: number): Box | undefined {
  return intersection(box, [0, 0, imageWidth, imageHeight]);
}
