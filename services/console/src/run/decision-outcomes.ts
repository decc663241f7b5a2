import type { DecisionRecord } from '@framegate/contracts';
import type { DecisionOutcome, ToldDecision } from '../protocol/decision.ts';
import type { HistoryPoint } from '../protocol/history.ts';

const beforeUs = 10e6;
/** What was on its way when a lever moved says nothing of the move. */
const deadUs = 5e6;
const afterUs = 25e6;

/** The ten seconds before a decision beside the twenty from five seconds behind it on; null where nothing is known. */
export function outcomeOf(
  atUs: number,
  points: readonly HistoryPoint[],
  nowUs: number,
): DecisionOutcome | null {
  const within = (fromUs: number, toUs: number) =>
    points.filter((point) => point.atUs > fromUs && point.atUs <= toUs);
  const before = within(atUs - beforeUs, atUs);
  const after = within(atUs + deadUs, atUs + afterUs);
  if (before.length + after.length === 0) return null;
  return {
    p95BeforeMs: meanP95(before),
    p95AfterMs: meanP95(after),
    onTimeBefore: onTimeShare(before),
    onTimeAfter: onTimeShare(after),
    isSettled: nowUs >= atUs + afterUs,
  };
}

export interface DecisionOutcomes {
  /** Keeps what has settled while its seconds are still known; call it each second. */
  second(decisions: readonly DecisionRecord[], points: readonly HistoryPoint[], nowUs: number): void;
  /** Takes what a store kept from before. */
  recall(id: string, outcome: Omit<DecisionOutcome, 'isSettled'>): void;
  told(decision: DecisionRecord, points: readonly HistoryPoint[], nowUs: number): ToldDecision;
}

const kept = 2000;

/** @param onSettled told of each once its seconds are over */
export function createDecisionOutcomes(
  onSettled: (id: string, outcome: Omit<DecisionOutcome, 'isSettled'>) => void,
): DecisionOutcomes {
  const settled = new Map<string, DecisionOutcome>();
  return {
    second(decisions, points, nowUs) {
      for (const { id, atUs } of decisions.toReversed()) {
        const isKnown = settled.has(id);
        if (isKnown || atUs + 2 * afterUs < nowUs) break;
        const outcome = outcomeOf(atUs, points, nowUs);
        if (!outcome?.isSettled) continue;
        const { isSettled: _isSettled, ...figures } = outcome;
        settled.set(id, outcome);
        onSettled(id, figures);
      }
      for (const id of settled.keys().take(Math.max(0, settled.size - kept))) settled.delete(id);
    },
    recall(id, outcome) {
      settled.set(id, { ...outcome, isSettled: true });
    },
    told(decision, points, nowUs) {
      const { subjects, from, to, changes, sli: _sli, ...rest } = decision;
      return {
        ...rest,
        moves: changes ?? [{ subjects, from, to }],
        outcome: settled.get(decision.id) ?? outcomeOf(decision.atUs, points, nowUs),
      };
    },
  };
}

/** Weighted by the results of each second; close enough to say whether it got better. */
function meanP95(points: readonly HistoryPoint[]): number | null {
  const told = points.flatMap(({ p95Ms, results }) => (p95Ms === null ? [] : [{ p95Ms, results }]));
  const results = told.reduce((sum, point) => sum + point.results, 0);
  if (results === 0) return null;
  return Math.round(told.reduce((sum, point) => sum + point.p95Ms * point.results, 0) / results);
}

function onTimeShare(points: readonly HistoryPoint[]): number | null {
  const due = points.reduce((sum, point) => sum + point.due, 0);
  return due === 0 ? null : Math.min(1, points.reduce((sum, point) => sum + point.onTime, 0) / due);
}
