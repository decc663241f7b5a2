import type { Fate, Mail } from './mail.ts';
import type { Mailbox } from './mailbox.ts';

/** What the simulation needs of a mailbox: other policies can stand in for ours. */
export type Scheduler = Pick<Mailbox<null>, 'offer' | 'take' | 'waitUntilUs' | 'size'>;

/** Cameras, one worker and a mailbox between them, in virtual time: what the scheduling is judged by. */
export interface OverloadOptions {
  /** Frame rate of each camera. */
  framesPerSecond: readonly number[];
  /** Where in its frame interval each camera begins. */
  phases: 'synchronous' | 'staggered' | 'random';
  serviceMs: number;
  /** Uniform, as a share of the service time. Default 0.05. */
  serviceJitter?: number;
  /** Uniform delay of each frame on its way. Default 2. */
  arrivalJitterMs?: number;
  seconds: number;
  seed: number;
  objectiveMs?: number;
  batch?: number;
  createScheduler(onFate: (mail: Mail<null>, fate: Fate) => void): Scheduler;
}

export interface OverloadResult {
  offered: number;
  served: number[];
  superseded: number;
  expired: number;
  held: number;
  /** Age of a result: from the frame's capture to the end of its service. */
  ageMs: { p50: number; p95: number; max: number };
  /** The 95th percentile of the camera that has the largest. */
  worstCameraAgeP95Ms: number;
  /** Jain's index of the frames served: 1 is equal, 1 / cameras is one camera alone. */
  jain: number;
}

interface Arrival {
  camera: number;
  capturedAtUs: number;
  atUs: number;
}

export function simulateOverload(options: OverloadOptions): OverloadResult {
  const random = createRandom(options.seed);
  const arrivals = planArrivals(options, random);
  const fates = { superseded: 0, expired: 0 };
  const scheduler = options.createScheduler((_, fate) => fates[fate]++);
  const agesMs = serve(options, random, arrivals, scheduler);
  const served = agesMs.map((ages) => ages.length);
  const all = agesMs.flat();
  return {
    offered: arrivals.length,
    served,
    ...fates,
    held: scheduler.size(),
    ageMs: { p50: quantile(all, 0.5), p95: quantile(all, 0.95), max: quantile(all, 1) },
    worstCameraAgeP95Ms: Math.max(...agesMs.map((ages) => quantile(ages, 0.95))),
    jain: jainIndex(served),
  };
}

/** Plays the arrivals against one worker; returns the ages of each camera's results. */
function serve(
  options: OverloadOptions,
  random: () => number,
  arrivals: readonly Arrival[],
  scheduler: Scheduler,
): number[][] {
  const { serviceMs, serviceJitter = 0.05, objectiveMs = 10_000, batch = 1 } = options;
  const agesMs: number[][] = options.framesPerSecond.map(() => []);
  let next = 0;
  let nowUs = 0;
  for (;;) {
    for (let due = arrivals[next]; due && due.atUs <= nowUs; due = arrivals[++next]) {
      const { camera, capturedAtUs, atUs } = due;
      scheduler.offer(
        {
          cameraId: `site/${camera}`,
          kind: 'live',
          capturedAtUs,
          objectiveUs: objectiveMs * 1e3,
          payload: null,
        },
        atUs,
      );
    }
    const taken = scheduler.take(batch, nowUs, serviceMs * 1e3);
    if (taken.length > 0) {
      nowUs += serviceMs * 1e3 * (1 + serviceJitter * (2 * random() - 1));
      for (const { cameraId, capturedAtUs } of taken)
        agesMs[Number(cameraId.slice('site/'.length))]?.push((nowUs - capturedAtUs) / 1e3);
      continue;
    }
    const arrival = arrivals[next];
    if (!arrival) return agesMs;
    nowUs = Math.min(arrival.atUs, scheduler.waitUntilUs() ?? Infinity);
  }
}

function planArrivals(options: OverloadOptions, random: () => number): Arrival[] {
  const { framesPerSecond, phases, seconds, arrivalJitterMs = 2 } = options;
  const phaseOf = { synchronous: () => 0, staggered: (share: number) => share, random }[phases];
  const arrivals = framesPerSecond.flatMap((rate, camera) => {
    const phase = phaseOf(camera / framesPerSecond.length);
    return Array.from({ length: Math.floor(seconds * rate) }, (_, frame) => {
      const capturedAtUs = ((frame + phase) * 1e6) / rate;
      return { camera, capturedAtUs, atUs: capturedAtUs + random() * arrivalJitterMs * 1e3 };
    });
  });
  return arrivals.toSorted((a, b) => a.atUs - b.atUs);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}

/** Mulberry32: small, seeded, the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
