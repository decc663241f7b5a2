import type { Scenario } from '@framegate/simulation';

type CameraModel = Scenario['cameras'][number];

/** One model that takes a given time, whatever it is shown. */
export const timedModel = { model: 'timed', inputWidth: 640, serviceMs: 20 };

const ladder = {
  framesPerSecond: [1, 2, 3, 5, 10],
  widths: [320, 640, 960, 1280],
  qualities: [60, 75],
  models: [timedModel.model],
};

/** Cameras that always see motion, so that both worlds are asked for the same frames. */
function camera(index: number): CameraModel {
  return {
    cameraId: `north/camera-${index + 1}`,
    sourceFramesPerSecond: 10,
    sourceWidth: 1280,
    objectiveMs: 500,
    weight: 1,
    priority: 1,
    motion: { meanOnSeconds: 1e6, meanOffSeconds: 1 },
    objects: { size: 0.1, speed: 0.3 },
    initial: {
      framesPerSecond: 10,
      width: 1280,
      quality: 75,
      motionSensitivity: 50,
      model: timedModel.model,
    },
  };
}

/**
 * What both are shown: four cameras behind an uplink of 50 Mbit/s that falls to 30 % for the middle third.
 * @param seconds of the run
 */
export function validityScenario(seconds: number): Scenario {
  return {
    name: 'validity',
    title: 'an uplink that narrows for a third of the time',
    durationSeconds: seconds,
    cameras: [0, 1, 2, 3].map(camera),
    sites: [
      {
        site: 'north',
        cores: 4,
        uplink: { bitsPerSecond: 50e6, delayMs: 15 },
        partitions: 4,
        queue: { maxMessages: 64, maxBytes: 16 * 1024 * 1024, freshShare: 0.25, maxWaitMs: 1000 },
        clock: { offsetMs: 0, driftPpm: 0 },
      },
    ],
    cloud: {
      replicas: 1,
      maxReplicas: 1,
      workers: 1,
      batch: 1,
      models: [timedModel],
      brokerMs: 2,
      replicaStartSeconds: 20,
      rebalanceSeconds: { lost: 6, joined: 0.25, left: 1 },
      configDelayMs: 50,
      telemetry: { delayMs: 20, lossShare: 0 },
    },
    ladder,
    disturbances: [
      {
        kind: 'uplink-narrow',
        factor: 0.3,
        atSeconds: Math.round(seconds / 3),
        untilSeconds: Math.round((2 * seconds) / 3),
      },
    ],
  };
}
