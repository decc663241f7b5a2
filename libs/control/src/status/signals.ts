import type { CameraObservation, InferenceObservation, Observation } from '../observation/observation.ts';
import { emptyRecord } from '../record.ts';

/** What was measured of a site in one second; NaN where nothing was. */
export type SiteSignals = Readonly<Record<SiteSignal, number>>;

export const siteSignals = [
  'decode',
  'gate',
  'encode',
  'publish',
  'transport',
  'wait',
  'inference',
  'emit',
  /** Of the frames that were due, 0..1. */
  'lateShare',
  'cpuShare',
  'queueBytes',
  'bytesPerSecond',
  'roundTrip',
  'clockOffset',
  'clockError',
  'captured',
  'madeWay',
  'silence',
] as const;
export type SiteSignal = (typeof siteSignals)[number];

/** What was measured of an inference instance, its models together. */
export type InstanceSignals = Readonly<Record<InstanceSignal, number>>;

const instanceSignals = [
  'service',
  'workers',
  'busyShare',
  'headAge',
  'received',
  'analysed',
  'superseded',
  'expired',
] as const;
export type InstanceSignal = (typeof instanceSignals)[number];

/** One second, boiled down. */
export interface Signals {
  readonly atUs: number;
  readonly sites: Readonly<Record<string, SiteSignals>>;
  readonly instances: Readonly<Record<string, InstanceSignals>>;
}

export function signalsOf(observation: Observation): Signals {
  const bySite = Map.groupBy(observation.cameras, ({ site }) => site);
  const told = new Map(observation.sites.map((site) => [site.site, site]));
  const sites = emptyRecord<SiteSignals>();
  for (const name of new Set([...bySite.keys(), ...told.keys()])) {
    const cameras = bySite.get(name) ?? [];
    const site = told.get(name);
    sites[name] = {
      ...meanStages(cameras),
      lateShare: 1 - sumOf(cameras, ({ onTime }) => onTime) / sumOf(cameras, ({ due }) => due),
      cpuShare: positive(site?.cpuShare),
      queueBytes: positive(site?.uplinkQueueBytes),
      bytesPerSecond: positive(site?.uplinkBytesPerSecond),
      roundTrip: positive(site?.brokerRoundTripMs),
      clockOffset: finite(site?.clockOffsetMs),
      clockError: positive(site?.clockErrorMs),
      captured: sumOf(cameras, ({ captured }) => captured),
      madeWay: sumOf(cameras, ({ madeWay }) => madeWay ?? Number.NaN),
      silence: silenceOf(cameras, site?.telemetryAgeMs),
    };
  }
  const instances = emptyRecord<InstanceSignals>();
  for (const [name, models] of Map.groupBy(observation.inference, ({ instance }) => instance))
    instances[name] = instanceOf(models);
  return { atUs: observation.atUs, sites, instances };
}

const arrivalStages = ['decode', 'gate', 'encode', 'publish', 'transport'] as const;
const cloudStages = ['wait', 'inference', 'emit'] as const;
type Means = Record<(typeof arrivalStages)[number] | (typeof cloudStages)[number], number>;

/** Each camera counts by its frames: those that arrived for the stages up to there, those with a result behind. */
function meanStages(cameras: readonly CameraObservation[]): Means {
  const means: Partial<Means> = {};
  for (const stage of arrivalStages)
    means[stage] = meanOf(cameras, (camera) => (camera.arrivalStageMs ?? camera.stageMs)[stage], arrivalsOf);
  for (const stage of cloudStages)
    means[stage] = meanOf(
      cameras,
      ({ stageMs }) => stageMs[stage],
      ({ latenciesMs }) => latenciesMs.length,
    );
  const unknown = Number.NaN;
  const none = { decode: unknown, gate: unknown, encode: unknown, publish: unknown, transport: unknown };
  return { ...none, wait: unknown, inference: unknown, emit: unknown, ...means };
}

function arrivalsOf({ latenciesMs, superseded, expired, arrivalStageMs }: CameraObservation): number {
  const others = arrivalStageMs ? (superseded > 0 ? superseded : 0) + (expired > 0 ? expired : 0) : 0;
  return latenciesMs.length + others;
}

function meanOf(
  cameras: readonly CameraObservation[],
  of: (camera: CameraObservation) => number,
  weightOf: (camera: CameraObservation) => number,
): number {
  let sum = 0;
  let weights = 0;
  for (const camera of cameras) {
    const value = of(camera);
    const weight = weightOf(camera);
    if (!Number.isFinite(value) || !(weight > 0)) continue;
    sum += value * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : Number.NaN;
}

/** Of a site: of what it told of itself, or of what its cameras told; nothing counts as forever. */
function silenceOf(cameras: readonly CameraObservation[], ofSite: number | undefined): number {
  const ages = [...(ofSite === undefined ? [] : [ofSite]), ...cameras.map((camera) => camera.telemetryAgeMs)];
  const known = ages.filter((age) => age >= 0);
  return known.length > 0 ? Math.min(...known, 1e6) : 1e6;
}

function instanceOf(models: readonly InferenceObservation[]): InstanceSignals {
  const busiest = models.reduce((a, b) => (b.received > a.received || !(a.received >= 0) ? b : a));
  return {
    service: positive(busiest.serviceMs),
    workers: positive(busiest.workers),
    busyShare: Math.min(
      1,
      sumOf(models, ({ busyShare }) => busyShare),
    ),
    headAge: Math.max(...models.map(({ headAgeMs }) => (headAgeMs > 0 ? headAgeMs : 0))),
    received: sumOf(models, ({ received }) => received),
    analysed: sumOf(models, ({ analysed }) => analysed),
    superseded: sumOf(models, ({ superseded }) => superseded),
    expired: sumOf(models, ({ expired }) => expired),
  };
}

/** Of what is a number and not negative; NaN when nothing is. */
function sumOf<T>(list: readonly T[], of: (one: T) => number): number {
  let sum = Number.NaN;
  for (const one of list) {
    const value = of(one);
    if (value >= 0 && value < Infinity) sum = Number.isNaN(sum) ? value : sum + value;
  }
  return sum;
}

function positive(value: number | undefined): number {
  return value !== undefined && value >= 0 && value < Infinity ? value : Number.NaN;
}

function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : Number.NaN;
}
