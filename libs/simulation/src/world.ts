import { createCloudLedger, createEdgeLedger } from '@framegate/frame-ledger';
import type { CameraNotes } from './camera-notes.ts';
import { createCameraNotes } from './camera-notes.ts';
import type { CameraSetting } from './camera-setting.ts';
import { settingOf } from './camera-setting.ts';
import type { ClockModel } from './clock-model.ts';
import { createClockModel } from './clock-model.ts';
import type { Conditions } from './conditions.ts';
import { conditionsOf } from './conditions.ts';
import type { Disturbance } from './disturbance.ts';
import type { EventQueue } from './event-queue.ts';
import { createEventQueue } from './event-queue.ts';
import type { Frame } from './frame.ts';
import type { Ledgers } from './ledger.ts';
import type { Recorder } from './recorder.ts';
import { createRecorder } from './recorder.ts';
import type { Scenario } from './scenario.ts';
import { siteOfCamera } from './scenario.ts';
import type { Truth } from './truth.ts';
import { createTruth } from './truth.ts';

/** What all parts of one run share. */
export interface World {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly untilUs: number;
  /** The scenario's and the injected ones. */
  readonly disturbances: readonly Disturbance[];
  readonly conditions: Conditions;
  readonly events: EventQueue;
  readonly ledgers: Ledgers;
  readonly truth: Truth;
  readonly recorder: Recorder;
  /** By camera, in the scenario's order. */
  readonly notes: readonly CameraNotes[];
  /** As last told to each camera, which may not have heard of it. */
  readonly settings: CameraSetting[];
  readonly clocks: ReadonlyMap<string, ClockModel>;
  clockOf(cameraId: string): ClockModel | undefined;
  /** When the cloud takes a frame to have been captured. */
  believedCaptureUs(frame: Frame): number;
}

export interface SimulationOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Beside those of the scenario: injected faults. */
  readonly disturbances?: readonly Disturbance[];
}

export function createWorld({ scenario, seed, disturbances: injected = [] }: SimulationOptions): World {
  const { cameras, sites, durationSeconds } = scenario;
  const disturbances = [...scenario.disturbances, ...injected];
  const conditions = conditionsOf(disturbances, durationSeconds, seed);
  const ledgers = { edge: createEdgeLedger(), cloud: createCloudLedger() };
  const objectivesMs = cameras.map(({ objectiveMs }) => objectiveMs);
  const truth = createTruth(objectivesMs, durationSeconds);
  const settings = cameras.map((camera) => settingOf(scenario, camera, camera.initial, 1));
  const notes = cameras.map(createCameraNotes);
  for (const note of notes) note.expectVersion(1);
  const clocks = new Map(
    sites.map((site) => [site.site, createClockModel(site, conditions.clockStepMs(site.site), seed)]),
  );
  const clockByCamera = new Map(
    cameras.map(({ cameraId }) => [cameraId, clocks.get(siteOfCamera(cameraId))]),
  );
  return {
    scenario,
    seed,
    untilUs: durationSeconds * 1e6,
    disturbances,
    conditions,
    events: createEventQueue(),
    ledgers,
    truth,
    recorder: createRecorder({ scenario, seed, disturbances, truth, ledgers, settings }),
    notes,
    settings,
    clocks,
    clockOf: (cameraId) => clockByCamera.get(cameraId),
    believedCaptureUs: ({ cameraId, stampedAtUs, capturedAtUs }) =>
      clockByCamera.get(cameraId)?.cloudUs(stampedAtUs) ?? capturedAtUs,
  };
}
