import type { Cause } from '@framegate/control';
import type { Disturbance } from '@framegate/simulation';
import { injectedAtSeconds, replicas, sites } from './ground.ts';

export interface DrawnFault {
  readonly cause: Cause;
  /** As a blame has it; empty where all of the cloud is meant. */
  readonly at: string;
  readonly what: string;
  readonly disturbances: readonly Disturbance[];
  /** Nothing else can be seen through it. */
  readonly hidesAll?: boolean;
}

type Draw = (random: () => number) => Omit<DrawnFault, 'cause'>;

/** An outage ends, though after the run: what waits for it must have a time to wait for. */
const from = { atSeconds: injectedAtSeconds, untilSeconds: injectedAtSeconds + 40 };
const pick = <T>(random: () => number, list: readonly T[]): T => {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new RangeError('nothing to pick from');
  return one;
};
const between = (random: () => number, low: number, high: number): number => low + (high - low) * random();

const draws: Readonly<Record<Cause, Draw>> = {
  camera: (random) => {
    const cameraId = `${pick(random, sites)}/camera-${1 + Math.floor(random() * 8)}`;
    return { at: cameraId, what: 'stall', disturbances: [{ kind: 'camera-stall', ...from, cameraId }] };
  },
  'edge-cpu': (random) => {
    const site = pick(random, sites);
    const share = between(random, 0.88, 0.98);
    return { at: site, what: 'loss', disturbances: [{ kind: 'edge-cpu-loss', ...from, site, share }] };
  },
  encode: (random) => {
    const site = pick(random, sites);
    const factor = between(random, 50, 250);
    return { at: site, what: 'slow', disturbances: [{ kind: 'encode-slow', ...from, site, factor }] };
  },
  uplink: (random) => {
    const site = pick(random, sites);
    const what = pick(random, ['narrow', 'delay', 'outage'] as const);
    const disturbance: Disturbance =
      what === 'delay'
        ? { kind: 'uplink-delay', ...from, site, addedMs: between(random, 200, 1200) }
        : {
            kind: 'uplink-narrow',
            ...from,
            site,
            factor: what === 'outage' ? 0 : between(random, 0.003, 0.02),
          };
    return { at: site, what, disturbances: [disturbance] };
  },
  broker: (random) => {
    const what = pick(random, ['slow', 'slow', 'outage'] as const);
    const disturbance: Disturbance =
      what === 'outage'
        ? { kind: 'broker-outage', ...from }
        : { kind: 'broker-slow', ...from, addedMs: between(random, 250, 800) };
    return { at: '', what, disturbances: [disturbance], hidesAll: what === 'outage' };
  },
  mailbox: (random) => ({
    at: '',
    what: 'burst',
    disturbances: [{ kind: 'motion-burst', ...from, share: between(random, 0.85, 1) }],
  }),
  'inference-compute': (random) => {
    const what = pick(random, ['slow', 'one slow', 'workers lost', 'replica lost'] as const);
    const instance = Math.floor(random() * replicas);
    const disturbance: Disturbance =
      what === 'slow'
        ? { kind: 'inference-slow', ...from, factor: between(random, 2.5, 8) }
        : what === 'one slow'
          ? { kind: 'inference-slow', ...from, instance, factor: between(random, 3, 8) }
          : what === 'workers lost'
            ? { kind: 'workers-lost', ...from, instance, workers: 1 + Math.floor(random() * 2) }
            : { kind: 'replica-lost', ...from, instance };
    return { at: what === 'slow' ? '' : `inference-${instance}`, what, disturbances: [disturbance] };
  },
  clock: (random) => {
    const site = pick(random, sites);
    const stepMs = between(random, 400, 5000) * pick(random, [-1, 1]);
    const what = pick(random, ['step', 'unstable'] as const);
    const step = (atSeconds: number): Disturbance => ({
      kind: 'clock-step',
      site,
      stepMs,
      atSeconds,
      ...(what === 'step' ? {} : { untilSeconds: atSeconds + 1.5 }),
    });
    const times = what === 'step' ? [0] : [0, 3, 6, 9];
    return { at: site, what, disturbances: times.map((after) => step(injectedAtSeconds + after)) };
  },
};

export function drawFault(cause: Cause, random: () => number): DrawnFault {
  return { cause, ...draws[cause](random) };
}
