import type { Frame } from '@framegate/contracts';
import { ContractError, decodeFrame, framesTopicPattern, topicCarriesCamera } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';

/** The pictures of the last frames of all cameras, as many as fit. */
export interface RecentPictures {
  find(frame: { readonly cameraId: string; readonly frame: string }): Frame | undefined;
  close(): Promise<void>;
}

/** Some seconds of 50 cameras: detections follow their frames within the objective, mostly. */
const maxBytes = 96 * 1024 * 1024;

export async function followRecentPictures(bus: MessageBus): Promise<RecentPictures> {
  const pictures = new Map<string, Frame>();
  let bytes = 0;
  const subscription = await bus.subscribe({
    topics: [framesTopicPattern],
    group: null,
    from: 'latest',
    concurrency: 64,
    handler: async (delivery) => {
      try {
        const frame = decodeFrame(delivery);
        if (!topicCarriesCamera(delivery.topic, frame.cameraId)) return;
        pictures.set(`${frame.cameraId} ${frame.epoch}.${frame.seq}`, frame);
        bytes += frame.jpeg.byteLength;
      } catch (error) {
        // The inference tells of it and puts it to quarantine.
        if (!(error instanceof ContractError)) throw error;
      }
      for (const [id, { jpeg }] of pictures) {
        if (bytes <= maxBytes) break;
        pictures.delete(id);
        bytes -= jpeg.byteLength;
      }
    },
  });
  return {
    find: ({ cameraId, frame }) => pictures.get(`${cameraId} ${frame}`),
    close: () => subscription.close(),
  };
}
