import type { DecisionRecord } from '@framegate/contracts';
import { decisionEvent } from '@framegate/contracts';
import { z } from 'zod';
import type { HistoryBatch, KeptDecision } from '../port.ts';
import type { Row, Statement } from './connection.ts';
import { insertRows, lastOfEach, replacing } from './statements.ts';

const columns = ['id', 'at_us', 'record'] as const;
export const selectedDecision = `id, at_us, record,
  (SELECT outcome FROM decision_outcomes o WHERE o.decision_id = decisions.id) AS outcome`;

const json = z.string().transform((text): unknown => JSON.parse(text));
const figure = z.number().nullable();
const rowSchema = z.object({
  record: json.pipe(decisionEvent.schema),
  outcome: json
    .pipe(z.object({ p95BeforeMs: figure, p95AfterMs: figure, onTimeBefore: figure, onTimeAfter: figure }))
    .nullable(),
});

export function decisionOf(row: Row): KeptDecision {
  return rowSchema.parse(row);
}

export function writeDecisions(given: readonly DecisionRecord[]): Statement[] {
  const rows = lastOfEach(given, ({ id }) => id).map((d) => [d.id, d.atUs, JSON.stringify(d)]);
  return insertRows('decisions', columns, rows, replacing(['id'], columns));
}

export function writeOutcomes(outcomes: NonNullable<HistoryBatch['outcomes']>): Statement[] {
  return outcomes.map(({ decisionId, outcome }) => ({
    text: `INSERT INTO decision_outcomes (decision_id, outcome)
      SELECT id, CAST($2 AS TEXT) FROM decisions WHERE id = $1
      ON CONFLICT (decision_id) DO UPDATE SET outcome = excluded.outcome`,
    params: [decisionId, JSON.stringify(outcome)],
  }));
}
