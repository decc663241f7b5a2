import type { CameraDirectory, FollowedCapacity } from '@framegate/camera-directory';
import type { Detection } from '@framegate/contracts';
import { latencyMs } from '@framegate/contracts';
import type { RunObserver } from '@framegate/run-observer';
import { stages, stageTimesMs } from '@framegate/run-observer';
import type { ResultFacts, SecondFacts } from './history-series.ts';
import type { HeldPromise } from './latency-promise.ts';
import { leverShares } from './lever-shares.ts';
import { createRunCounters } from './run-counters.ts';
import type { RunTrack } from './run-track.ts';
import { createRunTrack } from './run-track.ts';
import { createSloGrowth, sumOfDue } from './slo-growth.ts';

/** How the run went, of all cameras and by SLO. */
export interface RunHistory {
  /** Takes what happened since the last call; call it each second. */
  second(nowUs: number): void;
  readonly all: RunTrack;
  /** Of the cameras of one SLO, whose points have no counts of frames and bytes; undefined where there are none. */
  ofSlo(slo: string): RunTrack | undefined;
  /** Begins the track of an SLO of which a store knows something from before. */
  trackOf(slo: string): RunTrack;
}

/** One second. `slo` is empty for all cameras together. */
export interface ToldSecond {
  readonly slo: string;
  readonly facts: SecondFacts;
  readonly results: readonly ResultFacts[];
}

export interface RunHistoryOptions {
  readonly run: RunObserver;
  readonly directory: Pick<CameraDirectory, 'intents' | 'configs'>;
  readonly capacity: Pick<FollowedCapacity, 'config'>;
  /** What is promised of a camera now. */
  readonly promised: (cameraId: string) => HeldPromise;
  /** Told of each second: of all cameras, and of each SLO where there are several. */
  readonly onSecond: (told: readonly ToldSecond[]) => void;
}

const uncounted = { captured: 0, stopped: 0, published: 0, publishedBytes: 0, analysed: 0, passedOver: 0 };
const unmoved = { levers: null, batch: null, workers: null };

export function createRunHistory(options: RunHistoryOptions): RunHistory {
  const { run, directory, capacity, promised, onSecond } = options;
  const all = createRunTrack();
  const bySlo = new Map<string, RunTrack>();
  const trackOf = (slo: string): RunTrack => bySlo.getOrInsertComputed(slo, createRunTrack);
  const counters = createRunCounters();
  const growth = createSloGrowth(run.sloByCamera(), promised);
  run.onEdge((telemetry) => counters.edge(telemetry));
  run.onDetection((detection) => {
    if (detection.kind !== 'live') return;
    const result = resultOf(detection);
    all.result(result);
    trackOf(promised(detection.cameraId).slo).result(result);
  });

  return {
    second(nowUs) {
      // Settles what is late by now.
      run.slo();
      const grown = growth.take(run.sloByCamera());
      const models = Object.values(capacity.config?.models ?? {});
      const facts = {
        ...counters.take(run.cloud()),
        ...sumOfDue(grown.values()),
        atUs: nowUs,
        levers: leverShares(run.cameras(), directory, nowUs),
        batch: models.length === 0 ? null : Math.max(...models.map(({ batch }) => batch)),
        workers: models.length === 0 ? null : models.reduce((sum, { workers }) => sum + workers, 0),
      };
      for (const slo of grown.keys()) trackOf(slo);
      const ofSlos = [...bySlo].flatMap(([slo, track]) => {
        const ofSlo = { ...uncounted, ...unmoved, ...(grown.get(slo) ?? sumOfDue([])), atUs: nowUs };
        const results = track.second(ofSlo);
        // Of one that no camera has any more nothing is kept.
        return grown.has(slo) ? [{ slo, facts: ofSlo, results }] : [];
      });
      onSecond([{ slo: '', facts, results: all.second(facts) }, ...(ofSlos.length > 1 ? ofSlos : [])]);
    },
    all,
    ofSlo: (slo) => bySlo.get(slo),
    trackOf,
  };
}

function resultOf(detection: Detection): ResultFacts {
  const times = stageTimesMs(detection);
  return {
    latencyMs: latencyMs(detection),
    objectiveMs: detection.objectiveMs,
    stagesMs: stages.map((stage) => times[stage]),
  };
}
