import type { Ladder, Scenario } from './scenario.ts';
import { camerasOf, cloudOf, scenarioOf, siteOf } from './scenario-parts.ts';

/** Eight settings: few enough to look for the best sequence of them. */
const smallLadder: Ladder = {
  framesPerSecond: [2, 10],
  widths: [480, 1280],
  qualities: [75],
  models: ['small', 'large'],
};

const small = {
  durationSeconds: 30,
  ladder: smallLadder,
  cameras: camerasOf(2, { motionShare: 0.8 }),
  sites: [siteOf('north', 16, { partitions: 2 })],
  cloud: cloudOf({ workers: 2 }),
};

/** Thirty seconds, two or three cameras: the cases that the clairvoyant optimum is known for. */
export const smallScenarios: readonly Scenario[] = [
  scenarioOf({
    ...small,
    name: 'small-uplink',
    title: 'two cameras, the uplink falls from 16 to 4 Mbit/s from 8 to 20 s',
    disturbances: [{ kind: 'uplink-narrow', factor: 0.25, atSeconds: 8, untilSeconds: 20 }],
  }),
  scenarioOf({
    ...small,
    name: 'small-inference',
    title: 'two cameras, inference three times slower from 8 to 20 s; results are wanted within 250 ms',
    cameras: camerasOf(2, { motionShare: 0.8, objectiveMs: 250 }),
    disturbances: [{ kind: 'inference-slow', factor: 3, atSeconds: 8, untilSeconds: 20 }],
  }),
  scenarioOf({
    ...small,
    name: 'small-cameras',
    title: 'one camera becomes three at 8 s',
    cameras: [
      ...camerasOf(1, { motionShare: 0.8 }),
      ...camerasOf(2, { motionShare: 0.8, first: 1, fromSeconds: 8 }),
    ],
    sites: [siteOf('north', 12, { partitions: 2 })],
  }),
];
