import type { DecisionRecord } from '@framegate/contracts';
import { decisionEvent, topicNames } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';

export interface FollowedDecisions {
  /** Oldest first. */
  list(): readonly DecisionRecord[];
  /** Takes what a store kept from before; what the topic tells holds. */
  recall(kept: readonly DecisionRecord[]): void;
  close(): Promise<void>;
}

const kept = 2000;

export interface FollowDecisionsOptions {
  /** Each once. */
  readonly onDecision: (decision: DecisionRecord) => void;
  readonly onRefused: (topic: string, error: unknown) => void;
}

/** What the controllers decided, from as long ago as the topic remembers; the newest of it. */
export async function followDecisions(
  bus: MessageBus,
  { onDecision, onRefused }: FollowDecisionsOptions,
): Promise<FollowedDecisions> {
  let decisions: DecisionRecord[] = [];
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
        onDecision(decision);
      } catch (error) {
        onRefused(delivery.topic, error);
      }
    },
  });
  return {
    list: () => decisions,
    recall(before) {
      const earlier = before.filter(({ id }) => !known.has(id));
      for (const { id } of earlier) known.add(id);
      decisions = [...earlier, ...decisions].toSorted((a, b) => a.atUs - b.atUs);
    },
    close: () => subscription.close(),
  };
}
