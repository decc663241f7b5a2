/** One probe: how large, how different from its ground, and whether it was seen in time. */
export interface Probe {
  readonly heightPx: number;
  readonly contrastLevels: number;
  readonly seen: boolean;
}

/** log-odds of being seen = bias + height * log2(heightPx) + contrast * log2(contrastLevels) */
export interface Visibility {
  readonly bias: number;
  readonly height: number;
  readonly contrast: number;
}

type Three = readonly [number, number, number];

/** A little doubt, so that probes which are all seen or all missed have a finite fit. */
const ridge = 0.01;
const mostSteps = 50;

/** Maximum likelihood by Newton's method (iteratively reweighted least squares), with a slight ridge. */
export function fitVisibility(probes: readonly Probe[]): Visibility {
  let weights: Three = [0, 0, 0];
  for (let step = 0; step < mostSteps; step++) {
    const change = newtonStep(probes, weights);
    weights = [weights[0] + change[0], weights[1] + change[1], weights[2] + change[2]];
    if (Math.max(...change.map(Math.abs)) < 1e-9) break;
  }
  return { bias: weights[0], height: weights[1], contrast: weights[2] };
}

/** The contrast from which objects of that height are seen with this probability, levels. */
export function contrastAt(
  { bias, height, contrast }: Visibility,
  heightPx: number,
  chance: number,
): number | null {
  return contrast <= 0 ? null : 2 ** ((logit(chance) - bias - height * Math.log2(heightPx)) / contrast);
}

/** The height from which objects of that contrast are seen with this probability, pixels. */
export function heightAt(
  { bias, height, contrast }: Visibility,
  contrastLevels: number,
  chance: number,
): number | null {
  return height <= 0 ? null : 2 ** ((logit(chance) - bias - contrast * Math.log2(contrastLevels)) / height);
}

function newtonStep(probes: readonly Probe[], weights: Three): Three {
  const gradient = weights.map((weight) => -ridge * weight);
  const hessian = [
    [ridge, 0, 0],
    [0, ridge, 0],
    [0, 0, ridge],
  ];
  for (const { heightPx, contrastLevels, seen } of probes) {
    const features = [1, Math.log2(heightPx), Math.log2(contrastLevels)];
    const chance = logistic(features.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), 0));
    for (const [i, row] of hessian.entries()) {
      gradient[i] = (gradient[i] ?? 0) + ((seen ? 1 : 0) - chance) * (features[i] ?? 0);
      for (const j of row.keys())
        row[j] = (row[j] ?? 0) + chance * (1 - chance) * (features[i] ?? 0) * (features[j] ?? 0);
    }
  }
  return solve(hessian, gradient);
}

/** Gauss's elimination; the matrix is positive definite. */
function solve(matrix: readonly number[][], right: readonly number[]): Three {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (const [pivot, pivotRow] of rows.entries()) {
    for (const row of rows.slice(pivot + 1)) {
      const factor = (row[pivot] ?? 0) / (pivotRow[pivot] ?? 1);
      for (const column of row.keys()) row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
    }
  }
  const result = [0, 0, 0];
  for (let i = 2; i >= 0; i--) {
    const row = rows[i] ?? [];
    const known = result.reduce((sum, value, j) => (j > i ? sum + value * (row[j] ?? 0) : sum), 0);
    result[i] = ((row[3] ?? 0) - known) / (row[i] ?? 1);
  }
  return [result[0] ?? 0, result[1] ?? 0, result[2] ?? 0];
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(chance: number): number {
  return Math.log(chance / (1 - chance));
}
