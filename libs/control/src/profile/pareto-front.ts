import type { ProfilePoint } from './profile.ts';

/**
 * The points that no other beats: worth as much or more, for as few bytes and as little service a second. From the
 * least to the most worth.
 */
export function paretoFront<Point extends ProfilePoint>(
  points: readonly Point[],
  worthOf: (point: Point) => number,
): Point[] {
  const sorted = points.toSorted(
    (a, b) =>
      worthOf(b) - worthOf(a) ||
      bytesPerSecond(a) - bytesPerSecond(b) ||
      servicePerSecond(a) - servicePerSecond(b),
  );
  const front: Point[] = [];
  for (const point of sorted) if (!front.some((better) => isAsCheap(better, point))) front.push(point);
  return front.toReversed();
}

/** Bytes a second that the setting costs while there is motion. */
export function bytesPerSecond(point: ProfilePoint): number {
  return point.framesPerSecond * point.bytesPerFrame;
}

/** Milliseconds of one worker that the setting costs each second while there is motion. */
export function servicePerSecond(point: ProfilePoint): number {
  return point.framesPerSecond * point.serviceMs;
}

function isAsCheap(better: ProfilePoint, point: ProfilePoint): boolean {
  return (
    bytesPerSecond(better) <= bytesPerSecond(point) && servicePerSecond(better) <= servicePerSecond(point)
  );
}
