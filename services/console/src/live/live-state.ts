import type { CameraDirectory } from '@framegate/camera-directory';
import type { CameraIntent } from '@framegate/contracts';
import type { CameraView, RunObserver } from '@framegate/run-observer';
import type {
  CameraStanding,
  LiveAreas,
  LiveState as LiveStateMessage,
  PromiseStanding,
  Promised,
  SiteClock,
} from '../protocol/live.ts';
import type { HeldPromise } from '../run/latency-promise.ts';
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
  /** What is promised of a camera. */
  readonly promised: (cameraId: string) => HeldPromise;
  readonly nowUs: () => number;
  /** What the console itself can't do now. */
  readonly troubles: () => readonly string[];
}

export interface LiveStateHub extends LiveState {
  cameras(): CameraStanding[];
  promises(): Promised[];
  /** @param slo only of its cameras; undefined: of all */
  standing(slo: string | undefined): PromiseStanding;
  second(): void;
  intentChanged(intent: CameraIntent): void;
}

/** What all viewers are told beside the pictures. */
export function createLiveState(sources: LiveStateSources): LiveStateHub {
  const { run, directory, history, promised, nowUs } = sources;
  const startedAtUs = nowUs();
  const eachSecond = new Set<() => void>();
  const ofAreas = new Set<(areas: LiveAreas) => void>();

  const cameras = (): CameraStanding[] => {
    const views = new Map(run.cameras().map((view) => [view.cameraId, view]));
    return sources.existing().map((cameraId) =>
      standingOf(cameraId, views.get(cameraId), directory, promised(cameraId), {
        startedAtUs,
        nowUs: nowUs(),
      }),
    );
  };
  const standing = (standings: readonly CameraStanding[], slo?: string): PromiseStanding => {
    const ours = slo === undefined ? standings : standings.filter((one) => one.slo === slo);
    const track = slo === undefined ? history.all : history.ofSlo(slo);
    const accounts = run.sloByCamera();
    const violationSeconds =
      slo === undefined
        ? run.slo().violationSeconds
        : ours.reduce((sum, { cameraId }) => sum + (accounts.get(cameraId)?.violationSeconds ?? 0), 0);
    return promiseStanding(track, { promises: promisesOf(ours), violationSeconds });
  };
  const state = (): LiveStateMessage => {
    const standings = cameras();
    return {
      type: 'state',
      atUs: nowUs(),
      cameras: standings,
      promise: standing(standings),
      sites: sources.sites(),
      troubles: sources.troubles(),
    };
  };
  return {
    cameras,
    promises: () => promisesOf(cameras()),
    standing: (slo) => standing(cameras(), slo),
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
  const same = Map.groupBy(cameras, ({ slo, target }) => `${target} ${slo}`);
  return [...same.values()]
    .flatMap(([first, ...others]) => {
      if (!first) return [];
      const { slo, objectiveMs, target } = first;
      return [{ slo, objectiveMs, target, cameras: others.length + 1 }];
    })
    .toSorted((a, b) => a.objectiveMs - b.objectiveMs || b.target - a.target);
}

function areasOf({ cameraId, motionMasks, privacyMasks, zones }: CameraIntent): LiveAreas {
  return { type: 'areas', cameraId, motionMasks, privacyMasks, zones };
}

function standingOf(
  cameraId: string,
  view: CameraView | undefined,
  { intents, configs }: LiveStateSources['directory'],
  promise: HeldPromise,
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
    ...promise,
    objects: view?.objects ?? {},
    intentRevision: intent?.revision ?? 0,
  };
}

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
