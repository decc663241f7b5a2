import type { ClockOffset, EdgeFate, Frame } from '@framegate/contracts';
import { encodeFrame, framesTopic, maxFrameBytes, siteOf } from '@framegate/contracts';
import type { EdgeTracer } from '@framegate/frame-trace';
import type { Producer } from '@framegate/message-bus';
import { BusError } from '@framegate/message-bus';
import type { SentFrame } from './camera-messages.ts';
import type { EpochAccount } from './epoch-account.ts';
import type { FrameSpool } from './frame-spool.ts';
import type { Uplink } from './uplink.ts';

/** Waits until the bus may take another frame, or the camera stops: the back pressure of a lossless run in one process. */
export type Admit = (stopping: AbortSignal) => Promise<void>;

export interface SenderOptions {
  readonly account: EpochAccount;
  readonly frames: Producer;
  /** Where frames go that the bus can't take; without one they are discarded. */
  readonly spool: FrameSpool | undefined;
  readonly uplink: Uplink;
  /** Every frame waits for its turn, however long it takes. */
  readonly lossless: boolean;
  /** Fixed for the epoch, so that frames of one camera stay in order. */
  readonly partition: number | undefined;
  readonly nowUs: () => number;
  /** How this clock differs from the cloud's, as far as is known now. */
  readonly clockOffset: () => ClockOffset | undefined;
  readonly admit: Admit | undefined;
  readonly trace?: EdgeTracer | undefined;
  /** For logs: a frame that passed the gate and was not taken. @param traceId where its trace is recorded */
  readonly onRefusedFrame: (seq: number, fate: EdgeFate, traceId: string | undefined) => void;
  /** For metrics: a broker has the frame. @param ackMs from sending it to the acknowledgement */
  readonly onAcknowledged: (frame: Frame, ackMs: number) => void;
}

/**
 * Part of its objective for which a frame waits for its turn; then only while it is the newest of its camera. A frame
 * that stands behind others for longer is late, and makes those behind it late, too.
 */
const freshShare = 0.25;

/** What a frame says of its camera's settings. */
type ToldOfFrame = Pick<Frame, 'objectiveMs' | 'configVersion'>;

/** Brings the frames of one camera's epoch to the bus, in order, and gives each its fate. */
export interface FrameSender {
  /** Resolves when the frame has its fate, or is in the spool. */
  send(
    frame: SentFrame,
    told: { readonly objectiveMs: number; readonly configVersion: number },
  ): Promise<void>;
  /** From sending to the acknowledgement, smoothed, ms. */
  ackMs(): number | undefined;
  /** Resolves when every frame so far has its fate, or is in the spool. */
  settled(): Promise<void>;
  /** Nothing waits for admission any more. */
  stop(): void;
}

export function createFrameSender(options: SenderOptions): FrameSender {
  const { account, frames, spool, uplink, nowUs } = options;
  const { cameraId, epoch } = account;
  const topic = framesTopic(siteOf(cameraId));
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  /** One frame after the other, so that they leave in order. */
  let admitted = Promise.resolve();
  let ackMs: number | undefined;

  const frameOf = (sent: SentFrame, told: ToldOfFrame): Frame => ({
    ...sent,
    ...told,
    cameraId,
    epoch,
    publishedAtUs: nowUs(),
    clock: options.clockOffset(),
    traceparent: options.trace?.traceparent({ cameraId, epoch, seq: sent.seq }),
  });
  const refuse = (frame: Frame, fate: EdgeFate): void => {
    account.encodedEnded(frame.seq, fate);
    const traceId = options.trace?.ended(frame, { atUs: nowUs(), error: fate });
    options.onRefusedFrame(frame.seq, fate, traceId);
  };
  const publish = async (frame: Frame): Promise<void> => {
    const { seq, jpeg } = frame;
    if (jpeg.byteLength > maxFrameBytes) return refuse(frame, 'discarded:tooLarge');
    const message = encodeFrame(frame);
    const { partition } = options;
    const arrived = uplink.began(jpeg.byteLength);
    const sentAtUs = nowUs();
    try {
      const stored = await frames.send(topic, {
        ...message,
        ...(partition === undefined ? {} : { partition }),
        ...(options.lossless ? {} : { freshForMs: freshShare * frame.objectiveMs }),
      });
      options.trace?.ended(frame, { atUs: nowUs(), stored });
      const tookMs = Math.max(0, nowUs() - sentAtUs) / 1000;
      ackMs = smoothed(ackMs, tookMs);
      options.onAcknowledged(frame, tookMs);
      account.encodedEnded(seq, 'published', jpeg.byteLength);
    } catch (error) {
      arrived();
      const fate = fateOfRefusal(error);
      if (!spool || fate === 'discarded:tooLarge') refuse(frame, fate);
      // It says that the camera lives now: later it says nothing.
      else if (frame.kind === 'keepalive') refuse(frame, 'discarded:staleKeepAlive');
      else await spool.keep(account, seq, message, partition);
    } finally {
      arrived();
    }
  };

  return {
    send(frame, told) {
      account.ledger.encoding();
      const admission = (admitted = admitted.catch(() => {}).then(() => options.admit?.(stopping.signal)));
      const sending = admission
        .then(
          () => publish(frameOf(frame, told)),
          () => refuse(frameOf(frame, told), 'discarded:unacknowledged'),
        )
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
      return sending;
    },
    ackMs: () => ackMs,
    settled: async () => void (await Promise.all(underWay)),
    stop: () => stopping.abort(),
  };
}

/** An exponentially weighted mean (1/8, as TCP's round-trip time, RFC 6298). */
function smoothed(mean: number | undefined, next: number): number {
  return mean === undefined ? next : mean + (next - mean) / 8;
}

function fateOfRefusal(error: unknown): EdgeFate {
  if (!(error instanceof BusError)) return 'discarded:unacknowledged';
  if (error.code === 'MESSAGE_TOO_LARGE') return 'discarded:tooLarge';
  if (error.code === 'SUPERSEDED') return 'discarded:stale';
  return error.code === 'LANE_OVERFLOW' ? 'discarded:busAway' : 'discarded:unacknowledged';
}
