/**
 * What a camera's settings cost and are worth: the Pareto set that `framegate profile` measures. `accuracy` is the
 * share (0..1) of what the top setting finds; bytes are of one JPEG; service is one frame on one worker.
 */
export interface Profile {
  /** `built-in` when nothing was measured. */
  readonly name: string;
  readonly points: readonly ProfilePoint[];
  /** What the motion gate lets pass by its sensitivity; absent where nobody measured it. */
  readonly gate?: readonly GatePoint[];
}

/** What a less sensitive motion gate saves and costs, against the most sensitive point. */
export interface GatePoint {
  /** 0..100. */
  readonly motionSensitivity: number;
  /** Share of the frames that it still sends, 0..1. */
  readonly sentShare: number;
  /** Share of the accuracy that is left, 0..1. */
  readonly accuracyShare: number;
}

export interface ProfilePoint {
  readonly framesPerSecond: number;
  readonly width: number;
  readonly quality: number;
  readonly model: string;
  readonly accuracy: number;
  readonly bytesPerFrame: number;
  readonly serviceMs: number;
  /** Where the lever is declared: the gate's sensitivity, and the share of frames that it still sends. */
  readonly motionSensitivity?: number;
  readonly sentShare?: number;
}
