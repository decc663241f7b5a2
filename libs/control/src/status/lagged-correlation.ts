/** Fewer pairs say nothing. */
const fewestPairs = 10;

/**
 * Pearson's correlation of two series at the lag, from 0 to `mostLag` samples by which `cause` is ahead of `effect`,
 * where it is greatest. Pairs with NaN are left out; NaN when too few are left or one series doesn't move.
 */
export function laggedCorrelation(
  cause: readonly number[],
  effect: readonly number[],
  mostLag = 5,
): { readonly correlation: number; readonly lag: number } {
  let best = { correlation: Number.NaN, lag: Number.NaN };
  for (let lag = 0; lag <= mostLag; lag++) {
    const correlation = correlationOf(cause.slice(0, cause.length - lag), effect.slice(lag));
    if (!(correlation <= best.correlation) && Number.isFinite(correlation)) best = { correlation, lag };
  }
  return best;
}

function correlationOf(xs: readonly number[], ys: readonly number[]): number {
  const pairs = xs.flatMap((x, index) => {
    const y = ys[index];
    return y !== undefined && Number.isFinite(x) && Number.isFinite(y) ? [[x, y] as const] : [];
  });
  if (pairs.length < fewestPairs) return Number.NaN;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length;
  let [xy, xx, yy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}
