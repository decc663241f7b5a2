/** Only `live` frames have a deadline; the other kinds run on spare capacity. */
export type MailKind = 'live' | 'preroll' | 'keepalive' | 'backfill';

/** A frame on its way to a worker. */
export interface Mail<T> {
  cameraId: string;
  kind: MailKind;
  /** The camera's run; frames of a later epoch are newer whatever their capture time says. Default 0. */
  epoch?: number;
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

/** True when `mail` was captured after `other`, a frame of the same camera. */
export function isNewer(
  mail: Pick<Mail<unknown>, 'epoch' | 'capturedAtUs'>,
  other: Pick<Mail<unknown>, 'epoch' | 'capturedAtUs'>,
): boolean {
  const epochs = (mail.epoch ?? 0) - (other.epoch ?? 0);
  return epochs === 0 ? mail.capturedAtUs > other.capturedAtUs : epochs > 0;
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
