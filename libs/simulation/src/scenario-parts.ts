import type { Rung } from '@framegate/control';
import type { CameraModel, CloudModel, Ladder, ModelFigures, Scenario, SiteModel } from './scenario.ts';

/** What the scenarios are put together from; each names only what is special about it. */

/** One frame on one worker, JPEG decode included. The largest is the 50 ms worker of the overload bench. */
export const models: readonly ModelFigures[] = [
  { model: 'small', inputWidth: 320, serviceMs: 14 },
  { model: 'medium', inputWidth: 416, serviceMs: 25 },
  { model: 'large', inputWidth: 640, serviceMs: 50 },
];

const ladder: Ladder = {
  framesPerSecond: [1, 2, 3, 5, 10],
  widths: [320, 480, 640, 960, 1280],
  qualities: [30, 45, 60, 75],
  models: ['small', 'medium', 'large'],
};

const topRung: Rung = {
  framesPerSecond: 10,
  width: 1280,
  quality: 75,
  motionSensitivity: 50,
  model: 'large',
};

/** Kinds of scenes: what their cameras look at decides what pixels and frames are worth. */
const objectsByScene = [
  { size: 0.06, speed: 0.1 },
  { size: 0.12, speed: 0.35 },
  { size: 0.04, speed: 0.06 },
  { size: 0.2, speed: 0.6 },
] as const;

/** `count` cameras spread over `sites`, of four kinds of scenes, in motion for `motionShare` of the time. */
export function camerasOf(
  count: number,
  options: {
    readonly sites?: readonly string[];
    readonly motionShare?: number;
    readonly meanOnSeconds?: number;
    readonly first?: number;
  } & Partial<CameraModel> = {},
): CameraModel[] {
  const { sites = ['north'], motionShare = 0.6, meanOnSeconds = 20, first = 0, ...more } = options;
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return {
      cameraId: `${sites[number % sites.length] ?? 'north'}/camera-${number + 1}`,
      sourceFramesPerSecond: 10,
      sourceWidth: 1280,
      objectiveMs: 500,
      weight: 1,
      priority: 1,
      motion: { meanOnSeconds, meanOffSeconds: (meanOnSeconds * (1 - motionShare)) / motionShare },
      objects: objectsByScene[number % objectsByScene.length] ?? objectsByScene[0],
      initial: topRung,
      ...more,
    };
  });
}

export function siteOf(site: string, megabitsPerSecond: number, more: Partial<SiteModel> = {}): SiteModel {
  return {
    site,
    cores: 4,
    uplink: { bitsPerSecond: megabitsPerSecond * 1e6, delayMs: 15 },
    partitions: 4,
    queue: { maxMessages: 64, maxBytes: 16 * 1024 * 1024, freshShare: 0.25, maxWaitMs: 1000 },
    clock: { offsetMs: 20, driftPpm: 20 },
    ...more,
  };
}

export function cloudOf(more: Partial<CloudModel> = {}): CloudModel {
  return {
    replicas: 1,
    maxReplicas: 1,
    workers: 3,
    batch: 1,
    models,
    brokerMs: 2,
    replicaStartSeconds: 20,
    // A crashed member is missed for the session's time-out; the others as `pnpm bench rebalance` measures them.
    rebalanceSeconds: { lost: 6, joined: 0.25, left: 1 },
    configDelayMs: 50,
    telemetry: { delayMs: 20, lossShare: 0 },
    ...more,
  };
}

/** Four cameras at one site whose uplink carries all that they want: 25 Mbit/s, as AWStream begins. */
export function scenarioOf(more: Partial<Scenario> & Pick<Scenario, 'name' | 'title'>): Scenario {
  return {
    durationSeconds: 600,
    cameras: camerasOf(4),
    sites: [siteOf('north', 25)],
    cloud: cloudOf(),
    ladder,
    disturbances: [],
    ...more,
  };
}
