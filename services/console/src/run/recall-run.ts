import type { HistoryStore, KeptDecision } from '@framegate/history-store';
import type { Ticker } from '@framegate/service-kit';
import { startTicker } from '@framegate/service-kit';
import type { HistoryPoint } from '../protocol/history.ts';
import { pointsOf, promiseSeries } from './promise-samples.ts';
import type { DecisionOutcomes } from './decision-outcomes.ts';
import type { FollowedDecisions } from './follow-decisions.ts';
import type { KeptPoints, RunHistory } from './run-history.ts';
import { reachSeconds } from './run-history.ts';

/** Rows of so much time are read at once, so that the console answers others in between. */
const partSeconds = 6 * 3600;
const keptDecisions = 1000;

/** What a history knows of the run before a moment: as much of it as the page shows, however long it reaches back. */
async function recallRun(
  store: Pick<HistoryStore, 'series' | 'decisions'>,
  beforeUs: number,
): Promise<{ readonly points: KeptPoints; readonly decisions: readonly KeptDecision[] }> {
  const read = async (stepSeconds: number, fromUs: number, untilUs: number): Promise<HistoryPoint[]> => {
    const found = await store.series({
      series: promiseSeries,
      subjects: [''],
      fromUs,
      untilUs,
      stepUs: stepSeconds * 1e6,
    });
    return pointsOf(found);
  };
  const recentUs = beforeUs - reachSeconds.seconds * 1e6;
  const seconds = await read(1, recentUs, beforeUs);
  const recentTens = await read(10, recentUs, beforeUs);
  const minutes: HistoryPoint[] = [];
  for (let ago = reachSeconds.minutes; ago > 0; ago -= partSeconds)
    minutes.push(...(await read(60, beforeUs - ago * 1e6, beforeUs - (ago - partSeconds) * 1e6)));
  // Seconds are not read for hours: what is older is told by the minute there, too.
  const tensFromUs = beforeUs - reachSeconds.tens * 1e6;
  const older = minutes.filter(({ atUs }) => atUs > tensFromUs && atUs + 60e6 <= recentUs);
  const { items } = await store.decisions({ limit: keptDecisions });
  return {
    points: { seconds, tens: [...older, ...recentTens], minutes },
    decisions: items.toReversed(),
  };
}

export interface RecallOptions {
  readonly store: Pick<HistoryStore, 'series' | 'decisions'>;
  readonly nowUs: () => number;
  readonly history: Pick<RunHistory, 'recall'>;
  readonly decisions: Pick<FollowedDecisions, 'recall'>;
  readonly outcomes: Pick<DecisionOutcomes, 'recall'>;
  readonly onTrouble: (error: unknown) => void;
}

const tryEveryMs = 1000;

/** Shows what was before this console began, as soon as the store tells it. Nothing waits for it. */
export function startRecall(options: RecallOptions): Ticker {
  const { store, nowUs, history, decisions, outcomes } = options;
  // What is measured here is told a second from now at the earliest.
  const beginUs = Math.ceil(nowUs() / 1e6) * 1e6;
  let isDone = false;
  return startTicker(
    tryEveryMs,
    async () => {
      if (isDone) return;
      const kept = await recallRun(store, beginUs);
      isDone = true;
      history.recall(kept.points);
      decisions.recall(kept.decisions.map(({ record }) => record));
      for (const { record, outcome } of kept.decisions) if (outcome) outcomes.recall(record.id, outcome);
    },
    options.onTrouble,
  );
}
