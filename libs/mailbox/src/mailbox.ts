import { createLiveSlots } from './live-slots.ts';
import { createLosslessQueue } from './lossless-queue.ts';
import type { Fate, Mail } from './mail.ts';
import { createSpareQueue } from './spare-queue.ts';

/**
 * Where frames wait for a worker: the newest live frame of each camera, and a bounded queue of mail without
 * a deadline. Every mail offered ends exactly once: taken, drained, or reported to `onFate`.
 * All times are microseconds on one clock that never goes back.
 */
export interface Mailbox<T> {
  /** @throws RangeError when the mail's weight is not positive or a time is not finite. */
  offer(mail: Mail<T>, nowUs: number): void;
  /**
   * What a free worker does next: up to `max` live frames of different cameras, most urgent first, or, when
   * no live frame waits, one spare mail (alone, so that a live frame never waits behind a batch of them).
   * `predictedServiceUs` is how long until the result of a frame taken now.
   */
  take(max: number, nowUs: number, predictedServiceUs: number): Mail<T>[];
  /**
   * Null except after a `take` of a `patient` mailbox that returned nothing although mail waits: then ask
   * again at the next offer, and at this time at the latest.
   */
  waitUntilUs(): number | null;
  /** How many mails are held, of all kinds. */
  size(): number;
  /** How long the longest-held live frame (lossless: the longest-held mail) has waited here; null if none. */
  headAgeUs(nowUs: number): number | null;
  /** How many mails of each camera are held; cameras without mail are absent. */
  depthByCamera(): Map<string, number>;
  /** Empties the mailbox and returns what it held, without fates. */
  drain(): Mail<T>[];
}

export interface MailboxOptions<T> {
  /** Called once for each mail that will never be taken. Must not call back into the mailbox. */
  onFate(mail: Mail<T>, fate: Fate): void;
  /** How many frames (of weight 1) a camera may be served ahead of another that waits. Default 4. */
  creditFrames?: number;
  /** How many mails without a deadline are held at most. Default 256. */
  maxSpare?: number;
  /**
   * Idle a moment when the chosen frame's successor is due much sooner than the frame has waited: in overload
   * results are clearly younger for about 1 % of throughput (decision 0003). The caller must honour
   * `waitUntilUs`. Default false.
   */
  patient?: boolean;
  /**
   * Hands out everything, in order within a camera and the cameras in turn, a camera perhaps several times in
   * a batch: no fates at all, so it grows unless the caller pushes back. Default false.
   */
  lossless?: boolean;
  /** Error of the clock offset in `capturedAtUs`: a frame that may still be in time is kept. Default 0. */
  clockUncertaintyUs?: number | ((cameraId: string) => number);
}

export function createMailbox<T>(options: MailboxOptions<T>): Mailbox<T> {
  return options.lossless ? createLosslessMailbox() : createNewestMailbox(options);
}

function createNewestMailbox<T>(options: MailboxOptions<T>): Mailbox<T> {
  const { creditFrames = 4, maxSpare = 256, patient = false, clockUncertaintyUs = 0 } = options;
  const onFate = (mail: Mail<T>, fate: Fate): void => options.onFate(mail, fate);
  requireAtLeast('creditFrames', creditFrames, 1);
  requireAtLeast('maxSpare', maxSpare, 0);
  const uncertaintyUsOf =
    typeof clockUncertaintyUs === 'number' ? () => clockUncertaintyUs : clockUncertaintyUs;
  const live = createLiveSlots<T>({ onFate, creditFrames, patient, clockUncertaintyUs: uncertaintyUsOf });
  const spare = createSpareQueue(maxSpare, onFate);

  function* held(): Iterable<Mail<T>> {
    yield* live.held();
    yield* spare.held();
  }

  return {
    offer(mail, nowUs) {
      requireSound(mail);
      if (mail.kind === 'live') live.offer(mail, nowUs);
      else spare.offer(mail);
    },
    take(max, nowUs, predictedServiceUs) {
      if (max < 1) return [];
      const batch = live.take(max, nowUs, predictedServiceUs);
      if (batch.length > 0 || live.size() > 0) return batch;
      const mail = spare.take();
      return mail ? [mail] : [];
    },
    waitUntilUs: () => live.waitUntilUs(),
    size: () => live.size() + spare.size(),
    headAgeUs: (nowUs) => ageUs(live.oldestOfferUs(), nowUs),
    depthByCamera: () => countByCamera(held()),
    drain() {
      const mails = [...held()];
      live.clear();
      spare.clear();
      return mails;
    },
  };
}

function createLosslessMailbox<T>(): Mailbox<T> {
  const queue = createLosslessQueue<T>();
  return {
    offer(mail, nowUs) {
      requireSound(mail);
      queue.offer(mail, nowUs);
    },
    take: (max) => queue.take(max),
    waitUntilUs: () => null,
    size: () => queue.size(),
    headAgeUs: (nowUs) => ageUs(queue.oldestOfferUs(), nowUs),
    depthByCamera: () => countByCamera(queue.held()),
    drain() {
      const mails = [...queue.held()];
      queue.clear();
      return mails;
    },
  };
}

function ageUs(sinceUs: number | null, nowUs: number): number | null {
  return sinceUs === null ? null : nowUs - sinceUs;
}

function countByCamera(mails: Iterable<Mail<unknown>>): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { cameraId } of mails) depths.set(cameraId, (depths.get(cameraId) ?? 0) + 1);
  return depths;
}

function requireAtLeast(name: string, value: number, least: number): void {
  if (!(value >= least)) throw new RangeError(`mailbox: ${name} is ${value}, expected at least ${least}`);
}

function requireSound(mail: Mail<unknown>): void {
  if (mail.weight !== undefined && !(mail.weight > 0 && Number.isFinite(mail.weight)))
    throw new RangeError(`mailbox: weight of ${mail.cameraId} is ${mail.weight}, expected a positive number`);
  if (!Number.isFinite(mail.capturedAtUs))
    throw new RangeError(
      `mailbox: capturedAtUs of ${mail.cameraId} is ${mail.capturedAtUs}, expected microseconds`,
    );
}
