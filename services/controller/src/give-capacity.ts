import type { FollowedCapacity } from '@framegate/camera-directory';
import type { ModelCapacity } from '@framegate/contracts';
import { inferenceConfigEvent, topicNames } from '@framegate/contracts';
import type { Action, Observation } from '@framegate/control';
import type { Producer } from '@framegate/message-bus';

/** Tells the inference its batch and workers, where actions change them. */
export async function giveCapacity(
  actions: readonly Action[],
  observation: Observation | undefined,
  token: number,
  { capacity, producer }: { readonly capacity: FollowedCapacity; readonly producer: Producer },
): Promise<void> {
  const models: Record<string, ModelCapacity> = { ...capacity.config?.models };
  const told: string[] = [];
  for (const action of actions) {
    if (action.kind !== 'set-batch' && action.kind !== 'set-workers') continue;
    const seen = observation?.inference.find(({ model }) => model === action.model);
    const now = models[action.model] ?? { batch: seen?.batch ?? 1, workers: Math.max(1, seen?.workers ?? 1) };
    const { batch, workers } = { ...now, ...action };
    models[action.model] = { batch, workers };
    told.push(`${action.model}: batch ${batch}, ${workers} workers`);
  }
  if (told.length === 0) return;
  const version = (capacity.config?.version ?? 0) + 1;
  const event = inferenceConfigEvent.encode({ token, version, models, reason: told.join('; ') });
  await producer.send(topicNames.inferenceConfig, event);
}
