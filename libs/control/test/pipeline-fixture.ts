import type { Action, Rung } from '../src/action.ts';
import type { Declaration } from '../src/declaration/declaration.ts';
import type { CameraObservation, Observation } from '../src/observation/observation.ts';
import type { Policy, PolicyStep } from '../src/policy.ts';

/** One site with one queue before its uplink, in whole seconds: just enough of a pipeline to steer. */
export interface Pipeline {
  readonly cameraIds: readonly string[];
  uplinkBytesPerSecond: number;
  serviceMs: number;
  workers: number;
  /** Cameras that take no new configuration. */
  readonly deaf: Set<string>;
  readonly silent: Set<string>;
  readonly rungs: Map<string, Rung>;
  observe(): Observation;
  apply(actions: readonly Action[]): void;
}

export const topRung: Rung = {
  framesPerSecond: 10,
  width: 1280,
  quality: 80,
  motionSensitivity: 50,
  model: 'street-nano',
};

export const declaration: Declaration = {
  slos: [
    {
      name: 'latency',
      sli: 'latency',
      objective: 500,
      target: 0.95,
      windowSeconds: 60,
      scope: {},
      priority: 1,
      weight: 1,
    },
  ],
  levers: [
    { lever: 'frame-rate', scope: 'camera', steps: [1, 2, 3, 5, 10], settleSeconds: 2, cost: 1 },
    { lever: 'resolution', scope: 'camera', steps: [320, 480, 640, 960, 1280], settleSeconds: 2, cost: 1 },
    { lever: 'jpeg-quality', scope: 'camera', steps: [50, 65, 80], settleSeconds: 2, cost: 1 },
    { lever: 'batch', scope: 'cloud', steps: [1, 2, 4], settleSeconds: 5, cost: 1 },
    { lever: 'replicas', scope: 'cloud', steps: [1, 2, 3, 4], settleSeconds: 10, cost: 10 },
  ],
  dependencies: [],
};

const baseMs = 60;
const roundTripMs = 30;

export function createPipeline(cameras: number, uplinkBytesPerSecond = 10e6): Pipeline {
  const cameraIds = Array.from({ length: cameras }, (_, index) => `north/camera-${index + 1}`);
  const rungs = new Map(cameraIds.map((cameraId) => [cameraId, topRung]));
  const versions = new Map(cameraIds.map((cameraId) => [cameraId, 1]));
  let queueBytes = 0;
  let second = 0;

  const observeCamera = (cameraId: string, wayMs: number, share: number): CameraObservation => {
    const rung = rungs.get(cameraId) ?? topRung;
    const results = Math.round(rung.framesPerSecond * share);
    const latencyMs = baseMs + wayMs;
    return {
      cameraId,
      site: 'north',
      configVersion: versions.get(cameraId) ?? 0,
      state: 'online',
      objectiveMs: 500,
      latenciesMs: Array.from({ length: results }, () => latencyMs),
      due: rung.framesPerSecond,
      onTime: latencyMs <= 500 ? results : 0,
      superseded: rung.framesPerSecond - results,
      expired: 0,
      failed: 0,
      captured: 10,
      published: rung.framesPerSecond,
      discarded: 0,
      publishedBytes: rung.framesPerSecond * bytesOf(rung),
      stageMs: {
        decode: 4,
        gate: 1,
        encode: 4,
        publish: wayMs + roundTripMs,
        transport: 1,
        wait: 5,
        inference: pipeline.serviceMs,
        emit: 1,
      },
      telemetryAgeMs: pipeline.silent.has(cameraId) ? 5000 : 100,
    };
  };

  const pipeline: Pipeline = {
    cameraIds,
    uplinkBytesPerSecond,
    serviceMs: 40,
    workers: 64,
    deaf: new Set(),
    silent: new Set(),
    rungs,
    observe() {
      second += 1;
      const all = [...rungs.values()];
      const offered = all.reduce((sum, rung) => sum + rung.framesPerSecond * bytesOf(rung), 0);
      const goodput = Math.min(queueBytes + offered, pipeline.uplinkBytesPerSecond);
      queueBytes = Math.min(20e6, queueBytes + offered - goodput);
      const wayMs =
        ((queueBytes + offered / all.length / 10) / Math.max(1, pipeline.uplinkBytesPerSecond)) * 1000;
      const frames = all.reduce((sum, { framesPerSecond }) => sum + framesPerSecond, 0);
      const possible = (pipeline.workers * 1000) / pipeline.serviceMs;
      const share = Math.min(1, goodput / offered, possible / frames);
      return {
        atUs: second * 1e6,
        cameras: cameraIds.map((cameraId) => observeCamera(cameraId, wayMs, share)),
        sites: [
          {
            site: 'north',
            cpuShare: 0.2,
            uplinkBytesPerSecond: goodput,
            uplinkQueueBytes: queueBytes,
            brokerRoundTripMs: roundTripMs,
            clockOffsetMs: 0,
            clockErrorMs: 1,
            telemetryAgeMs: 100,
          },
        ],
        inference: [
          {
            instance: 'inference-0',
            model: topRung.model,
            workers: pipeline.workers,
            batch: 1,
            serviceMs: pipeline.serviceMs,
            busyShare: Math.min(1, frames / possible),
            mailboxDepth: 0,
            headAgeMs: 0,
            received: frames,
            analysed: Math.round(frames * share),
            superseded: frames - Math.round(frames * share),
            expired: 0,
            telemetryAgeMs: 100,
          },
        ],
      };
    },
    apply(actions) {
      for (const action of actions) {
        if (action.kind !== 'configure-camera' || pipeline.deaf.has(action.cameraId)) continue;
        rungs.set(action.cameraId, action.rung);
        versions.set(action.cameraId, (versions.get(action.cameraId) ?? 0) + 1);
      }
    },
  };
  return pipeline;
}

/** Bytes of a frame, as the built-in profile has them. */
function bytesOf({ width, quality }: Rung): number {
  return Math.round(120_000 * (width / 1280) ** 1.5 * (quality / 80) ** 1.3);
}

/** Lets a policy steer for some seconds; gives its last state and all its steps. */
export function steer<State>(
  policy: Policy<State>,
  pipeline: Pipeline,
  seconds: number,
  from: State = policy.init(),
): {
  readonly state: State;
  readonly steps: readonly PolicyStep<State>[];
  readonly seen: readonly Observation[];
} {
  const steps: PolicyStep<State>[] = [];
  const seen: Observation[] = [];
  let state = from;
  for (let second = 0; second < seconds; second += 1) {
    const observation = pipeline.observe();
    const step = policy.step(state, observation);
    pipeline.apply(step.actions);
    state = step.state;
    steps.push(step);
    seen.push(observation);
  }
  return { state, steps, seen };
}
