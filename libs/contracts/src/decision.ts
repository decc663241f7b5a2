import { z } from 'zod';
import { jsonEvent } from './event.ts';

/** JSON has no NaN: what was not measured is null. */
const measured = z.number().nullable();

const decisionSchema = z.object({
  /** `<token>/<number>`, rising. */
  id: z.string(),
  atUs: z.int().nonnegative(),
  /** The loop that acted, or the operator. */
  loop: z.enum(['frame', 'fast', 'service', 'capacity', 'operator']),
  /** Whether it was carried out, or only advised. */
  effect: z.enum(['applied', 'advised']),
  /** The objective that was in danger; empty where none was. */
  slo: z.string(),
  sli: z.string(),
  value: measured,
  objective: measured,
  /** What is blamed, or why else: `recovered`, `silence`, `operator`. */
  cause: z.string(),
  /** Site, camera or instance; empty for the cloud as a whole. */
  at: z.string(),
  lever: z.string(),
  /** Cameras, or models. */
  subjects: z.array(z.string()),
  /** Of the first subject, and of all where `changes` is absent. */
  from: z.string(),
  to: z.string(),
  /** Which subjects changed how, where one move changed them differently. */
  changes: z
    .array(z.object({ subjects: z.array(z.string()), from: z.string(), to: z.string() }))
    .exactOptional(),
  /** The sentence for people. */
  reason: z.string(),
});

/** One change that the controller made or advised, and why. */
export type DecisionRecord = z.output<typeof decisionSchema>;

export const decisionEvent = jsonEvent({ name: 'decision', major: 1 }, decisionSchema, (decision) => ({
  key: decision.lever,
  id: decision.id,
  source: '/controller',
  timeUs: decision.atUs,
}));
