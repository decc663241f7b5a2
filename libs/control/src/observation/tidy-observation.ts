import type { CameraObservation, Observation, StageTimes } from './observation.ts';

const unknown = Number.NaN;
const noStages: StageTimes = {
  decode: unknown,
  gate: unknown,
  encode: unknown,
  publish: unknown,
  transport: unknown,
  wait: unknown,
  inference: unknown,
  emit: unknown,
};

/** A camera that vanished is mourned for so long. */
const mournedMs = 300_000;

/**
 * An observation that can be counted on: each camera and site once, the freshest telling of it, and cameras of the
 * second before that are not told of any more as silent ones.
 */
export function tidy(observation: Observation, before: readonly CameraObservation[]): Observation {
  const cameras = freshest(observation.cameras, ({ cameraId }) => cameraId);
  for (const camera of before) {
    if (cameras.has(camera.cameraId) || camera.state === 'ended') continue;
    const silent = silence(camera);
    if (silent.telemetryAgeMs < mournedMs) cameras.set(camera.cameraId, silent);
  }
  return {
    atUs: observation.atUs,
    cameras: [...cameras.values()],
    sites: [...freshest(observation.sites, ({ site }) => site).values()],
    inference: [...freshest(observation.inference, ({ instance, model }) => `${instance} ${model}`).values()],
  };
}

function freshest<T extends { readonly telemetryAgeMs: number }>(
  list: readonly T[],
  nameOf: (one: T) => string,
): Map<string, T> {
  const known = new Map<string, T>();
  for (const one of list) {
    const name = nameOf(one);
    const other = known.get(name);
    if (!other || one.telemetryAgeMs < other.telemetryAgeMs) known.set(name, one);
  }
  return known;
}

function silence(camera: CameraObservation): CameraObservation {
  const age = camera.telemetryAgeMs >= 0 ? camera.telemetryAgeMs : 0;
  return {
    ...camera,
    latenciesMs: [],
    due: unknown,
    onTime: unknown,
    superseded: unknown,
    expired: unknown,
    failed: unknown,
    captured: unknown,
    published: unknown,
    discarded: unknown,
    madeWay: unknown,
    publishedBytes: unknown,
    stageMs: noStages,
    telemetryAgeMs: age + 1000,
  };
}
