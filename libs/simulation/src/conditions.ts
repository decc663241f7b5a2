import type { Disturbance, EffectOf } from './disturbance.ts';
import { ofKind } from './disturbance.ts';
import { createRandom } from './random.ts';
import type { StepFunction } from './step-function.ts';
import { createStepFunction } from './step-function.ts';

/** What holds at each moment of a run: its disturbances as functions of time. */
export interface Conditions {
  /** 1 while the camera delivers nothing. */
  stalled(cameraId: string): StepFunction;
  /** Factor on all work of the edge. */
  edgeSlowness(site: string): StepFunction;
  encodeSlowness(site: string): StepFunction;
  uplinkFactor(site: string): StepFunction;
  uplinkAddedMs(site: string): StepFunction;
  readonly brokerAddedMs: StepFunction;
  readonly brokerAway: StepFunction;
  readonly burstShare: StepFunction;
  inferenceSlowness(instance: number): StepFunction;
  workersLost(instance: number): StepFunction;
  clockStepMs(site: string): StepFunction;
  telemetryLoss(of: 'edge' | 'cloud'): StepFunction;
}

type Piece = readonly [fromUs: number, untilUs: number, value: number];

const sum = (a: number, b: number): number => a + b;
const product = (a: number, b: number): number => a * b;

export function conditionsOf(
  disturbances: readonly Disturbance[],
  runSeconds: number,
  seed: number,
): Conditions {
  const uplinkFactor = (site: string): StepFunction => {
    const narrow = ofKind(disturbances, 'uplink-narrow').filter(concerns('site', site));
    const walks = ofKind(disturbances, 'uplink-walk').filter(concerns('site', site));
    const walked = walks.flatMap((walk) => walkPieces(walk, runSeconds, seed, site));
    return combine([...narrow.map((one) => piece(one, one.factor)), ...walked], product, 1);
  };
  return {
    stalled: (cameraId) =>
      combine(
        ofKind(disturbances, 'camera-stall')
          .filter(concerns('cameraId', cameraId))
          .map((one) => piece(one, 1)),
        Math.max,
        0,
      ),
    edgeSlowness: (site) =>
      combine(
        ofKind(disturbances, 'edge-cpu-loss')
          .filter(concerns('site', site))
          .map((one) => piece(one, 1 / (1 - Math.min(0.99, one.share)))),
        product,
        1,
      ),
    encodeSlowness: (site) =>
      combine(
        ofKind(disturbances, 'encode-slow')
          .filter(concerns('site', site))
          .map((one) => piece(one, one.factor)),
        product,
        1,
      ),
    uplinkFactor,
    uplinkAddedMs: (site) =>
      combine(
        ofKind(disturbances, 'uplink-delay')
          .filter(concerns('site', site))
          .map((one) => piece(one, one.addedMs)),
        sum,
        0,
      ),
    brokerAddedMs: combine(
      ofKind(disturbances, 'broker-slow').map((one) => piece(one, one.addedMs)),
      sum,
      0,
    ),
    brokerAway: combine(
      ofKind(disturbances, 'broker-outage').map((one) => piece(one, 1)),
      Math.max,
      0,
    ),
    burstShare: combine(
      ofKind(disturbances, 'motion-burst').map((one) => piece(one, one.share)),
      Math.max,
      0,
    ),
    inferenceSlowness: (instance) =>
      combine(
        ofKind(disturbances, 'inference-slow')
          .filter(concerns('instance', instance))
          .map((one) => piece(one, one.factor)),
        product,
        1,
      ),
    workersLost: (instance) =>
      combine(
        ofKind(disturbances, 'workers-lost')
          .filter(concerns('instance', instance))
          .map((one) => piece(one, one.workers)),
        sum,
        0,
      ),
    clockStepMs: (site) =>
      combine(
        ofKind(disturbances, 'clock-step')
          .filter(concerns('site', site))
          .map((one) => piece(one, one.stepMs)),
        sum,
        0,
      ),
    telemetryLoss: (of) =>
      combine(
        ofKind(disturbances, 'telemetry-loss')
          .filter((one) => one.of === of || one.of === 'all')
          .map((one) => piece(one, one.share)),
        Math.max,
        0,
      ),
  };
}

function concerns<Key extends string, Target>(key: Key, target: Target) {
  return (one: { readonly [key in Key]?: Target }): boolean => one[key] === undefined || one[key] === target;
}

function piece(one: Disturbance, value: number): Piece {
  return [one.atSeconds * 1e6, (one.untilSeconds ?? Infinity) * 1e6, value];
}

/** All pieces that hold at a moment, combined; `neutral` where none does. */
function combine(
  pieces: readonly Piece[],
  by: (a: number, b: number) => number,
  neutral: number,
): StepFunction {
  const changes = [...new Set([0, ...pieces.flatMap(([from, until]) => [from, until])])]
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b);
  const ordered = pieces.toSorted((a, b) => a[0] - b[0]);
  let first = 0;
  const steps = changes.map((at): readonly [number, number] => {
    let value = neutral;
    while ((ordered[first]?.[1] ?? Infinity) <= at) first += 1;
    for (let i = first; i < ordered.length; i++) {
      const [from, until, own] = ordered[i] ?? [Infinity, Infinity, neutral];
      if (from > at) break;
      if (until > at) value = by(value, own);
    }
    return [at, value];
  });
  return createStepFunction(steps);
}

/**
 * Cellular capacity: its logarithm is a first-order autoregressive walk of one-second steps, with seconds of
 * nothing in between. Shaped after public LTE traces (van der Hooft et al., IEEE Communications Letters 2016).
 */
function walkPieces(walk: EffectOf<'uplink-walk'>, runSeconds: number, seed: number, site: string): Piece[] {
  const random = createRandom(seed, 'uplink-walk', site);
  const until = Math.min(walk.untilSeconds ?? runSeconds, runSeconds);
  const pieces: Piece[] = [];
  let level = 0;
  for (let second = walk.atSeconds; second < until; second++) {
    level = 0.9 * level + 0.3 * random.normal();
    const factor = Math.min(1.5, Math.max(0.04, 0.6 * Math.exp(level)));
    const none = random.uniform() < walk.zeroShare;
    pieces.push([second * 1e6, (second + 1) * 1e6, none ? 0 : factor]);
  }
  return pieces;
}
