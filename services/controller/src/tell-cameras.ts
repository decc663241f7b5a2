import type { FollowedDirectory } from '@framegate/camera-directory';
import type { CameraIntent } from '@framegate/contracts';
import { cameraConfigEvent, topicNames } from '@framegate/contracts';
import { planConfiguration } from '@framegate/control';
import type { Producer } from '@framegate/message-bus';
import type { Logger } from '@framegate/service-kit';
import type { createControllerMetrics } from './metrics.ts';

export interface TellCamerasDeps {
  readonly directory: FollowedDirectory;
  readonly producer: Producer;
  readonly logger: Logger;
  readonly metrics: ReturnType<typeof createControllerMetrics>;
  readonly partitions: number;
}

/** What the cameras are to be told. */
export interface Orders {
  readonly settingsOf: (intent: CameraIntent) => CameraIntent['wanted'];
  readonly promisedMsOf: (cameraId: string) => number | undefined;
  /** Of those whose settings the loops change. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Publishes the configurations of the cameras that were told something else. */
export async function tellCameras(
  token: number,
  { settingsOf, promisedMsOf, reasons }: Orders,
  { directory, producer, logger, metrics, partitions }: TellCamerasDeps,
): Promise<void> {
  const reasonOf = (cameraId: string): string | undefined => reasons.get(cameraId);
  const asked = { token, partitions, settingsOf, promisedMsOf, reasonOf };
  const planned = planConfiguration(directory.intents, directory.configs, asked);
  if (planned.length === 0) return;
  for (const config of planned) {
    await producer.send(topicNames.cameraConfig, cameraConfigEvent.encode(config));
    metrics.published();
    const { cameraId, version, partition, reason } = config;
    logger.info({ cameraId, version, partition }, `configuration published: ${reason}`);
  }
  // The next plan is made from what stands in the topic.
  await directory.caughtUp();
}
