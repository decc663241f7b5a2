import type { Observation } from '@framegate/control';
import { createController, defaultDeclaration } from '@framegate/control';

/** What a step of the controller costs with so many cameras. */
export interface StepCost {
  cameras: number;
  load: 'peace' | 'overload';
  /** Milliseconds of CPU for one step: median, and mean. */
  p50Ms: number;
  meanMs: number;
  perThousandMs: number;
}

const camerasAtSite = 4;

function observation(cameras: number, second: number, isOverloaded: boolean): Observation {
  const wayMs = isOverloaded ? 200 + 40 * (second % 7) : 30;
  const site = (index: number): string => `site-${Math.floor(index / camerasAtSite)}`;
  return {
    atUs: second * 1e6,
    cameras: Array.from({ length: cameras }, (_, index) => ({
      cameraId: `${site(index)}/camera-${index}`,
      site: site(index),
      configVersion: second,
      state: 'online',
      objectiveMs: 500,
      latenciesMs: Array.from({ length: 10 }, (_unused, frame) => 60 + wayMs + frame),
      due: 10,
      onTime: 10,
      superseded: 0,
      expired: 0,
      failed: 0,
      captured: 10,
      published: 10,
      discarded: 0,
      publishedBytes: 600_000 + 1000 * ((index * 7 + second) % 50),
      stageMs: {
        decode: 4,
        gate: 1,
        encode: 4,
        publish: wayMs,
        transport: 2,
        wait: 5,
        inference: 40,
        emit: 1,
      },
      telemetryAgeMs: 100,
    })),
    sites: Array.from({ length: Math.ceil(cameras / camerasAtSite) }, (_, index) => ({
      site: `site-${index}`,
      cpuShare: 0.3,
      uplinkBytesPerSecond: isOverloaded ? 800_000 + 100_000 * (second % 5) : 2_400_000,
      uplinkQueueBytes: isOverloaded ? 400_000 : 0,
      brokerRoundTripMs: 20,
      clockOffsetMs: 0,
      clockErrorMs: 1,
      telemetryAgeMs: 100,
    })),
    inference: [
      {
        instance: 'inference-0',
        model: 'street-nano',
        workers: cameras,
        batch: 1,
        serviceMs: 40,
        busyShare: 0.4,
        mailboxDepth: 0,
        headAgeMs: 0,
        received: cameras * 10,
        analysed: cameras * 10,
        superseded: 0,
        expired: 0,
        telemetryAgeMs: 100,
      },
    ],
  };
}

/** CPU time of one step, measured over so many. */
export function measureStep(cameras: number, load: StepCost['load'], steps: number): StepCost {
  // As in a controller, which knows what is wanted of each camera.
  const wanted = {
    framesPerSecond: 10,
    width: 1280,
    quality: 80,
    motionSensitivity: 50,
    model: 'street-nano',
  };
  const policy = createController(defaultDeclaration(4), new Map(), { wanted: () => wanted });
  let state = policy.init();
  const timesMs: number[] = [];
  const warmUp = 5;
  for (let second = 1; second <= steps + warmUp; second += 1) {
    const seen = observation(cameras, second, load === 'overload');
    const before = process.cpuUsage();
    state = policy.step(state, seen).state;
    const { user, system } = process.cpuUsage(before);
    if (second > warmUp) timesMs.push((user + system) / 1000);
  }
  const meanMs = timesMs.reduce((sum, ms) => sum + ms, 0) / timesMs.length;
  const p50Ms = timesMs.toSorted((a, b) => a - b)[Math.floor(timesMs.length / 2)] ?? Number.NaN;
  return { cameras, load, p50Ms, meanMs, perThousandMs: (p50Ms * 1000) / cameras };
}
