import { clearLink } from '@framegate/fault-proxy';
import type { LinkConditions } from '@framegate/fault-proxy';
import { ConfigError } from '@framegate/service-kit';
import type { NetworkChaos, Resource, Selector } from '../resources/resource.ts';
import type { ProcessFaults } from './inside/process-faults.ts';
import { noProcessFaults } from './inside/process-faults.ts';
import { errorNames, signals } from './local-terms.ts';
import type { Plant } from './plant.ts';
import type { Pod } from './service-process.ts';
import { holdMemory, throttle } from './stress.ts';
import { whyNotLocal } from './why-not-local.ts';

/** A fault that was begun; `end` takes it back. */
export interface Injection {
  end(): Promise<void>;
}

type Of<Kind extends Resource['kind']> = Extract<Resource, { kind: Kind }>['spec'];

/** Begins a fault on the processes that its selector finds. */
export async function inject(resource: Resource, plant: Plant): Promise<Injection> {
  const reason = whyNotLocal(resource);
  if (reason !== undefined) throw new ConfigError([reason]);
  switch (resource.kind) {
    case 'NetworkChaos':
      return disturbUplink(resource, plant);
    case 'StressChaos':
      return stress(resource.spec, plant);
    case 'PhysicalMachineChaos':
      return signal(resource.spec, plant);
    case 'TimeChaos':
      return disturb(resource.spec, plant, () => ({ clockAheadMs: resource.spec.timeOffset }));
    case 'IOChaos':
      return disturbDisk(resource.spec, plant);
    case 'DNSChaos':
      return disturb(resource.spec, plant, () => ({ unresolved: resource.spec.patterns }));
    case 'PodChaos':
      return endPods(resource.spec, plant);
    default:
      throw new ConfigError([`${resource.kind}: not on this machine`]);
  }
}

/** How long a fault lasts; one without a duration is over at once. */
export function durationMs(resource: Resource): number {
  const { spec } = resource;
  return 'duration' in spec && typeof spec.duration === 'number' ? spec.duration : 0;
}

async function endPods(spec: Of<'PodChaos'>, plant: Plant): Promise<Injection> {
  const pods = chosen(spec, plant);
  await Promise.all(pods.map((pod) => pod.kill()));
  const startAll = async (): Promise<void> => void (await Promise.all(pods.map((pod) => pod.start())));
  if (spec.action === 'pod-failure') return { end: startAll };
  // Killed, a pod is started again at once, as its node does.
  await startAll();
  return { end: async () => {} };
}

function signal(spec: Of<'PhysicalMachineChaos'>, plant: Plant): Injection {
  const pods = chosen(spec, plant);
  const name = signals[spec.process.signal] ?? 'SIGTERM';
  pods.forEach((pod) => pod.signal(name));
  return {
    async end() {
      if (name === 'SIGSTOP') pods.forEach((pod) => pod.signal('SIGCONT'));
      else for (const pod of pods) await pod.start();
    },
  };
}

async function stress(spec: Of<'StressChaos'>, plant: Plant): Promise<Injection> {
  const { cpu, memory } = spec.stressors;
  const pods = chosen(spec, plant);
  const undo = cpu ? pods.map((pod) => throttle(pod, (cpu.workers * (cpu.load ?? 100)) / 100)) : [];
  const free = memory && (await holdMemory(memory.workers, memory.size));
  return {
    async end() {
      undo.forEach((end) => end());
      await free?.();
    },
  };
}

function disturbDisk(spec: Of<'IOChaos'>, plant: Plant): Injection {
  const code = spec.action === 'fault' ? errorNames[spec.errno ?? 0] : undefined;
  const delayMs = spec.delay ?? 0;
  return disturb(spec, plant, ({ stateFolder }) => ({
    disk:
      stateFolder === undefined
        ? null
        : { folder: stateFolder, delayMs, ...(code !== undefined && { code }) },
  }));
}

function disturb(
  selection: Selection,
  plant: Plant,
  change: (pod: Pod) => Partial<ProcessFaults>,
): Injection {
  const undo = chosen(selection, plant).map((pod) => {
    const changed = change(pod);
    pod.disturb?.(changed);
    const keys = new Set(Object.keys(changed));
    const before = Object.fromEntries(Object.entries(noProcessFaults).filter(([key]) => keys.has(key)));
    return () => pod.disturb?.(before);
  });
  return { end: async () => undo.forEach((end) => end()) };
}

interface Selection {
  readonly selector: Selector;
  readonly mode: string;
}

function chosen({ selector, mode }: Selection, { pods }: Plant): Pod[] {
  const component = selector.labelSelectors['app.kubernetes.io/component'];
  const found = pods.filter((pod) => pod.component === component);
  if (found.length === 0)
    throw new ConfigError([`the selector finds no process: there is no component "${component ?? ''}" here`]);
  return mode === 'one' ? found.slice(0, 1) : found;
}

function disturbUplink({ spec }: NetworkChaos, { uplink }: Plant): Injection {
  const conditions: Partial<LinkConditions> = {
    ...(spec.action === 'partition' && { open: false }),
    ...(spec.bandwidth && { bytesPerSecond: spec.bandwidth.rate }),
    ...(spec.delay && { delayMs: spec.delay.latency, jitterMs: spec.delay.jitter ?? 0 }),
    ...(spec.loss && { lossShare: spec.loss.loss }),
  };
  // `to` is what leaves the selected pods; the proxy's target is the broker.
  const isFromEdge = spec.selector.labelSelectors['app.kubernetes.io/component'] === 'edge';
  const [to, from] = isFromEdge ? (['toTarget', 'toClient'] as const) : (['toClient', 'toTarget'] as const);
  const directions = spec.direction === 'both' ? [to, from] : [spec.direction === 'to' ? to : from];
  for (const direction of directions) uplink.set({ [direction]: conditions });
  return { end: async () => uplink.set({ toTarget: clearLink, toClient: clearLink }) };
}
