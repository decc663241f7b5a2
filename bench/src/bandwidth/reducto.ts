import type { Plane } from './clip-facts.ts';

/**
 * Frames that pass a filter as Reducto's cameras have it (Li et al., SIGCOMM 2020): a cheap feature of a frame is
 * compared with that of the last frame that passed, and it passes when they differ by more than a threshold. Here the
 * two features that the paper found best for counting and finding: changed pixels ("area") and changed edges ("edge").
 */
export function reductoPasses(planes: readonly Plane[], feature: Feature, threshold: number): boolean[] {
  let last: Plane | undefined;
  const describe = features[feature];
  return planes.map((plane) => {
    const described = describe(plane);
    const passes = last === undefined || changedShare(described, last) > threshold;
    if (passes) last = described;
    return passes;
  });
}

const features = { area: (plane: Plane): Plane => plane, edge: edges } as const;
export type Feature = keyof typeof features;
export const featureNames: readonly Feature[] = ['area', 'edge'];

/** Levels by which a pixel must differ, as the paper's published code has it for its area feature. */
const changedLevels = 21;
/** Sobel magnitude (|dx| + |dy|) that is an edge. */
const edgeLevels = 100;

function changedShare(a: Plane, b: Plane): number {
  let changed = 0;
  for (let i = 0; i < a.data.length; i++)
    if (Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)) > changedLevels) changed += 1;
  return changed / a.data.length;
}

/** 255 where there is an edge. */
function edges({ width, height, data }: Plane): Plane {
  const marked = new Uint8Array(data.length);
  const at = (i: number): number => data[i] ?? 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const [above, below] = [i - width, i + width];
      const right = at(above + 1) + 2 * at(i + 1) + at(below + 1);
      const left = at(above - 1) + 2 * at(i - 1) + at(below - 1);
      const top = at(above - 1) + 2 * at(above) + at(above + 1);
      const bottom = at(below - 1) + 2 * at(below) + at(below + 1);
      if (Math.abs(right - left) + Math.abs(bottom - top) > edgeLevels) marked[i] = 255;
    }
  }
  return { width, height, data: marked };
}
