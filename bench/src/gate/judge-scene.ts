import { rm } from 'node:fs/promises';
import { downscaleLuma } from '@framegate/motion-detection';
import type { Scene } from '@framegate/scene';
import type { Coding, Luma, SceneKey } from './clips/clip.ts';
import { clipSize, framesPerSecond } from './clips/clip.ts';
import { decodeH264, encodeH264 } from './clips/h264.ts';
import { hasPlanes, planeSize, readPlanes, writePlanes } from './clips/plane-cache.ts';
import { openTrial } from './clips/trial.ts';
import { startFamily } from './gates/families.ts';
import type { PlaneFamily } from './gates/families.ts';
import type { GateRun } from './gates/gate-run.ts';
import type { FamilyResult } from './results/family-result.ts';
import { createGateScorer } from './scoring/gate-score.ts';
import type { GateScorer } from './scoring/gate-score.ts';
import type { Timeline } from './scoring/timeline.ts';
import { timelineOf } from './scoring/timeline.ts';

export interface SceneTask extends SceneKey {
  /** What is to be judged of each coding; none where all is known. */
  readonly wanted: Readonly<Record<Coding, readonly PlaneFamily[]>>;
  /** Every setting of each gate, or the default ones alone. */
  readonly curves: boolean;
  readonly python: string | null;
  /** Small planes are kept here; null: nowhere. */
  readonly planeFolder: string | null;
  /** Of what draws the scenes; part of the planes' names. */
  readonly sceneVersion: string;
  /** The coded clip, removed afterwards unless `keepCoded`. */
  readonly codedPath: string;
  readonly keepCoded: boolean;
}

/** One family of gates that follows one clip. */
interface Follower {
  readonly family: PlaneFamily;
  readonly run: GateRun;
  readonly scorers: readonly GateScorer[];
}

/** Draws a scene once, codes it once, and shows the pictures of each coding to all gates. */
export async function judgeScene(task: SceneTask): Promise<FamilyResult[]> {
  const trial = openTrial(task);
  const timeline = timelineOf((frame) => trial.truth(frame), task.frames, framesPerSecond);
  const results: FamilyResult[] = [];
  const mustCode = task.keepCoded || (task.wanted.h264.length > 0 && !plansOnPlanes(task, 'h264'));
  try {
    if (mustCode || task.wanted.raw.length > 0)
      results.push(...(await judgeRaw(task, trial, timeline, mustCode)));
    if (task.wanted.h264.length > 0) results.push(...(await judgeCoded(task, timeline)));
    return results;
  } finally {
    if (!task.keepCoded) await rm(task.codedPath, { force: true });
  }
}

/** Whether stored small planes are enough: only our own gate looks at nothing else. */
function plansOnPlanes(task: SceneTask, coding: Coding): boolean {
  if (task.planeFolder === null || task.wanted[coding].some((family) => family !== 'ours')) return false;
  return hasPlanes(task.planeFolder, task.sceneVersion, { ...task, coding });
}

async function judgeRaw(task: SceneTask, trial: Scene, timeline: Timeline, mustCode: boolean) {
  if (!mustCode && plansOnPlanes(task, 'raw')) return judgeStored(task, 'raw', timeline);
  const clip = await startClip(task, 'raw', timeline);
  const encoder = mustCode ? encodeH264(task.codedPath) : null;
  const image = new Uint8Array((clipSize.width * clipSize.height * 3) / 2);
  for (let frame = 0; frame < task.frames; frame++) {
    const { data, width, height } = trial.render(frame, image);
    await encoder?.write(data);
    await clip.show(frame, { data: data.subarray(0, width * height), stride: width, width, height });
  }
  await encoder?.close();
  return clip.finish(null);
}

async function judgeCoded(task: SceneTask, timeline: Timeline) {
  if (plansOnPlanes(task, 'h264')) return judgeStored(task, 'h264', timeline);
  const clip = await startClip(task, 'h264', timeline);
  let frame = 0;
  let decodeMs = 0;
  for await (const { luma, cpuMs } of decodeH264(task.codedPath)) {
    await clip.show(frame, luma);
    decodeMs += cpuMs;
    frame += 1;
  }
  if (frame !== task.frames) throw new Error(`a clip of ${task.frames} frames decoded to ${frame}`);
  return clip.finish(decodeMs / frame);
}

async function judgeStored(task: SceneTask, coding: Coding, timeline: Timeline) {
  const clip = await startClip({ ...task, planeFolder: null }, coding, timeline);
  let frame = 0;
  for (const plane of readPlanes(task.planeFolder ?? '', task.sceneVersion, { ...task, coding }))
    await clip.show(frame++, plane, plane);
  return clip.finish(null);
}

async function startClip(task: SceneTask, coding: Coding, timeline: Timeline) {
  const followers = await Promise.all(task.wanted[coding].map((family) => follow(family, task, timeline)));
  const cache =
    task.planeFolder === null ? null : writePlanes(task.planeFolder, task.sceneVersion, { ...task, coding });
  const data = new Uint8Array(planeSize.width * planeSize.height);
  const small: Luma = { data, stride: planeSize.width, ...planeSize };
  return {
    async show(frame: number, luma: Luma, stored?: Luma): Promise<void> {
      if (!stored) downscaleLuma(luma, clipSize.width / planeSize.width, data);
      cache?.add(small);
      for (const { run } of followers) await run.add(frame, luma, stored ?? small);
    },
    async finish(decodeMs: number | null): Promise<FamilyResult[]> {
      cache?.close();
      return Promise.all(followers.map((follower) => resultOf(follower, task, coding, timeline, decodeMs)));
    },
  };
}

async function follow(
  family: PlaneFamily,
  { curves, python }: SceneTask,
  timeline: Timeline,
): Promise<Follower> {
  const scorers: GateScorer[] = [];
  const run = await startFamily(family, { curves, python }, (frame, marks) => {
    for (const [index, each] of marks.entries()) scorers[index]?.add(frame, each);
  });
  scorers.push(
    ...run.settings.map((setting) =>
      createGateScorer(timeline, setting.hasRegions ? setting.threshold : null),
    ),
  );
  return { family, run, scorers };
}

async function resultOf(
  { family, run, scorers }: Follower,
  { condition, subject, seed, frames }: SceneTask,
  coding: Coding,
  { isEmpty, passages }: Timeline,
  decodeMs: number | null,
): Promise<FamilyResult> {
  const cpuMs = await run.finish();
  const gates = run.settings.map((setting, index) => {
    const scorer = scorers[index];
    if (!scorer) throw new Error(`${setting.gate} has no scorer`);
    return { ...setting, cpuMs: cpuMs[index] ?? null, score: scorer.finish() };
  });
  const clip = { condition, subject, seed, frames, coding, framesPerSecond };
  return { family, clip, isEmpty, passages, decodeMs, gates };
}
