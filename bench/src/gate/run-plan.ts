import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Coding } from './clips/clip.ts';
import { clipName } from './clips/clip.ts';
import type { Family, PlaneFamily } from './gates/families.ts';
import { judgeByDaemon } from './gates/judge-by-daemon.ts';
import type { SceneTask } from './judge-scene.ts';
import type { Plan, PlannedScene } from './plan.ts';
import type { FamilyResult } from './results/family-result.ts';
import type { ResultStore } from './results/result-store.ts';
import { sceneVersion } from './results/versions.ts';
import { judgeScenes } from './scene-pool.ts';

export interface RunOptions {
  readonly families: readonly Family[];
  readonly curves: boolean;
  readonly python: string | null;
  readonly planeFolder: string | null;
  /** Where coded clips lie while they are looked at. */
  readonly temporaryFolder: string;
  readonly workers: number;
  /** Clips that the daemon plays at once, in real time. */
  readonly daemons: number;
  readonly onProgress: (framesDone: number, framesInAll: number) => void;
}

/** A clip of the plan with what a family made of it. */
export interface PlannedResult extends FamilyResult {
  readonly mix: string;
}

/** Judges what the store does not have yet, and gives everything that the plan asks for. */
export async function runPlan(plan: Plan, store: ResultStore, options: RunOptions): Promise<PlannedResult[]> {
  const { families, onProgress } = options;
  const missing = plan.scenes.filter((scene) => !isComplete(scene, plan.codings, families, store));
  const framesInAll = missing.reduce((sum, { frames }) => sum + frames, 0);
  let framesDone = 0;
  onProgress(0, framesInAll);
  await judgeMissing(missing, plan.codings, store, options, ({ frames }) => {
    framesDone += frames;
    onProgress(framesDone, framesInAll);
  });
  return plan.scenes.flatMap(({ mix, ...scene }) =>
    plan.codings.flatMap((coding) =>
      familiesOf(coding, families).map((family) => ({ mix, ...store.load({ ...scene, coding }, family) })),
    ),
  );
}

/** What is still to be done, in frames of scenes. */
export function missingFrames(plan: Plan, families: readonly Family[], store: ResultStore): number {
  return plan.scenes
    .filter((scene) => !isComplete(scene, plan.codings, families, store))
    .reduce((sum, { frames }) => sum + frames, 0);
}

/** The daemon reads streams, so only coded clips. */
function familiesOf(coding: Coding, families: readonly Family[]): Family[] {
  return families.filter((family) => family !== 'motion' || coding === 'h264');
}

function isComplete(
  scene: PlannedScene,
  codings: readonly Coding[],
  families: readonly Family[],
  store: ResultStore,
): boolean {
  return codings.every((coding) =>
    familiesOf(coding, families).every((family) => store.has({ ...scene, coding }, family)),
  );
}

async function judgeMissing(
  scenes: readonly PlannedScene[],
  codings: readonly Coding[],
  store: ResultStore,
  options: RunOptions,
  onDone: (scene: PlannedScene) => void,
): Promise<void> {
  const playing = new Set<Promise<void>>();
  const version = sceneVersion();
  const tasks = scenes.map((scene) => ({ ...taskOf(scene, codings, store, options), sceneVersion: version }));
  const left = new Map(tasks.map((task, index) => [task, scenes[index]]));
  await judgeScenes(tasks, options.workers, async (task, results) => {
    for (const result of results) store.save(result);
    const scene = left.get(task);
    if (!scene) return;
    if (!task.keepCoded) return onDone(scene);
    // The worker goes on while the daemon plays the clip; only a full stage makes it wait.
    while (playing.size >= options.daemons) await Promise.race(playing);
    const run = play(task, options.curves, store)
      .then(() => onDone(scene))
      .finally(() => playing.delete(run));
    playing.add(run);
    run.catch(() => {}); // awaited below
  });
  await Promise.all(playing);
}

async function play(task: SceneTask, curves: boolean, store: ResultStore): Promise<void> {
  try {
    store.save(await judgeByDaemon(task, task.codedPath, curves));
  } finally {
    await rm(task.codedPath, { force: true });
  }
}

function taskOf(
  { condition, subject, seed, frames }: PlannedScene,
  codings: readonly Coding[],
  store: ResultStore,
  { families, curves, python, planeFolder, temporaryFolder }: RunOptions,
): Omit<SceneTask, 'sceneVersion'> {
  const scene = { condition, subject, seed, frames };
  const wanted = (coding: Coding): PlaneFamily[] =>
    codings.includes(coding)
      ? families
          .filter((family) => family !== 'motion')
          .filter((family) => !store.has({ ...scene, coding }, family))
      : [];
  const coded = { ...scene, coding: 'h264' } as const;
  return {
    ...scene,
    wanted: { raw: wanted('raw'), h264: wanted('h264') },
    curves,
    python,
    planeFolder,
    codedPath: join(temporaryFolder, `${clipName(coded)}.mkv`),
    keepCoded: codings.includes('h264') && families.includes('motion') && !store.has(coded, 'motion'),
  };
}
