import type { ProfilePoint } from './profile.ts';
import type { Setting } from './settings.ts';

/** The settings that no other beats: worth as much or more, for as few bytes and as little service a second. */
export function paretoFront(points: readonly Setting[]): Setting[] {
  const sorted = points.toSorted(
    (a, b) =>
      b.utility - a.utility ||
      bytesPerSecond(a) - bytesPerSecond(b) ||
      servicePerSecond(a) - servicePerSecond(b),
  );
  const front: Setting[] = [];
  for (const point of sorted) if (!front.some((better) => isAsCheap(better, point))) front.push(point);
  return front.toReversed();
}

/** Bytes a second that the setting costs while there is motion. */
export function bytesPerSecond(point: ProfilePoint): number {
  return sentPerSecond(point) * point.bytesPerFrame;
}

/** Milliseconds of one worker that the setting costs each second while there is motion. */
export function servicePerSecond(point: ProfilePoint): number {
  return sentPerSecond(point) * point.serviceMs;
}

function sentPerSecond({ framesPerSecond, sentShare = 1 }: ProfilePoint): number {
  return framesPerSecond * sentShare;
}

function isAsCheap(better: ProfilePoint, point: ProfilePoint): boolean {
  return (
    bytesPerSecond(better) <= bytesPerSecond(point) && servicePerSecond(better) <= servicePerSecond(point)
  );
}
