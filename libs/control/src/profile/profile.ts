/**
 * What a camera's settings cost and are worth: the Pareto set that `framegate profile` measures. `accuracy` is the
 * share (0..1) of what the top setting finds; bytes are of one JPEG; service is one frame on one worker.
 */
export interface Profile {
  /** `built-in` when nothing was measured. */
  readonly name: string;
  readonly points: readonly ProfilePoint[];
}

export interface ProfilePoint {
  readonly framesPerSecond: number;
  readonly width: number;
  readonly quality: number;
  readonly model: string;
  readonly accuracy: number;
  readonly bytesPerFrame: number;
  readonly serviceMs: number;
}
