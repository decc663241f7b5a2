/**
 * Jain's fairness index (Jain, Chiu, Hawe 1984): 1 when all shares are equal, 1/n when one has everything.
 * NaN without shares.
 */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((a, b) => a + b, 0);
  const squares = shares.reduce((a, b) => a + b * b, 0);
  return squares === 0 ? Number.NaN : (sum * sum) / (shares.length * squares);
}
