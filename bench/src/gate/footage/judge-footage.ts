import type { AssetName } from '@framegate/assets';
import { AssetError, findAsset } from '@framegate/assets';
import { createMotionGate } from '@framegate/motion-detection';
import { openSource } from '@framegate/video-source';
import type { Verdict } from '../table/goals.ts';
import { percent } from '../table/goals.ts';
import { deliveredFrames } from './delivered-frames.ts';
import type { FootageScore } from './footage-score.ts';
import { scoreFootage } from './footage-score.ts';
import { labelFile, personLabels } from './person-labels.ts';

export interface FootageRow extends FootageScore {
  readonly clip: string;
  readonly frames: number;
}

const clips: readonly AssetName[] = ['vtest.avi', 'one-by-one-person-detection.mp4'];
/** Of both clips. */
const framesPerSecond = 10;

/** Our gate on the real clips that are at hand, and a line for each thing that is not. */
export async function judgeFootage(
  labelFolder: string,
  onProgress: (share: number) => void,
): Promise<{ rows: FootageRow[]; notes: string[] }> {
  const rows: FootageRow[] = [];
  const notes: string[] = [];
  for (const clip of clips) {
    try {
      const { path } = await findAsset(clip, { allowDownload: false });
      const motion = await motionIn(path);
      const file = labelFile(labelFolder, clip);
      const labels = await personLabels(path, file, (frame) => onProgress(frame / motion.length));
      const score = scoreFootage(labels, deliveredFrames(motion, framesPerSecond), framesPerSecond);
      rows.push({ clip, frames: labels.length, ...score });
    } catch (error) {
      if (!(error instanceof AssetError)) throw error;
      notes.push(`${clip} is skipped: ${error.message}`);
    }
  }
  return { rows, notes };
}

async function motionIn(path: string): Promise<boolean[]> {
  const reader = await openSource(
    { kind: 'file', path },
    { pace: 'none', now: () => performance.now() * 1000 },
  );
  const gate = createMotionGate();
  const motion: boolean[] = [];
  try {
    for (let frame = await reader.read(); frame; frame = await reader.read()) {
      const { width, height } = frame;
      motion.push(gate.process({ ...frame.luma, width, height }, frame.mediaTimeUs).motion);
      frame.close();
    }
    return motion;
  } finally {
    await reader.close();
  }
}

const busyShare = 0.5;
const mostPassed = 0.6;
const leastAppearances = 0.98;
const leastSeconds = 0.95;

export function footageVerdicts(rows: readonly FootageRow[]): Verdict[] {
  return rows.flatMap(({ clip, withPeople, passed, appearances, seconds }) => {
    const people = withPeople.share ?? 0;
    return [
      {
        promise: `${clip}: at most ${percent(mostPassed, 0)} of frames passed where people are in at most ${percent(busyShare, 0)}`,
        measured: `${percent(passed.share)} passed, people in ${percent(people)}`,
        reached: people > busyShare ? null : (passed.share ?? 1) <= mostPassed,
      },
      {
        promise: `${clip}: appearances of persons still seen >= ${percent(leastAppearances, 0)}`,
        measured: `${percent(appearances.share)} (${appearances.hits} of ${appearances.count})`,
        reached: (appearances.share ?? 0) >= leastAppearances,
      },
      {
        promise: `${clip}: seconds with the same count of persons >= ${percent(leastSeconds, 0)}`,
        measured: `${percent(seconds.share)} (${seconds.hits} of ${seconds.count})`,
        reached: (seconds.share ?? 0) >= leastSeconds,
      },
    ];
  });
}
