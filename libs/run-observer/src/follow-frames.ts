import type { Frame } from '@framegate/contracts';
import { ContractError, decodeFrame, framesTopicPattern, topicCarriesCamera } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';

/** The frames of all sites as they come, for all in a process who want them: they are read once. */
export interface FollowedFrames {
  /** @returns the function that ends this */
  onFrame(listener: (frame: Frame) => void): () => void;
  close(): Promise<void>;
}

/** What can't be read, or claims to be of another site's camera, is passed over: the inference tells of it. */
export async function followFrames(bus: MessageBus): Promise<FollowedFrames> {
  const listeners = new Set<(frame: Frame) => void>();
  const subscription = await bus.subscribe({
    topics: [framesTopicPattern],
    group: null,
    from: 'latest',
    concurrency: 64,
    handler: async (delivery) => {
      const frame = decode(delivery);
      if (frame && topicCarriesCamera(delivery.topic, frame.cameraId))
        for (const listener of listeners) listener(frame);
    },
  });
  return {
    onFrame(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => subscription.close(),
  };
}

function decode(delivery: Parameters<typeof decodeFrame>[0]): Frame | undefined {
  try {
    return decodeFrame(delivery);
  } catch (error) {
    if (error instanceof ContractError) return undefined;
    throw error;
  }
}
