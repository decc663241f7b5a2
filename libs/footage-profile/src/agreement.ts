import type { Detection, Truth } from '@framegate/detection';
import { matchDetections } from '@framegate/detection';

/** An object that should be found. */
export interface Expected extends Truth {
  /** Too little of it is seen: neither finding nor missing it counts. */
  readonly optional?: boolean;
}

/** Counts over frames, which add up. */
export interface Agreement {
  readonly hits: number;
  /** Detections, hits and false alarms. */
  readonly found: number;
  /** Objects that should have been found. */
  readonly expected: number;
}

export const noAgreement: Agreement = { hits: 0, found: 0, expected: 0 };

/** How what was found in one frame agrees with what was expected: same class, overlap (IoU) of 0.5 or more. */
export function agreementOf(found: readonly Detection[], expected: readonly Expected[]): Agreement {
  const optional = new Set<Truth>(expected.filter((object) => object.optional === true));
  const counted = matchDetections({ truth: expected, found }).filter(
    ({ truth }) => truth === undefined || !optional.has(truth),
  );
  return {
    hits: counted.filter(({ truth }) => truth !== undefined).length,
    found: counted.length,
    expected: expected.length - optional.size,
  };
}

export function sumOf(a: Agreement, b: Agreement): Agreement {
  return { hits: a.hits + b.hits, found: a.found + b.found, expected: a.expected + b.expected };
}

/** F1, the harmonic mean of precision and recall, 0..1; 1 where nothing was expected and nothing found. */
export function f1Of({ hits, found, expected }: Agreement): number {
  return found + expected === 0 ? 1 : (2 * hits) / (found + expected);
}
