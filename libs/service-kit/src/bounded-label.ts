/** What the values of a label are called that came after its limit was reached. */
export const otherValue = 'other';

/** Cameras, or sites, that have time series of their own in one process. */
const fewEnough = 500;

/**
 * Bounds the values of a label, such as the camera: the first `limit` keep their names, every later one is `other`.
 * Each value of a label is a time series of its own, and a monitoring system fails when there are too many.
 */
export function boundLabel(limit = fewEnough): (value: string) => string {
  const named = new Set<string>();
  return (value) => {
    if (named.has(value)) return value;
    if (named.size >= limit) return otherValue;
    named.add(value);
    return value;
  };
}
