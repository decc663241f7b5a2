import type { CameraDirectory } from '@framegate/camera-directory';
import type { CameraIntent } from '@framegate/contracts';
import type { CameraView, RunObserver } from '@framegate/run-observer';
import type {
  CameraStanding,
  LiveAreas,
  LiveState as LiveStateMessage,
  Promised,
  SiteClock,
} from '../protocol/live.ts';
import type { LatencyPromise, PromiseOf } from '../run/latency-promise.ts';
import type { RunHistory } from '../run/run-history.ts';
import { promiseStanding } from '../run/promise-standing.ts';
import { cameraState } from './camera-state.ts';
import type { LiveState } from './serve-viewer.ts';

export interface LiveStateSources {
  readonly run: RunObserver;
  readonly directory: Pick<CameraDirectory, 'intents' | 'configs'>;
  /** Ids of the cameras that there are. */
  readonly existing: () => readonly string[];
  readonly history: RunHistory;
  readonly sites: () => readonly SiteClock[];
  readonly promiseOf: PromiseOf;
  readonly nowUs: () => number;
  /** What the console itself can't do now. */
  readonly troubles: () => readonly string[];
}

export interface LiveStateHub extends LiveState {
  cameras(): CameraStanding[];
  promises(): Promised[];
  second(): void;
  intentChanged(intent: CameraIntent): void;
}

/** What all viewers are told beside the pictures. */
export function createLiveState(sources: LiveStateSources): LiveStateHub {
  const { run, directory, history, promiseOf, nowUs } = sources;
  const startedAtUs = nowUs();
  const eachSecond = new Set<() => void>();
  const ofAreas = new Set<(areas: LiveAreas) => void>();

  const cameras = (): CameraStanding[] => {
    const views = new Map(run.cameras().map((view) => [view.cameraId, view]));
    return sources.existing().map((cameraId) =>
      standingOf(cameraId, views.get(cameraId), directory, promiseOf(cameraId), {
        startedAtUs,
        nowUs: nowUs(),
      }),
    );
  };
  const state = (): LiveStateMessage => {
    const standings = cameras();
    return {
      type: 'state',
      atUs: nowUs(),
      cameras: standings,
      promise: promiseStanding(history.last(60), {
        promises: promisesOf(standings),
        violationSeconds: run.slo().violationSeconds,
        p95Ms: history.recentP95Ms(),
      }),
      sites: sources.sites(),
      troubles: sources.troubles(),
    };
  };
  return {
    cameras,
    promises: () => promisesOf(cameras()),
    state,
    areas: () => [...directory.intents.values()].map(areasOf),
    onAreas(listener) {
      ofAreas.add(listener);
      return () => ofAreas.delete(listener);
    },
    onSecond(listener) {
      eachSecond.add(listener);
      return () => eachSecond.delete(listener);
    },
    second: () => eachSecond.forEach((listener) => listener()),
    intentChanged: (intent) => ofAreas.forEach((listener) => listener(areasOf(intent))),
  };
}

/** Cameras of which the same is promised together. */
function promisesOf(cameras: readonly CameraStanding[]): Promised[] {
  const same = Map.groupBy(cameras, ({ objectiveMs, target }) => `${objectiveMs} ${target}`);
  return [...same.values()]
    .flatMap(([first, ...others]) =>
      first ? [{ objectiveMs: first.objectiveMs, target: first.target, cameras: others.length + 1 }] : [],
    )
    .toSorted((a, b) => a.objectiveMs - b.objectiveMs || b.target - a.target);
}

function areasOf({ cameraId, motionMasks, privacyMasks, zones }: CameraIntent): LiveAreas {
  return { type: 'areas', cameraId, motionMasks, privacyMasks, zones };
}

function standingOf(
  cameraId: string,
  view: CameraView | undefined,
  { intents, configs }: LiveStateSources['directory'],
  promise: LatencyPromise,
  { startedAtUs, nowUs }: { readonly startedAtUs: number; readonly nowUs: number },
): CameraStanding {
  const intent = intents.get(cameraId);
  const facts = {
    told: view?.state ?? 'connecting',
    toldReason: view?.reason ?? '',
    // A site that was not heard yet may have ended before this console began.
    silentMs: (nowUs - Math.max(startedAtUs, view?.heardAtUs ?? 0)) / 1000,
    spooled: view?.spooled ?? 0,
    intent,
    config: configs.get(cameraId),
  };
  return {
    cameraId,
    ...cameraState(facts),
    capturedPerSecond: view?.capturedPerSecond ?? 0,
    publishedPerSecond: view?.publishedPerSecond ?? 0,
    gatedShare: orNull(view?.gatedShare),
    p50Ms: orNull(view?.ageP50Ms),
    p95Ms: orNull(view?.ageP95Ms),
    objectiveMs: promise.objectiveMs ?? intent?.objectiveMs ?? 500,
    target: promise.target,
    objects: view?.objects ?? {},
    intentRevision: intent?.revision ?? 0,
  };
}

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
