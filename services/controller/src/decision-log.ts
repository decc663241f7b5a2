import type { DecisionRecord } from '@framegate/contracts';
import { decisionEvent, topicNames } from '@framegate/contracts';
import type { Producer } from '@framegate/message-bus';
import type { Logger } from '@framegate/service-kit';
import type { createControllerMetrics } from './metrics.ts';

/** What was decided: told to the bus, the log and the metrics, and kept for whoever asks. */
export interface DecisionLog {
  tell(records: readonly DecisionRecord[]): Promise<void>;
  /** The last ones, newest first. */
  last(): readonly DecisionRecord[];
}

const kept = 200;

export function createDecisionLog(deps: {
  readonly producer: Producer;
  readonly logger: Logger;
  readonly metrics: ReturnType<typeof createControllerMetrics>;
}): DecisionLog {
  let last: readonly DecisionRecord[] = [];
  return {
    async tell(records) {
      last = [...records.toReversed(), ...last].slice(0, kept);
      for (const record of records) {
        await deps.producer.send(topicNames.decisions, decisionEvent.encode(record));
        deps.metrics.decided(record);
        deps.logger.info({ ...record }, record.reason);
      }
    },
    last: () => last,
  };
}
