/** Source pixels; `x`, `y` is the upper left corner. */
export interface MotionRegion {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function createRegions(count: number): MotionRegion[] {
  return Array.from({ length: count }, () => ({ x: 0, y: 0, width: 0, height: 0 }));
}

/** At most this many regions leave the gate; the closest ones are merged until they fit. */
const MAX_REGIONS = 8;

/**
 * Merges regions that touch or lie closer than `gap` in place, then the closest pairs until few are left.
 * Returns how many remain, at the front.
 */
export function mergeRegions(regions: MotionRegion[], count: number, gap: number): number {
  let left = count;
  let allowed = gap;
  for (;;) {
    left = mergeWithin(regions, left, allowed);
    if (left <= MAX_REGIONS) return left;
    allowed = 2 * allowed + 1;
  }
}

function mergeWithin(regions: MotionRegion[], count: number, gap: number): number {
  let left = count;
  for (let first = 0; first < left; first++)
    for (let second = first + 1; second < left; second++) {
      if (distance(regions[first]!, regions[second]!) > gap) continue;
      unite(regions[first]!, regions[second]!);
      const last = regions[--left]!;
      regions[left] = regions[second]!;
      regions[second] = last;
      // The grown region may now touch one that was passed.
      second = first;
    }
  return left;
}

/** Gap between two boxes along the axis where it is larger; negative when they overlap. */
function distance(a: MotionRegion, b: MotionRegion): number {
  const across = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  const along = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height);
  return Math.max(across, along);
}

function unite(into: MotionRegion, other: MotionRegion): void {
  const right = Math.max(into.x + into.width, other.x + other.width);
  const bottom = Math.max(into.y + into.height, other.y + other.height);
  into.x = Math.min(into.x, other.x);
  into.y = Math.min(into.y, other.y);
  into.width = right - into.x;
  into.height = bottom - into.y;
}
