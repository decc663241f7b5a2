import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Disturbance } from './disturbance.ts';
import { disturbanceOf, faultNames, faultScenario } from './fault.ts';
import { policySetupOf } from './policy-setup.ts';
import { camerasOf, cloudOf, scenarioOf, siteOf } from './scenario-parts.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { simulate } from './simulate.ts';
import { createSimulation } from './simulation.ts';
import { staticHigh, staticLow } from './static-policies.ts';

const run = (scenario: Scenario, seed = 1, disturbances: readonly Disturbance[] = [], policy = staticHigh) =>
  simulate({ scenario, seed, disturbances, policy: policy(policySetupOf(scenario)) });
const named = (name: string): Scenario => {
  const found = scenarios.find((one) => one.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

const anyScenario = fc
  .record({
    cameras: fc.integer({ min: 1, max: 6 }),
    megabits: fc.integer({ min: 1, max: 40 }),
    workers: fc.integer({ min: 1, max: 3 }),
    replicas: fc.integer({ min: 1, max: 2 }),
    batch: fc.integer({ min: 1, max: 3 }),
    freshShare: fc.constantFrom(0.1, 0.25, 1e6),
    lossShare: fc.constantFrom(0, 0.1),
  })
  .map(({ cameras, megabits, workers, replicas, batch, freshShare, lossShare }) =>
    scenarioOf({
      name: 'any',
      title: 'any',
      durationSeconds: 20,
      cameras: camerasOf(cameras, { motionShare: 0.7, meanOnSeconds: 3 }),
      sites: [
        siteOf('north', megabits, {
          queue: { maxMessages: 8, maxBytes: 1e6, freshShare, maxWaitMs: 1000 },
          cores: 1,
        }),
      ],
      cloud: cloudOf({ workers, replicas, batch, telemetry: { delayMs: 20, lossShare } }),
    }),
  );
const anyFaults = fc.array(
  fc.record({
    name: fc.constantFrom(...faultNames),
    atSeconds: fc.integer({ min: 0, max: 15 }),
    untilSeconds: fc.integer({ min: 16, max: 25 }),
    severity: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 3 },
);
const anyLoss = fc.constantFrom<Disturbance[]>(
  [],
  [{ kind: 'replica-lost', instance: 0, atSeconds: 6, untilSeconds: 14 }],
  [{ kind: 'broker-outage', atSeconds: 5, untilSeconds: 9 }],
  [{ kind: 'uplink-narrow', factor: 0, atSeconds: 5 }],
);

describe('a simulated run', () => {
  it('has one fate for every frame at every second, whatever goes wrong', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(anyScenario, anyFaults, anyLoss, fc.integer(), (scenario, faults, loss, seed) => {
        const disturbances = [...faults.map(disturbanceOf), ...loss];
        const simulation = createSimulation({ scenario, seed, disturbances });
        while (simulation.advance()) expect(simulation.ledger()).toMatchObject({ balanced: true });
        const { ledger, totals } = simulation.finish('none');
        expect(ledger.balanced).toBe(true);
        expect(totals.due).toBe(ledger.edge.published);
        expect(totals.onTime).toBeLessThanOrEqual(totals.due);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves nothing under way once it is drained', { timeout: 30_000 }, () => {
    for (const scenario of scenarios.filter(({ durationSeconds }) => durationSeconds <= 300)) {
      const { ledger } = run(scenario);
      expect(ledger).toMatchObject({
        balanced: true,
        onBus: 0,
        cloud: { inFlight: 0 },
        edge: { encoding: 0 },
      });
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const scenario = named('small-uplink');
    expect(run(scenario, 7)).toEqual(run(scenario, 7));
    expect(run(scenario, 7).totals).not.toEqual(run(scenario, 8).totals);
  });

  it('shows the same motion to every policy', () => {
    const scenario = named('small-cameras');
    const motion = (policy: typeof staticHigh) =>
      run(scenario, 3, [], policy).cameras.map(({ motionFrames }) => motionFrames);
    expect(motion(staticHigh)).toEqual(motion(staticLow));
  });

  it('delivers no more bytes over a narrower uplink', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer(),
        (megabits, tenths, seed) => {
          const bytesAt = (capacity: number) => {
            const scenario = scenarioOf({
              name: 'x',
              title: 'x',
              durationSeconds: 30,
              sites: [siteOf('north', capacity)],
            });
            const { seconds } = run(scenario, seed);
            return seconds.reduce((sum, { publishedBytes }) => sum + publishedBytes, 0);
          };
          // A request of each lane may still be under way.
          expect(bytesAt((megabits * tenths) / 10)).toBeLessThanOrEqual(bytesAt(megabits) + 4 * 1024 * 1024);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('keeps results young when four times too many frames come', () => {
    const scenario = scenarioOf({
      name: 'overload',
      title: 'eight cameras on one worker',
      durationSeconds: 60,
      cameras: camerasOf(8, { motionShare: 0.999, meanOnSeconds: 1e4, objectiveMs: 10_000 }),
      sites: [siteOf('north', 1000, { uplink: { bitsPerSecond: 1e9, delayMs: 0 } })],
      cloud: cloudOf({ workers: 1 }),
    });
    const { totals, ledger } = run(scenario);
    expect(ledger.cloud.superseded / ledger.cloud.received).toBeGreaterThan(0.7);
    // Service and one frame interval, and the way before the mailbox.
    expect(totals.latencyMs.p95).toBeLessThanOrEqual(1.2 * (50 + 100) + 20);
    expect(totals.jain).toBeGreaterThanOrEqual(0.95);
  });

  it('happens as it does whether or not the controller hears of it', () => {
    const scenario = named('small-uplink');
    const deaf: Disturbance[] = [{ kind: 'telemetry-loss', of: 'all', share: 1, atSeconds: 0 }];
    const simulation = createSimulation({ scenario, seed: 5, disturbances: deaf });
    let heard = 0;
    for (let seen = simulation.advance(); seen; seen = simulation.advance()) heard += seen.cameras.length;
    expect(heard).toBe(0);
    expect(simulation.finish('x').totals).toMatchObject({
      ...run(scenario, 5, [], () => ({
        name: 'x',
        init: () => 0,
        step: () => ({ state: 0, actions: [], decisions: [] }),
      })).totals,
      recoverySeconds: expect.anything(),
      fullQualitySeconds: expect.anything(),
    });
  });
});

describe('what a controller sees', () => {
  it('has samples only of the newest setting, and its version once the edge obeys', () => {
    const scenario = named('small-inference');
    const simulation = createSimulation({ scenario, seed: 1 });
    const [first] = scenario.cameras;
    for (let i = 0; i < 4; i++) simulation.advance();
    const rung = { ...first!.initial, framesPerSecond: 2 };
    simulation.apply([{ kind: 'configure-camera', cameraId: first!.cameraId, rung }]);
    const seen = [simulation.advance(), simulation.advance(), simulation.advance()].map(
      (one) => one?.cameras[0],
    );
    expect(seen[2]?.configVersion).toBe(2);
    expect(seen[0]!.latenciesMs.length).toBeLessThanOrEqual(3);
  });

  it('tells latencies free of a clock that is 5 s ahead, within the error it states', () => {
    const scenario = scenarioOf({
      name: 'x',
      title: 'x',
      durationSeconds: 20,
      sites: [siteOf('north', 25, { clock: { offsetMs: 5000, driftPpm: 50 } })],
    });
    const simulation = createSimulation({ scenario, seed: 1 });
    for (let seen = simulation.advance(); seen; seen = simulation.advance()) {
      for (const { latenciesMs } of seen.cameras)
        for (const ms of latenciesMs) expect(ms).toBeLessThan(500 + seen.sites[0]!.clockErrorMs);
      for (const site of seen.sites)
        expect(Math.abs(site.clockOffsetMs + 5000)).toBeLessThan(site.clockErrorMs + 2);
    }
  });

  it.each(faultNames)('differs when %s is injected', (name) => {
    const disturbances = [disturbanceOf({ name, atSeconds: 10, severity: 1 })];
    const last = (extra: readonly Disturbance[]) => {
      const simulation = createSimulation({ scenario: faultScenario, seed: 2, disturbances: extra });
      for (let i = 0; i < 24; i++) simulation.advance();
      return simulation.advance();
    };
    expect(last(disturbances)).not.toEqual(last([]));
  });
});
