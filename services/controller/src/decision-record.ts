import type { DecisionRecord } from '@framegate/contracts';
import type { Decision } from '@framegate/control';

/** A decision as it is told: what was not measured is null. */
export function recordOf(decision: Decision, effect: DecisionRecord['effect']): DecisionRecord {
  const { value, objective, subjects, changes, atUs, ...rest } = decision;
  return {
    ...rest,
    effect,
    atUs: Math.round(atUs),
    value: Number.isFinite(value) ? value : null,
    objective: Number.isFinite(objective) ? objective : null,
    subjects: [...subjects],
    ...(changes && { changes: changes.map((one) => ({ ...one, subjects: [...one.subjects] })) }),
  };
}
