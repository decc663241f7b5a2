import type { CloudLedger } from '@framegate/frame-ledger';
import type { EventQueue } from './event-queue.ts';
import type { Frame } from './frame.ts';
import type { InferenceInstance } from './inference-instance.ts';
import type { CloudModel } from './scenario.ts';

/**
 * The replicas and the partitions that they read. A group that loses or gains a member pauses; frames for the
 * partitions concerned wait on the bus. A crashed replica's frames are delivered again.
 */
export interface Fleet {
  deliver(frame: Frame): void;
  setBatch(model: string, batch: number): void;
  setWorkers(model: string, workers: number): void;
  setReplicas(replicas: number): void;
  lose(index: number): void;
  restore(index: number): void;
  running(): InferenceInstance[];
}

export interface FleetOptions {
  readonly events: EventQueue;
  readonly cloud: CloudModel;
  readonly ledger: CloudLedger;
  readonly open: (index: number) => InferenceInstance;
}

export function createFleet({ events, cloud, ledger, open }: FleetOptions): Fleet {
  const replicas = new Map<number, InferenceInstance>();
  /** Settings that a replica gets when it starts. */
  const settings = new Map<string, (instance: InferenceInstance) => void>();
  let members: number[] = [];
  let wanted = 0;
  /** Partitions whose owner is not settled, until when. */
  let pausedUntilUs = 0;
  let pausedOwner: number | 'all' = 'all';
  let onBus: Frame[] = [];

  const ownerOf = (partition: number): number => members[partition % Math.max(1, members.length)] ?? -1;

  const deliver = (frame: Frame): void => {
    const owner = ownerOf(frame.partition);
    const isPaused = events.nowUs < pausedUntilUs && (pausedOwner === 'all' || pausedOwner === owner);
    const instance = replicas.get(owner);
    if (isPaused || !instance) return void onBus.push(frame);
    frame.receivedAtUs = events.nowUs;
    ledger.delivered();
    ledger.received();
    instance.accept(frame);
  };
  const flush = (): void => {
    const waiting = onBus;
    onBus = [];
    waiting.forEach(deliver);
  };
  /** After a pause, the partitions are spread over who is there then. */
  const rebalance = (pause: { readonly seconds: number; readonly of: number | 'all' }): void => {
    pausedOwner = events.nowUs < pausedUntilUs ? 'all' : pause.of;
    pausedUntilUs = Math.max(pausedUntilUs, events.nowUs + pause.seconds * 1e6);
    const settledUs = pausedUntilUs;
    events.at(settledUs, () => {
      if (settledUs !== pausedUntilUs) return;
      members = [...replicas.keys()].toSorted((a, b) => a - b);
      flush();
    });
  };
  const add = (index: number): void => {
    const instance = open(index);
    replicas.set(index, instance);
    for (const apply of settings.values()) apply(instance);
  };
  const remove = (index: number, seconds: number): void => {
    const instance = replicas.get(index);
    if (!instance) return;
    replicas.delete(index);
    for (const frame of instance.crash()) {
      ledger.handedBack();
      onBus.push(frame);
    }
    rebalance({ seconds, of: index });
  };
  const join = (index: number): void => {
    if (replicas.has(index)) return;
    add(index);
    rebalance({ seconds: cloud.rebalanceSeconds.joined, of: 'all' });
  };
  const configure = (key: string, apply: (instance: InferenceInstance) => void): void => {
    settings.set(key, apply);
    for (const instance of replicas.values()) apply(instance);
  };

  for (wanted = 0; wanted < cloud.replicas; wanted++) add(wanted);
  members = [...replicas.keys()];

  return {
    deliver,
    setBatch: (model, batch) => configure(`batch ${model}`, (instance) => instance.setBatch(model, batch)),
    setWorkers: (model, workers) =>
      configure(`workers ${model}`, (instance) => instance.setWorkers(model, workers)),
    setReplicas(count) {
      const next = Math.min(cloud.maxReplicas, Math.max(1, Math.round(count)));
      for (let index = wanted; index < next; index++)
        events.at(events.nowUs + cloud.replicaStartSeconds * 1e6, () => {
          if (index < wanted) join(index);
        });
      for (let index = wanted - 1; index >= next; index--) remove(index, cloud.rebalanceSeconds.left);
      wanted = next;
    },
    lose: (index) => remove(index, cloud.rebalanceSeconds.lost),
    restore: (index) => {
      if (index < wanted) join(index);
    },
    running: () => [...replicas.values()],
  };
}
