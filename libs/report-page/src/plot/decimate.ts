import type { PlotPoint } from './plot.ts';

/**
 * Of all points that fall into one column of pixels: the first, the lowest, the highest and the last. A line through
 * them covers the same pixels as one through all (M4; Jugel et al., VLDB 2014).
 * @param points in order of x
 */
export function decimate(points: readonly PlotPoint[], columnOf: (x: number) => number): PlotPoint[] {
  const kept: PlotPoint[] = [];
  for (let start = 0; start < points.length;) {
    const end = columnEnd(points, start, columnOf);
    kept.push(...extremes(points, start, end));
    start = end;
  }
  return kept;
}

/** Points with a gap or a text of their own stay by themselves. */
function columnEnd(points: readonly PlotPoint[], start: number, columnOf: (x: number) => number): number {
  const first = points[start];
  if (first === undefined || !mayMerge(first)) return start + 1;
  let end = start + 1;
  for (let next = points[end]; next && mayMerge(next); next = points[++end])
    if (columnOf(next.x) !== columnOf(first.x)) break;
  return end;
}

function mayMerge({ y, label, low }: PlotPoint): boolean {
  return y !== null && label === undefined && low === undefined;
}

function extremes(points: readonly PlotPoint[], start: number, end: number): PlotPoint[] {
  if (end - start <= 4) return points.slice(start, end);
  let [lowest, highest] = [start, start];
  const y = (i: number): number => points[i]?.y ?? 0;
  for (let i = start + 1; i < end; i++) {
    if (y(i) < y(lowest)) lowest = i;
    if (y(i) > y(highest)) highest = i;
  }
  const order = [...new Set([start, lowest, highest, end - 1])].toSorted((a, b) => a - b);
  return order.flatMap((i) => points[i] ?? []);
}
