import type { Action, Decision, Observation, Rung } from '@framegate/control';
import { settingOf } from './camera-setting.ts';
import { createCloud } from './cloud.ts';
import type { SimulatedLedger } from './ledger.ts';
import { ledgerOf } from './ledger.ts';
import { createObserver } from './observer.ts';
import { createRandom } from './random.ts';
import type { RunResult } from './run-result.ts';
import { siteOfCamera } from './scenario.ts';
import { createSites, planReports } from './sites.ts';
import type { SimulationOptions } from './world.ts';
import { createWorld } from './world.ts';

/** A pipeline in virtual time, a second at a step: what a policy, or a bench of the causes, is put in front of. */
export interface Simulation {
  /** Goes on for a second and tells what a controller sees then. Null when the run is over. */
  advance(): Observation | null;
  /** Carries out what a policy wants, as of this moment. @throws RangeError for an unknown camera or model */
  apply(actions: readonly Action[], decisions?: readonly Decision[]): void;
  /** Where all frames are at this moment. */
  ledger(): SimulatedLedger;
  /** Lets everything under way arrive, and closes the account. */
  finish(policy: string): RunResult;
}

/** How long after the last capture the books stay open, seconds of virtual time. */
const drainSeconds = 120;

export function createSimulation(options: SimulationOptions): Simulation {
  const world = createWorld(options);
  const { scenario, seed, conditions, events, recorder, notes, settings } = world;
  const { cameras } = scenario;
  const fleet = createCloud(world);
  const sites = createSites(world, fleet.deliver);
  const observer = createObserver({
    ...world,
    cameras,
    cloud: scenario.cloud,
    loss: { edge: conditions.telemetryLoss('edge'), cloud: conditions.telemetryLoss('cloud') },
    random: createRandom(seed, 'telemetry'),
    takeTallies: () => fleet.running().map((one) => ({ instance: one.name, tallies: one.takeTallies() })),
  });
  planReports(world, sites, observer);

  function configure(cameraId: string, rung: Rung): void {
    const index = cameras.findIndex((camera) => camera.cameraId === cameraId);
    const camera = cameras[index];
    const before = settings[index];
    if (!camera || !before) throw new RangeError(`simulation: there is no camera "${cameraId}"`);
    const next = settingOf(scenario, camera, rung, before.version + 1);
    settings[index] = next;
    notes[index]?.expectVersion(next.version);
    recorder.configured(camera.cameraId, before.rung, rung, events.nowUs);
    sites.get(siteOfCamera(cameraId))?.configure(index, next);
  }

  let second = 0;
  return {
    advance() {
      if (second >= scenario.durationSeconds) return null;
      events.runUntil(++second * 1e6);
      let queuedBytes = 0;
      for (const site of sites.values()) queuedBytes += site.queuedBytes;
      const observation = observer.observe();
      recorder.second(queuedBytes, observation, fleet.running().length);
      return observation;
    },
    apply(actions, decisions = []) {
      for (const action of actions) {
        if (action.kind === 'configure-camera') configure(action.cameraId, action.rung);
        else if (action.kind === 'set-batch') fleet.setBatch(action.model, action.batch);
        else if (action.kind === 'set-workers') fleet.setWorkers(action.model, action.workers);
        else fleet.setReplicas(action.replicas);
      }
      recorder.decided(decisions);
    },
    ledger: () => ledgerOf(world.ledgers),
    finish(policy) {
      events.runUntil(world.untilUs + drainSeconds * 1e6);
      return recorder.close(policy);
    },
  };
}
