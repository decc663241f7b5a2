import type { Decision, Observation, Rung } from '@framegate/control';
import { isSameSetting, jainIndex, quantileOf } from '@framegate/control';
import type { Disturbance } from './disturbance.ts';
import type { CameraSetting } from './camera-setting.ts';
import type { Frame } from './frame.ts';
import type { Ledgers } from './ledger.ts';
import { ledgerOf } from './ledger.ts';
import { fullQualitySeconds, recoverySeconds } from './recovery.ts';
import type { CameraResult, RungChange, RunResult, RunTotals, SecondSample } from './run-result.ts';
import type { Scenario } from './scenario.ts';
import type { CameraAccount, Truth } from './truth.ts';

/** Writes a run down while it goes on. */
export interface Recorder {
  motion(camera: number): void;
  stored(frame: Frame): void;
  result(frame: Frame, latencyMs: number): void;
  configured(cameraId: string, from: Rung, to: Rung, atUs: number): void;
  decided(decisions: readonly Decision[]): void;
  second(queuedBytes: number, observation: Observation, replicas: number): void;
  close(policy: string): RunResult;
}

export interface RecorderOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly disturbances: readonly Disturbance[];
  readonly truth: Truth;
  readonly ledgers: Ledgers;
  /** In force for each camera; changed from outside. */
  readonly settings: readonly CameraSetting[];
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { scenario, settings, truth } = options;
  const motionFrames = scenario.cameras.map(() => 0);
  const seconds: Omit<SecondSample, 'violations' | 'dueCameras'>[] = [];
  const changes: RungChange[] = [];
  const decisions: Decision[] = [];
  let latenciesMs: number[] = [];
  let publishedBytes = 0;

  return {
    motion: (camera) => void (motionFrames[camera] = (motionFrames[camera] ?? 0) + 1),
    stored: ({ bytes }) => void (publishedBytes += bytes),
    result: (_, latencyMs) => void latenciesMs.push(latencyMs),
    configured(cameraId, from, to, atUs) {
      if (!isSameSetting(from, to)) changes.push({ atSeconds: atUs / 1e6, cameraId, from, to });
    },
    decided: (list) => void decisions.push(...list),
    second(queuedBytes, { inference }, replicas) {
      const present = settings.filter((_, camera) => isPresent(scenario, camera, seconds.length));
      seconds.push({
        second: seconds.length,
        p50Ms: quantileOf(latenciesMs, 0.5),
        p95Ms: quantileOf(latenciesMs, 0.95),
        results: latenciesMs.length,
        publishedBytes,
        queuedBytes,
        mailboxDepth: inference.reduce((sum, { mailboxDepth }) => sum + mailboxDepth, 0),
        replicas,
        levers: {
          framesPerSecond: meanOf(present, ({ rung }) => rung.framesPerSecond),
          width: meanOf(present, ({ rung }) => rung.width),
          quality: meanOf(present, ({ rung }) => rung.quality),
          accuracy: meanOf(present, ({ accuracy }) => accuracy),
        },
      });
      latenciesMs = [];
      publishedBytes = 0;
    },
    close(policy) {
      const accounts = truth.account();
      const cameras = accounts.map((account, camera) =>
        cameraResultOf(scenario, account, camera, motionFrames[camera] ?? 0),
      );
      const samples = seconds.map((sample): SecondSample => ({
        ...sample,
        violations: accounts.reduce((sum, { violated }) => sum + (violated[sample.second] ?? 0), 0),
        dueCameras: accounts.reduce((sum, { due }) => sum + ((due[sample.second] ?? 0) > 0 ? 1 : 0), 0),
      }));
      return {
        scenario: scenario.name,
        policy,
        seed: options.seed,
        durationSeconds: scenario.durationSeconds,
        totals: totalsOf(options, accounts, cameras, samples, changes),
        cameras,
        seconds: samples,
        changes,
        decisions,
        ledger: ledgerOf(options.ledgers),
      };
    },
  };
}

/** What a violation-second costs, in useful frames. */
const framesOfASecond = 10;

function totalsOf(
  { scenario, disturbances }: RecorderOptions,
  accounts: readonly CameraAccount[],
  cameras: readonly CameraResult[],
  seconds: readonly SecondSample[],
  changes: readonly RungChange[],
): RunTotals {
  const sum = (of: (account: CameraAccount) => number): number =>
    accounts.reduce((all, one) => all + of(one), 0);
  const due = sum((one) => one.dueTotal);
  const onTime = sum((one) => one.onTime);
  const latencies = accounts.flatMap(({ latenciesMs }) => latenciesMs).toSorted((a, b) => a - b);
  const late = changes.filter(({ atSeconds }) => atSeconds > 60).length;
  const isLong = scenario.durationSeconds > 60;
  const minutes = (isLong ? scenario.durationSeconds - 60 : scenario.durationSeconds) / 60;
  return {
    due,
    onTime,
    onTimeShare: due === 0 ? Number.NaN : onTime / due,
    analysed: sum((one) => one.analysed),
    violationSeconds: sum((one) => one.violationSeconds),
    dueSeconds: seconds.reduce((all, { dueCameras }) => all + dueCameras, 0),
    usefulFrames: sum((one) => one.usefulFrames),
    netUtility: sum((one) => one.usefulFrames - framesOfASecond * one.violationSeconds),
    publishedBytes: sum((one) => one.publishedBytes),
    switches: changes.length,
    switchesAfterFirstMinute: late,
    switchesPerMinute: (isLong ? late : changes.length) / (minutes * Math.max(1, cameras.length)),
    jain: jainIndex(sharesOf(scenario, accounts, cameras)),
    latencyMs: { p50: atShare(latencies, 0.5), p95: atShare(latencies, 0.95), p99: atShare(latencies, 0.99) },
    recoverySeconds: recoverySeconds(disturbances, scenario, seconds),
    fullQualitySeconds: fullQualitySeconds(disturbances, seconds),
    meanAccuracy: meanOf(seconds, ({ levers }) => levers.accuracy),
  };
}

/** On-time results per frame with motion, relative to the weight; of cameras that had any to show. */
function sharesOf(
  scenario: Scenario,
  accounts: readonly CameraAccount[],
  cameras: readonly CameraResult[],
): number[] {
  return cameras.flatMap(({ motionFrames }, camera) => {
    const onTime = accounts[camera]?.onTimeResults ?? 0;
    return motionFrames < 10 ? [] : [onTime / motionFrames / (scenario.cameras[camera]?.weight ?? 1)];
  });
}

function cameraResultOf(
  scenario: Scenario,
  account: CameraAccount,
  camera: number,
  motionFrames: number,
): CameraResult {
  const { dueTotal, onTime, usefulFrames, violationSeconds } = account;
  return {
    cameraId: scenario.cameras[camera]?.cameraId ?? '',
    due: dueTotal,
    onTime,
    onTimeShare: dueTotal === 0 ? Number.NaN : onTime / dueTotal,
    usefulFrames,
    violationSeconds,
    motionFrames,
  };
}

function isPresent({ cameras }: Scenario, camera: number, second: number): boolean {
  const { fromSeconds = 0, untilSeconds = Infinity } = cameras[camera] ?? {};
  return second >= fromSeconds && second < untilSeconds;
}

function meanOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.length === 0 ? Number.NaN : items.reduce((sum, item) => sum + of(item), 0) / items.length;
}

/** Nearest rank in an ascending list. */
function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
