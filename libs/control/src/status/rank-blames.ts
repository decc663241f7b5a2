import type { Blame } from './status.ts';
import type { Suspicion } from './suspicion.ts';

/** Less than this is not worth a sentence. */
const leastConfidence = 0.1;
const mostBlames = 8;

/**
 * The likeliest first. How sure a cause is grows with the lateness that it explains, beside the objective and beside
 * what the others explain; it saturates, so that a grave fault does not hide one that breaks the promise as well.
 */
export function rankBlames(suspicions: readonly Suspicion[], objectiveMs: number): Blame[] {
  const weighed = suspicions
    .filter(({ evidence }) => evidence.length > 0)
    .map((suspicion) => ({ ...suspicion, weight: 1 - Math.exp((-4 * suspicion.explainsMs) / objectiveMs) }));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed
    .toSorted((a, b) => b.explainsMs - a.explainsMs)
    .slice(0, mostBlames)
    .map(({ cause, at, evidence, weight }) => ({
      cause,
      at,
      confidence: (weight * (1 + weight / total)) / 2,
      evidence,
    }))
    .filter(({ confidence }) => confidence >= leastConfidence);
}
