import type { FrameRecord, RegionBox } from './frame-record.ts';

/** A rectangle in fractions of the picture that much of the motion keeps within. */
export interface BusyArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Frames with motion whose regions all lie in it: they would not have passed with a mask there. */
  readonly frames: number;
}

/** Cells across and down. */
const [columns, rows] = [16, 9];
/** A cell is busy when it is in motion in this share of the frames with motion. */
const busyShare = 0.25;
/** An area of more of the picture than this is no corner that a mask could silence. */
const largestShare = 0.15;

/**
 * Where something moves again and again: a tree, a flag, a road behind the fence. Undefined where motion is
 * spread, or where the area would be most of the picture.
 */
export function busiestArea(
  records: readonly FrameRecord[],
  size: { readonly width: number; readonly height: number },
): BusyArea | undefined {
  const moving = records.filter(({ motion }) => motion);
  const counts = new Uint32Array(columns * rows);
  for (const { regions } of moving) for (const cell of cellsOf(regions, size)) counts[cell]! += 1;
  const busy = [...counts.keys()].filter((cell) => counts[cell]! >= Math.max(1, busyShare * moving.length));
  if (busy.length === 0) return undefined;
  const [xs, ys] = [busy.map((cell) => cell % columns), busy.map((cell) => Math.floor(cell / columns))];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [right, bottom] = [Math.max(...xs) + 1, Math.max(...ys) + 1];
  const area = {
    x: left / columns, y: top / rows, width: (right - left) / columns, height: (bottom - top) / rows,
  }; // prettier-ignore
  if (area.width * area.height > largestShare) return undefined;
  return { ...area, frames: moving.filter(({ regions }) => regions.every(within(area, size))).length };
}

function cellsOf(regions: readonly RegionBox[], size: { width: number; height: number }): Set<number> {
  const cells = new Set<number>();
  for (const [x, y, width, height] of regions) {
    const [left, right] = range(x / size.width, (x + width) / size.width, columns);
    const [top, bottom] = range(y / size.height, (y + height) / size.height, rows);
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) cells.add(row * columns + column);
  }
  return cells;
}

function range(from: number, to: number, count: number): [number, number] {
  return [Math.max(0, Math.floor(from * count)), Math.min(count - 1, Math.ceil(to * count) - 1)];
}

function within(area: Omit<BusyArea, 'frames'>, size: { width: number; height: number }) {
  return ([x, y, width, height]: RegionBox): boolean =>
    x / size.width >= area.x - 1e-9 &&
    y / size.height >= area.y - 1e-9 &&
    (x + width) / size.width <= area.x + area.width + 1e-9 &&
    (y + height) / size.height <= area.y + area.height + 1e-9;
}
