import type { Scenario } from './scenario.ts';
import { camerasOf, cloudOf, scenarioOf, siteOf } from './scenario-parts.ts';
import { smallScenarios } from './small-scenarios.ts';

const twoSites = ['north', 'south'];

/** What policies are judged by. The small ones are for the clairvoyant optimum. */
export const scenarios: readonly Scenario[] = [
  scenarioOf({
    name: 'uplink-steps',
    title: 'uplink 25 to 7.5 Mbit/s at 200 s, 5 from 380 to 440 s, restored at 500 s (the shape of AWStream)',
    disturbances: [
      { kind: 'uplink-narrow', factor: 0.3, atSeconds: 200, untilSeconds: 380 },
      { kind: 'uplink-narrow', factor: 0.2, atSeconds: 380, untilSeconds: 440 },
      { kind: 'uplink-narrow', factor: 0.3, atSeconds: 440, untilSeconds: 500 },
    ],
  }),
  scenarioOf({
    name: 'lte',
    title: 'a cellular uplink that walks around 15 Mbit/s, with seconds of nothing',
    disturbances: [{ kind: 'uplink-walk', atSeconds: 0, zeroShare: 0.02 }],
  }),
  scenarioOf({
    name: 'outage',
    title: 'the uplink is cut for 30 s',
    durationSeconds: 300,
    disturbances: [{ kind: 'uplink-narrow', factor: 0, atSeconds: 120, untilSeconds: 150 }],
  }),
  scenarioOf({
    name: 'inference-slow',
    title: 'inference takes three times as long for two minutes; results are wanted within 250 ms',
    durationSeconds: 400,
    cameras: camerasOf(4, { objectiveMs: 250 }),
    disturbances: [{ kind: 'inference-slow', factor: 3, atSeconds: 120, untilSeconds: 240 }],
  }),
  scenarioOf({
    name: 'replica-lost',
    title: 'one of two inference replicas is gone for two minutes',
    durationSeconds: 400,
    cameras: camerasOf(8, { sites: twoSites }),
    sites: twoSites.map((site) => siteOf(site, 25)),
    cloud: cloudOf({ replicas: 2, maxReplicas: 2, workers: 2 }),
    disturbances: [{ kind: 'replica-lost', instance: 1, atSeconds: 120, untilSeconds: 240 }],
  }),
  scenarioOf({
    name: 'cameras-times-four',
    title: '4 cameras become 16 at 120 s, and 4 again at 300 s',
    durationSeconds: 420,
    cameras: [
      ...camerasOf(4, { sites: twoSites }),
      ...camerasOf(12, { sites: twoSites, first: 4, fromSeconds: 120, untilSeconds: 300 }),
    ],
    sites: twoSites.map((site) => siteOf(site, 25)),
    cloud: cloudOf({ workers: 4, maxReplicas: 2 }),
  }),
  scenarioOf({
    name: 'motion-burst',
    title: 'eight mostly quiet cameras are all in motion for a minute',
    durationSeconds: 300,
    cameras: camerasOf(8, { motionShare: 0.2, meanOnSeconds: 10 }),
    disturbances: [{ kind: 'motion-burst', share: 1, atSeconds: 120, untilSeconds: 180 }],
  }),
  scenarioOf({
    name: 'telemetry-lost',
    title: 'the controller hears nothing for a minute, and meanwhile the uplink narrows',
    durationSeconds: 300,
    disturbances: [
      { kind: 'telemetry-loss', of: 'all', share: 1, atSeconds: 100, untilSeconds: 160 },
      { kind: 'uplink-narrow', factor: 0.3, atSeconds: 130, untilSeconds: 220 },
    ],
  }),
  scenarioOf({
    name: 'clock-skew',
    title: 'the clock of the site is 5 s ahead, steps by another 5 s at 120 s and back at 240 s',
    durationSeconds: 300,
    sites: [siteOf('north', 25, { clock: { offsetMs: 5000, driftPpm: 50 } })],
    disturbances: [{ kind: 'clock-step', stepMs: 5000, atSeconds: 120, untilSeconds: 240 }],
  }),
  scenarioOf({
    name: 'steady-hour',
    title: 'nothing happens for an hour',
    durationSeconds: 3600,
  }),
  ...smallScenarios,
];
