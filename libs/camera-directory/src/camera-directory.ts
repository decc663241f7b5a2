import type { CameraConfig, CameraIntent, EventMessage } from '@framegate/contracts';
import {
  cameraConfigEvent,
  cameraIntentEvent,
  isTombstone,
  supersedes,
  topicNames,
} from '@framegate/contracts';

/** The newest intent and configuration of each camera, as their compacted topics tell them. */
export interface CameraDirectory {
  readonly intents: ReadonlyMap<string, CameraIntent>;
  readonly configs: ReadonlyMap<string, CameraConfig>;
  /**
   * Takes one message of either topic; a tombstone deletes an intent. A configuration stays known: a deposed writer
   * is still told by it.
   * @returns the camera whose entry changed; undefined when the message is older than what is known
   * @throws ContractError when the message is neither
   */
  take(message: EventMessage & { readonly topic: string }): string | undefined;
}

export const directoryTopics = [topicNames.cameraIntent, topicNames.cameraConfig] as const;

export function createCameraDirectory(): CameraDirectory {
  const intents = new Map<string, CameraIntent>();
  const configs = new Map<string, CameraConfig>();
  return {
    intents,
    configs,
    take(message) {
      if (isTombstone(message)) {
        const isDeleted = message.topic === topicNames.cameraIntent && intents.delete(message.key);
        return isDeleted ? message.key : undefined;
      }
      if (message.topic === topicNames.cameraIntent) {
        const intent = cameraIntentEvent.decode(message);
        if (intent.revision < (intents.get(intent.cameraId)?.revision ?? 0)) return undefined;
        intents.set(intent.cameraId, intent);
        return intent.cameraId;
      }
      const config = cameraConfigEvent.decode(message);
      if (!supersedes(config, configs.get(config.cameraId))) return undefined;
      configs.set(config.cameraId, config);
      return config.cameraId;
    },
  };
}
