import type { DecisionRecord } from '@framegate/contracts';
import { decisionEvent, topicNames } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';

export interface FollowedDecisions {
  /** Oldest first. */
  list(): readonly DecisionRecord[];
  close(): Promise<void>;
}

const kept = 2000;

/** What the controllers decided, from as long ago as the topic remembers; the newest of it. */
export async function followDecisions(
  bus: MessageBus,
  onRefused: (topic: string, error: unknown) => void,
): Promise<FollowedDecisions> {
  const decisions: DecisionRecord[] = [];
  const known = new Set<string>();
  const subscription = await bus.subscribe({
    topics: [topicNames.decisions],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      try {
        const decision = decisionEvent.decode(delivery);
        if (known.has(decision.id)) return;
        known.add(decision.id);
        decisions.push(decision);
        const oldest = decisions.length > kept ? decisions.shift() : undefined;
        if (oldest) known.delete(oldest.id);
      } catch (error) {
        onRefused(delivery.topic, error);
      }
    },
  });
  return { list: () => decisions, close: () => subscription.close() };
}
