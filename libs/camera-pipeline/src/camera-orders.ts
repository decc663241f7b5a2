import { isDeepStrictEqual } from 'node:util';
import type { CameraDirectory } from '@framegate/camera-directory';
import { followDirectory } from '@framegate/camera-directory';
import type { CameraConfig, CameraIntent } from '@framegate/contracts';
import { cameraIntentEvent, topicNames } from '@framegate/contracts';
import type { MessageBus, Producer } from '@framegate/message-bus';
import { areaMistakes } from './area-mistakes.ts';
import type { EdgeMemory } from './edge-memory.ts';

export interface OrdersOptions {
  readonly seeds: readonly CameraIntent[];
  readonly memory: EdgeMemory;
  /** Something about this camera changed. */
  readonly onChange: (cameraId: string) => void;
  readonly onRefused: (topic: string, error: unknown) => void;
}

/** What each camera of a site is to obey: the bus's word where it was heard, else what is remembered, else the site file. */
export interface CameraOrders {
  intent(cameraId: string): CameraIntent;
  config(cameraId: string): CameraConfig | undefined;
  /** Follows the bus from now on; resolves when all that it holds is known. */
  follow(bus: MessageBus): Promise<void>;
  /** Publishes the intents of cameras that the bus doesn't know, or knows from an older site file. */
  seed(producer: Producer): Promise<void>;
  /** Resolves when the bus has a configuration for every camera. */
  readonly configured: Promise<void>;
  close(): Promise<void>;
}

export function createCameraOrders({ seeds, memory, onChange, onRefused }: OrdersOptions): CameraOrders {
  const seedOf = new Map(seeds.map((seed) => [seed.cameraId, seed]));
  /** The newest intent of each camera that can be obeyed: one with a bad mask is refused, and the last stays. */
  const obeyed = new Map<string, CameraIntent>();
  const judged = new WeakSet<CameraIntent>();
  const configured = Promise.withResolvers<void>();
  let configs: CameraDirectory['configs'] = new Map();
  let intents: CameraDirectory['intents'] = new Map();
  let stop = async (): Promise<void> => {};

  const judge = (intent: CameraIntent | undefined): void => {
    if (!intent || judged.has(intent)) return;
    judged.add(intent);
    const mistakes = areaMistakes(intent);
    if (mistakes.length === 0) obeyed.set(intent.cameraId, intent);
    else onRefused(topicNames.cameraIntent, new Error(mistakes.join('; ')));
  };
  const take = (cameraId: string, directory: CameraDirectory): void => {
    ({ configs, intents } = directory);
    if (!seedOf.has(cameraId)) return;
    judge(intents.get(cameraId));
    onChange(cameraId);
    const config = configs.get(cameraId);
    if (config) memory.rememberConfig(config);
    if ([...seedOf.keys()].every((id) => configs.has(id))) configured.resolve();
  };

  return {
    intent(cameraId) {
      const seed = seedOf.get(cameraId);
      if (!seed) throw new Error(`camera ${cameraId} is none of this site`);
      return newer(seed, obeyed.get(cameraId));
    },
    config: (cameraId) => configs.get(cameraId) ?? memory.config(cameraId),
    async follow(bus) {
      const directory = await followDirectory(bus, { onChange: take, onRefused });
      stop = () => directory.close();
    },
    async seed(producer) {
      for (const seed of seeds) {
        const known = intents.get(seed.cameraId);
        if (known && isDeepStrictEqual(newer(seed, known), known)) continue;
        await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(seed));
      }
    },
    configured: configured.promise,
    close: () => stop(),
  };
}

/** An operator's change has a higher revision than the site file; one that is no higher came from an older file. */
function newer(seed: CameraIntent, known: CameraIntent | undefined): CameraIntent {
  return known && known.revision > seed.revision ? known : seed;
}
