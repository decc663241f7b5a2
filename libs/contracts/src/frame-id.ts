/**
 * One frame of one camera: unique for ever, because an epoch is never used twice.
 * `epoch` grows with each start of the camera, `seq` counts its frames from 1.
 */
export interface FrameId {
  readonly cameraId: string;
  readonly epoch: number;
  readonly seq: number;
}

/** Whether a frame was captured after another one of its camera: clocks step, epochs and numbers only grow. */
export function isAfter(one: Pick<FrameId, 'epoch' | 'seq'>, other: Pick<FrameId, 'epoch' | 'seq'>): boolean {
  return one.epoch === other.epoch ? one.seq > other.seq : one.epoch > other.epoch;
}

/** `<site>/<camera>/<epoch>/<seq>`, the `ce_id` of a frame. */
export function formatFrameId(id: FrameId): string {
  return `${id.cameraId}/${id.epoch}/${id.seq}`;
}

/** The epoch of a camera that starts now: later than the stored one and than any that a lost store held. */
export function nextEpoch(storedEpoch: number, nowUs: number): number {
  return Math.max(storedEpoch + 1, Math.floor(nowUs / 1e6));
}
