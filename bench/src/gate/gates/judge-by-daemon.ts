import type { SceneKey } from '../clips/clip.ts';
import { framesPerSecond } from '../clips/clip.ts';
import { openTrial } from '../clips/trial.ts';
import type { FamilyResult } from '../results/family-result.ts';
import { createGateScorer } from '../scoring/gate-score.ts';
import { timelineOf } from '../scoring/timeline.ts';
import { daemonThresholds, runMotionDaemon } from './motion-daemon.ts';

/** What the `motion` daemon makes of a coded clip, at all its thresholds at once. */
export async function judgeByDaemon(scene: SceneKey, path: string, curves: boolean): Promise<FamilyResult> {
  const trial = openTrial(scene);
  const runs = await Promise.all(
    daemonThresholds(curves).map((threshold) => runMotionDaemon(path, scene.frames, threshold)),
  );
  const { isEmpty, passages, ...timeline } = timelineOf(
    (frame) => trial.truth(frame),
    scene.frames,
    framesPerSecond,
  );
  const gates = runs.map(({ setting, marks, cpuMs }) => {
    const scorer = createGateScorer({ isEmpty, passages, ...timeline }, setting.threshold);
    for (const [frame, each] of marks.entries()) scorer.add(frame, each);
    return { ...setting, cpuMs, score: scorer.finish() };
  });
  const { condition, subject, seed, frames } = scene;
  const clip = { condition, subject, seed, frames, coding: 'h264' as const, framesPerSecond };
  return { family: 'motion', clip, isEmpty, passages, decodeMs: null, gates };
}
