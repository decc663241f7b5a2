import { Worker } from 'node:worker_threads';
import { clearLink } from '@framegate/fault-proxy';
import type { LinkConditions } from '@framegate/fault-proxy';
import { ConfigError } from '@framegate/service-kit';
import type { NetworkChaos, Resource, Selector } from '../resources/resource.ts';
import type { Plant } from './plant.ts';
import type { Pod } from './service-process.ts';

/** Signals by their number on Linux; one that stops is taken back by SIGCONT at the end. */
const signals: Readonly<Record<number, NodeJS.Signals>> = { 9: 'SIGKILL', 15: 'SIGTERM', 19: 'SIGSTOP' };

/** A fault that was begun; `end` takes it back. */
export interface Injection {
  end(): Promise<void>;
}

/** @returns why this machine can't do it, in words; undefined where it can */
export function whyNotLocal(resource: Resource): string | undefined {
  const { kind, metadata } = resource;
  const name = `${kind} ${metadata.name}`;
  if (kind === 'NetworkChaos') {
    const { action } = resource.spec;
    if (action === 'duplicate' || action === 'corrupt' || action === 'netem')
      return `${name}: a proxy of TCP connections can't ${action} packets; run it on a cluster`;
    return isUplink(resource)
      ? undefined
      : `${name}: only the way between motion-detection and kafka has a proxy`;
  }
  if (kind === 'PhysicalMachineChaos') {
    const { signal } = resource.spec.process;
    return signals[signal] ? undefined : `${name}: signal ${signal} is none of 9, 15 and 19`;
  }
  if (kind === 'StressChaos')
    return (
      resource.spec.stressors.memory && `${name}: memory is not taken from this machine; run it on a cluster`
    );
  if (kind === 'PodChaos') return undefined;
  return `${name}: a ${kind} can't be reproduced on this machine; run it on a cluster`;
}

/** Begins a fault on the processes that its selector finds. */
export async function inject(resource: Resource, plant: Plant): Promise<Injection> {
  const reason = whyNotLocal(resource);
  if (reason !== undefined) throw new ConfigError([reason]);
  if (resource.kind === 'NetworkChaos') return disturbUplink(resource, plant);
  if (resource.kind === 'StressChaos') return stress(resource.spec.stressors.cpu?.workers ?? 0);
  if (resource.kind === 'PhysicalMachineChaos') {
    const { spec } = resource;
    const pods = chosen(spec.selector, spec.mode, plant);
    const signal = signals[spec.process.signal] ?? 'SIGTERM';
    pods.forEach((pod) => pod.signal(signal));
    return {
      end: async () => {
        if (signal === 'SIGSTOP') pods.forEach((pod) => pod.signal('SIGCONT'));
        else for (const pod of pods) await pod.start();
      },
    };
  }
  if (resource.kind !== 'PodChaos') throw new ConfigError([`${resource.kind}: not on this machine`]);
  const { spec } = resource;
  const pods = chosen(spec.selector, spec.mode, plant);
  await Promise.all(pods.map((pod) => pod.kill()));
  const startAll = async (): Promise<void> => void (await Promise.all(pods.map((pod) => pod.start())));
  if (spec.action === 'pod-failure') return { end: startAll };
  // Killed, a pod is started again at once, as its node does.
  await startAll();
  return { end: async () => {} };
}

/** How long a fault lasts; one without a duration is over at once. */
export function durationMs(resource: Resource): number {
  const { spec } = resource;
  return 'duration' in spec && typeof spec.duration === 'number' ? spec.duration : 0;
}

function chosen(selector: Selector, mode: string, { pods }: Plant): Pod[] {
  const component = selector.labelSelectors['app.kubernetes.io/component'];
  const found = pods.filter((pod) => pod.component === component);
  if (found.length === 0)
    throw new ConfigError([`the selector finds no process: there is no component "${component ?? ''}" here`]);
  return mode === 'one' ? found.slice(0, 1) : found;
}

function isUplink({ spec }: NetworkChaos): boolean {
  const componentOf = (selector?: Selector): string | undefined =>
    selector?.labelSelectors['app.kubernetes.io/component'];
  const ends = new Set([componentOf(spec.selector), componentOf(spec.target?.selector) ?? 'kafka']);
  return ends.has('motion-detection') && ends.has('kafka');
}

function disturbUplink({ spec }: NetworkChaos, { uplink }: Plant): Injection {
  const conditions: Partial<LinkConditions> = {
    ...(spec.action === 'partition' && { open: false }),
    ...(spec.bandwidth && { bytesPerSecond: spec.bandwidth.rate }),
    ...(spec.delay && { delayMs: spec.delay.latency, jitterMs: spec.delay.jitter ?? 0 }),
    ...(spec.loss && { lossShare: spec.loss.loss }),
  };
  // `to` is what leaves the selected pods; the proxy's target is the broker.
  const isFromEdge = spec.selector.labelSelectors['app.kubernetes.io/component'] === 'motion-detection';
  const [to, from] = isFromEdge ? (['toTarget', 'toClient'] as const) : (['toClient', 'toTarget'] as const);
  const directions = spec.direction === 'both' ? [to, from] : [spec.direction === 'to' ? to : from];
  for (const direction of directions) uplink.set({ [direction]: conditions });
  return { end: async () => uplink.set({ toTarget: clearLink, toClient: clearLink }) };
}

function stress(workers: number): Injection {
  const busy = Array.from({ length: workers }, () => new Worker('for (;;);', { eval: true }));
  return { end: async () => void (await Promise.all(busy.map((worker) => worker.terminate()))) };
}
