import type { MessageBus } from '@framegate/message-bus';
import type { CameraDirectory } from './camera-directory.ts';
import { createCameraDirectory, directoryTopics } from './camera-directory.ts';

export interface FollowedDirectory extends CameraDirectory {
  /** Resolves when everything that is in the topics now has been taken. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Reads the directory's topics from their beginning, and on; resolves once it knows what they hold. */
export async function followDirectory(
  bus: MessageBus,
  told: {
    /** An entry changed. */
    readonly onChange: (cameraId: string, directory: CameraDirectory) => void;
    /** A message was no entry: it is passed over. */
    readonly onRefused: (topic: string, error: unknown) => void;
  },
): Promise<FollowedDirectory> {
  const directory = createCameraDirectory();
  const subscription = await bus.subscribe({
    topics: directoryTopics,
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      try {
        const cameraId = directory.take(delivery);
        if (cameraId !== undefined) told.onChange(cameraId, directory);
      } catch (error) {
        told.onRefused(delivery.topic, error);
      }
    },
  });
  await subscription.caughtUp();
  return { ...directory, caughtUp: () => subscription.caughtUp(), close: () => subscription.close() };
}
