import type { ProfilePoint } from '@framegate/control';
import { bytesPerSecond, servicePerSecond } from '@framegate/control';

/**
 * The settings that no other beats: as many frames a second or more, as accurate or more, for as few bytes and as
 * little service a second. The rate counts by itself: where nothing moves a low one is as accurate, but its results
 * are older. From the least to the most accurate.
 */
export function paretoSet<Point extends ProfilePoint>(points: readonly Point[]): Point[] {
  return points
    .filter((own) => !points.some((other) => beats(other, own)))
    .toSorted((a, b) => a.accuracy - b.accuracy || bytesPerSecond(a) - bytesPerSecond(b));
}

function beats(other: ProfilePoint, own: ProfilePoint): boolean {
  const gains = [
    other.framesPerSecond - own.framesPerSecond,
    other.accuracy - own.accuracy,
    bytesPerSecond(own) - bytesPerSecond(other),
    servicePerSecond(own) - servicePerSecond(other),
  ];
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
}
