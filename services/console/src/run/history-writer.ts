import type { DecisionRecord } from '@framegate/contracts';
import type { HistoryBatch, HistoryStore, Sample } from '@framegate/history-store';
import { HistoryStoreError } from '@framegate/history-store';
import { startTicker } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import { followLeadership } from '@framegate/state-store';

/** Keeps how the promise stood and what was decided, in batches. Of several consoles one writes the seconds. */
export interface HistoryWriter {
  /** @param samples of one second */
  second(samples: readonly Sample[]): void;
  decision(record: DecisionRecord): void;
  outcome(outcome: Outcome): void;
  close(): Promise<void>;
}

type Outcome = NonNullable<HistoryBatch['outcomes']>[number];

export interface HistoryWriterOptions {
  readonly store: Pick<HistoryStore, 'write'>;
  /** What replicas share. */
  readonly shared: StateStore;
  /** Unique for each process. */
  readonly holder: string;
  readonly onTrouble: (error: unknown) => void;
  readonly flushEveryMs?: number;
}

/** While the store is away, so much waits for it. */
const maxWaiting = { seconds: 600, decisions: 2000 };
/** Seconds that a console keeps while it stands by: who wrote may have died so long ago. */
const maxStandingBy = 15;
const leaseMs = 10_000;

interface Waiting {
  readonly seconds: readonly (readonly Sample[])[];
  readonly decisions: readonly DecisionRecord[];
  readonly outcomes: readonly Outcome[];
}

const nothing: Waiting = { seconds: [], decisions: [], outcomes: [] };

export function startHistoryWriter(options: HistoryWriterOptions): HistoryWriter {
  const { store, shared, holder, onTrouble, flushEveryMs = 5000 } = options;
  let waiting = nothing;
  const leadership = followLeadership({
    store: shared,
    name: 'console/history',
    holder,
    ttlMs: leaseMs,
    onLeading: () => {},
    onStandby: () => {},
    onTrouble,
  });

  const flush = async (): Promise<void> => {
    if (leadership.token === null) await leadership.check();
    const writes = leadership.token !== null;
    const { seconds, decisions, outcomes } = waiting;
    waiting = { ...nothing, ...(!writes && { seconds: seconds.slice(-maxStandingBy) }) };
    const samples = writes ? seconds.flat() : [];
    if (samples.length + decisions.length + outcomes.length === 0) return;
    try {
      await store.write({ samples, decisions, outcomes });
    } catch (error) {
      // What is wrong in itself would hold up all that comes behind it.
      if (!(error instanceof HistoryStoreError && error.code === 'INVALID')) {
        const before = { seconds: writes ? seconds : [], decisions, outcomes };
        waiting = together(before, waiting);
      }
      throw error;
    }
  };
  const ticker = startTicker(flushEveryMs, flush, onTrouble);
  const add = (more: Partial<Waiting>): void => {
    waiting = together(waiting, { ...nothing, ...more });
  };

  return {
    second: (samples) => add({ seconds: [samples] }),
    decision: (record) => add({ decisions: [record] }),
    outcome: (outcome) => add({ outcomes: [outcome] }),
    async close() {
      await ticker.stop();
      await flush().catch(onTrouble);
      await leadership.close();
    },
  };
}

function together(before: Waiting, behind: Waiting): Waiting {
  return {
    seconds: [...before.seconds, ...behind.seconds].slice(-maxWaiting.seconds),
    decisions: [...before.decisions, ...behind.decisions].slice(-maxWaiting.decisions),
    outcomes: [...before.outcomes, ...behind.outcomes].slice(-maxWaiting.decisions),
  };
}
