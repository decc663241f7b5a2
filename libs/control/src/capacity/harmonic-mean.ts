/**
 * The mean for rates: it leans to the small ones, so that one lucky second promises nothing (FESTIVE, Jiang, Sekar,
 * Zhang, CoNEXT 2012). NaN without values; values must be positive.
 */
export function harmonicMean(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  return values.length / values.reduce((sum, value) => sum + 1 / value, 0);
}
