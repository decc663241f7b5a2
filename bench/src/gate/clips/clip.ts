/** How a clip comes to the gates: as it was drawn, or through H.264 as an IP camera sends it. */
export const codings = ['raw', 'h264'] as const;
export type Coding = (typeof codings)[number];

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** 1280x720 at 10 frames/s, what an ordinary camera gives an analysis. */
export const clipSize: PictureSize = { width: 1280, height: 720 };
export const framesPerSecond = 10;

/** One scene; each coding makes a clip of it. */
export interface SceneKey {
  readonly condition: string;
  readonly subject: string;
  /** 1 to 9 for tuning, 100 and above for reporting. */
  readonly seed: number;
  readonly frames: number;
}

export interface ClipKey extends SceneKey {
  readonly coding: Coding;
}

export function clipName({ condition, subject, seed, frames, coding }: ClipKey): string {
  return `${condition}.${subject}.${seed}.${frames}.${coding}`;
}

/** An 8-bit picture of brightness. */
export interface Luma {
  readonly data: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}
