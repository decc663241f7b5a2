/** Only `live` frames have a deadline; the other kinds run on spare capacity. */
export type MailKind = 'live' | 'preroll' | 'keepalive' | 'backfill';

/** A frame on its way to a worker. */
export interface Mail<T> {
  cameraId: string;
  kind: MailKind;
  /** The camera's run; frames of a later epoch are newer whatever their capture time says. Default 0. */
  epoch?: number;
  /** Its number in that run. Where frames have one it tells which is newer: corrected times go back with a clock. */
  seq?: number;
  /** Capture time on the clock of `nowUs`: the caller has already added the site's clock offset. */
  capturedAtUs: number;
  /** How long after capture the result is still worth having. */
  objectiveUs: number;
  /** The camera's share relative to the others; default 1, must be positive. */
  weight?: number;
  payload: T;
}

/** What became of mail that was never taken: overtaken by newer mail, or too late to be of use. */
export type Fate = 'superseded' | 'expired';

/** What tells which of two frames of one camera is newer. */
export interface Age {
  readonly epoch: number;
  readonly seq: number | undefined;
  readonly capturedAtUs: number;
}

export function ageOf({ epoch = 0, seq, capturedAtUs }: Mail<unknown>): Age {
  return { epoch, seq, capturedAtUs };
}

/** True when `one` was captured after `other`, both of the same camera. */
export function isNewer(one: Age, other: Age): boolean {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch;
  if (one.seq !== undefined && other.seq !== undefined) return one.seq > other.seq;
  return one.capturedAtUs > other.capturedAtUs;
}

/** True when even a capture `uncertaintyUs` later than stated would miss the objective. */
export function isTooLate(
  mail: Mail<unknown>,
  nowUs: number,
  predictedServiceUs: number,
  uncertaintyUs: number,
): boolean {
  return nowUs - mail.capturedAtUs - uncertaintyUs + predictedServiceUs > mail.objectiveUs;
}
