/** A decision of the controller, with what came of it, as `/v1/promise/decisions` tells it. */
export interface ToldDecision {
  readonly id: string;
  readonly atUs: number;
  readonly loop: string;
  readonly effect: 'applied' | 'advised';
  readonly slo: string;
  readonly value: number | null;
  readonly objective: number | null;
  readonly cause: string;
  readonly at: string;
  readonly lever: string;
  readonly moves: readonly DecisionMove[];
  readonly reason: string;
  readonly outcome: DecisionOutcome | null;
}

/** What changed how, for which cameras or models. */
export interface DecisionMove {
  readonly subjects: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** The seconds before a decision beside those behind it. */
export interface DecisionOutcome {
  readonly p95BeforeMs: number | null;
  readonly p95AfterMs: number | null;
  readonly onTimeBefore: number | null;
  readonly onTimeAfter: number | null;
  /** False while the seconds behind it still go on. */
  readonly isSettled: boolean;
}
