import { runFfmpeg } from './ffmpeg.ts';
import { runFramegate } from './framegate.ts';
import type { GateRun, OnMarks } from './gate-run.ts';
import { runOpencv } from './opencv.ts';

/** Gates that run together: they share a process, and their results are kept and made again together. */
export const families = ['ours', 'opencv', 'ffmpeg', 'motion'] as const;
export type Family = (typeof families)[number];
/** Those that look at planes as they come; `motion` reads the coded clip by itself, in real time. */
export type PlaneFamily = Exclude<Family, 'motion'>;

export interface FamilyOptions {
  readonly curves: boolean;
  readonly python: string | null;
}

export async function startFamily(
  family: PlaneFamily,
  { curves, python }: FamilyOptions,
  onMarks: OnMarks,
): Promise<GateRun> {
  switch (family) {
    case 'ours':
      return runFramegate(curves, onMarks);
    case 'opencv':
      if (python === null) throw new Error('the OpenCV gates need a Python with opencv-python-headless');
      return runOpencv(python, curves, onMarks);
    case 'ffmpeg':
      return runFfmpeg(curves, onMarks);
  }
}
