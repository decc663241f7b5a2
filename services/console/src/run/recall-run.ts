import type { HistoryStore, KeptDecision } from '@framegate/history-store';
import type { Ticker } from '@framegate/service-kit';
import { startTicker } from '@framegate/service-kit';
import type { HistoryPoint } from '../protocol/history.ts';
import { pointsOf, promiseSeries } from './promise-samples.ts';
import type { DecisionOutcomes } from './decision-outcomes.ts';
import type { FollowedDecisions } from './follow-decisions.ts';
import type { RunHistory } from './run-history.ts';
import type { KeptPoints } from './run-track.ts';
import { reachSeconds } from './run-track.ts';

/** Rows of so much time are read at once, so that the console answers others in between. */
const partSeconds = 6 * 3600;
const keptDecisions = 1000;

/**
 * What a history knows of the run before a moment: as much of it as the page shows, however long it reaches back.
 * @param subject an SLO; empty for all cameras
 */
async function recallPoints(
  store: Pick<HistoryStore, 'series'>,
  subject: string,
  beforeUs: number,
): Promise<KeptPoints> {
  const read = async (stepSeconds: number, fromUs: number, untilUs: number): Promise<HistoryPoint[]> => {
    const found = await store.series({
      series: promiseSeries,
      subjects: [subject],
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
  return { seconds, tens: [...older, ...recentTens], minutes };
}

async function recallDecisions(store: Pick<HistoryStore, 'decisions'>): Promise<readonly KeptDecision[]> {
  const { items } = await store.decisions({ limit: keptDecisions });
  return items.toReversed();
}

export interface RecallOptions {
  readonly store: Pick<HistoryStore, 'series' | 'decisions'>;
  readonly nowUs: () => number;
  readonly history: Pick<RunHistory, 'all' | 'trackOf'>;
  /** Those of which something is promised now. */
  readonly slos: () => readonly string[];
  readonly decisions: Pick<FollowedDecisions, 'recall'>;
  readonly outcomes: Pick<DecisionOutcomes, 'recall'>;
  readonly onTrouble: (error: unknown) => void;
}

const tryEveryMs = 1000;

/** Shows what was before this console began, as soon as the store tells it. Nothing waits for it. */
export function startRecall(options: RecallOptions): Ticker {
  const { store, nowUs, history, slos, decisions, outcomes } = options;
  // What is measured here is told a second from now at the earliest.
  const beginUs = Math.ceil(nowUs() / 1e6) * 1e6;
  let isDone = false;
  const recalled = new Set<string>();
  const recallAll = async (): Promise<void> => {
    const points = await recallPoints(store, '', beginUs);
    const kept = await recallDecisions(store);
    isDone = true;
    history.all.recall(points);
    decisions.recall(kept.map(({ record }) => record));
    for (const { record, outcome } of kept) if (outcome) outcomes.recall(record.id, outcome);
  };
  /** Each once, when there are cameras of which it is promised, which are known no sooner than a broker answers. */
  const recallSlos = async (): Promise<void> => {
    for (const slo of slos().filter((one) => !recalled.has(one))) {
      const points = await recallPoints(store, slo, beginUs);
      recalled.add(slo);
      history.trackOf(slo).recall(points);
    }
  };
  return startTicker(
    tryEveryMs,
    async () => {
      if (!isDone) await recallAll();
      await recallSlos();
    },
    options.onTrouble,
  );
}
