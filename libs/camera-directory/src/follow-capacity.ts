import type { InferenceConfig, ModelCapacity } from '@framegate/contracts';
import { inferenceConfigEvent, supersedes, topicNames } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';

/** What the controller gives to each model, as its compacted topic tells it. */
export interface FollowedCapacity {
  of(model: string): ModelCapacity | undefined;
  /** Undefined while no controller has said anything. */
  readonly config: InferenceConfig | undefined;
  /** Resolves when everything that is in the topic now has been taken. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Resolves once it knows what the topic holds. */
export async function followCapacity(
  bus: MessageBus,
  told: {
    readonly onChange: (config: InferenceConfig) => void;
    /** A message was none: it is passed over. */
    readonly onRefused: (topic: string, error: unknown) => void;
  },
): Promise<FollowedCapacity> {
  let current: InferenceConfig | undefined;
  const subscription = await bus.subscribe({
    topics: [topicNames.inferenceConfig],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      try {
        const next = inferenceConfigEvent.decode(delivery);
        if (!supersedes(next, current)) return;
        current = next;
        told.onChange(next);
      } catch (error) {
        told.onRefused(delivery.topic, error);
      }
    },
  });
  await subscription.caughtUp();
  return {
    get config() {
      return current;
    },
    of: (model) => (current && Object.hasOwn(current.models, model) ? current.models[model] : undefined),
    caughtUp: () => subscription.caughtUp(),
    close: () => subscription.close(),
  };
}
