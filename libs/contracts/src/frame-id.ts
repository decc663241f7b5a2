/**
 * One frame of one camera: unique for ever, because an epoch is never used twice.
 * `epoch` grows with each start of the camera, `seq` counts its frames from 1.
 */
export interface FrameId {
  readonly cameraId: string;
  readonly epoch: number;
  readonly seq: number;
}

/** `<site>/<camera>/<epoch>/<seq>`, the `ce_id` of a frame. */
export function formatFrameId(id: FrameId): string {
  return `${id.cameraId}/${id.epoch}/${id.seq}`;
}

/** The epoch of a camera that starts now: later than the stored one and than any that a lost store held. */
export function nextEpoch(storedEpoch: number, nowUs: number): number {
  return Math.max(storedEpoch + 1, Math.floor(nowUs / 1e6));
}
