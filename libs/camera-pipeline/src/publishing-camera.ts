import type {
  CameraConfig,
  CameraIntent,
  CameraTelemetry,
  ClockOffset,
  EdgeFate,
  FateRun,
  Frame,
} from '@framegate/contracts';
import {
  edgeFatesEvent,
  encodeFrame,
  framesTopic,
  maxFrameBytes,
  siteOf,
  topicNames,
} from '@framegate/contracts';
import type { EdgeTracer } from '@framegate/frame-trace';
import { createEdgeLedger, createFateRuns } from '@framegate/frame-ledger';
import type { Producer } from '@framegate/message-bus';
import { BusError } from '@framegate/message-bus';
import type { Clock } from '@framegate/service-kit/clock';
import type { Source } from '@framegate/video-source';
import type { CameraStatus, FrameTally, SentFrame } from './camera-messages.ts';
import { settingsOf } from './camera-settings.ts';
import type { Camera } from './camera.ts';
import { startCamera } from './camera.ts';

/** Runs in one record: an hour of fates is too much for one message. */
const maxRuns = 5000;

/** Waits until the bus may take another frame, or the camera stops: the back pressure of a lossless run in one process. */
export type Admit = (stopping: AbortSignal) => Promise<void>;

export interface PublishingOptions {
  readonly cameraId: string;
  readonly source: Source;
  readonly watch?: Source | undefined;
  readonly epoch: number;
  readonly config: CameraConfig | undefined;
  readonly intent: CameraIntent;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly lossless: boolean;
  readonly clock: Clock;
  /** How this clock differs from the cloud's, as far as is known now. */
  readonly clockOffset: () => ClockOffset | undefined;
  readonly frames: Producer;
  /** For what became of the frames. */
  readonly records: Producer;
  readonly admit?: Admit | undefined;
  readonly onStatus: (status: CameraStatus) => void;
  /** For metrics: one call for each frame's final fate. */
  readonly onFate: (fate: EdgeFate, frames: number) => void;
  readonly onSent: (frame: SentFrame) => void;
  /** For metrics: a broker has the frame. @param ackMs from sending it to the acknowledgement */
  readonly onAcknowledged: (frame: SentFrame, ackMs: number) => void;
  /** For logs: a frame that passed the gate and was not taken. @param traceId where its trace is recorded */
  readonly onRefusedFrame: (seq: number, fate: EdgeFate, traceId: string | undefined) => void;
  readonly trace?: EdgeTracer | undefined;
  /** For metrics: frames that were stopped without being decoded; they are among those of `onFate`. */
  readonly onUndecoded: (frames: number) => void;
}

/** One camera from its thread to the bus, with the ledger of its epoch. */
export interface PublishingCamera {
  readonly cameraId: string;
  configure(config: CameraConfig | undefined, intent: CameraIntent): void;
  telemetry(): CameraTelemetry;
  /** Bytes of frames that are sent and not acknowledged yet. */
  queuedBytes(): number;
  /** Sends the fates since the last call; the last call of an epoch says so. */
  tellFates(final?: boolean): Promise<void>;
  /** Resolves when the source has ended or was stopped, and every frame has its fate. */
  readonly ended: Promise<void>;
  /** Stops the camera; frames may still be under way. */
  stop(): Promise<void>;
}

export function publishCamera(options: PublishingOptions): PublishingCamera {
  const { cameraId, epoch, frames, records } = options;
  const { nowUs, anchorUs } = options.clock;
  const { source, watch, pace, loop, lossless } = options;
  const topic = framesTopic(siteOf(cameraId));
  const ledger = createEdgeLedger();
  const fates = createFateRuns();
  const underWay = new Set<Promise<void>>();
  /** Fixed for the epoch, so that frames of one camera stay in order. */
  const partition = options.config?.partition;
  let { config, intent } = options;
  /** One frame after the other, so that they leave in order. */
  let admitted = Promise.resolve();
  const stopping = new AbortController();
  let status: CameraStatus | undefined;
  let publishedBytes = 0;
  let queuedBytes = 0;
  let ackMs: number | undefined;
  let record = 0;
  let crashed = false;
  /** Every frame has its fate, so a record may say that it is the epoch's last. */
  let complete = false;

  const finish = (seq: number, fate: EdgeFate): void => {
    ledger.encodedEnded(fate);
    fates.add(seq, fate);
    options.onFate(fate, 1);
  };
  const frameOf = (sent: SentFrame): Frame => ({
    ...sent,
    cameraId,
    epoch,
    publishedAtUs: nowUs(),
    objectiveMs: intent.objectiveMs,
    configVersion: config?.version ?? 0,
    clock: options.clockOffset(),
    traceparent: options.trace?.traceparent({ cameraId, epoch, seq: sent.seq }),
  });
  const refuse = (sent: SentFrame, fate: EdgeFate): void => {
    finish(sent.seq, fate);
    const traceId = options.trace?.ended(frameOf(sent), { atUs: nowUs(), error: fate });
    options.onRefusedFrame(sent.seq, fate, traceId);
  };
  const publish = async (sent: SentFrame, camera: Camera): Promise<void> => {
    try {
      await (admitted = admitted.catch(() => {}).then(() => options.admit?.(stopping.signal)));
      if (sent.jpeg.byteLength > maxFrameBytes) return refuse(sent, 'discarded:tooLarge');
      const frame = frameOf(sent);
      const message = encodeFrame(frame);
      const sentAtUs = nowUs();
      const stored = await frames.send(topic, {
        ...message,
        ...(partition === undefined ? {} : { partition }),
      });
      options.trace?.ended(frame, { atUs: nowUs(), stored });
      const tookMs = Math.max(0, nowUs() - sentAtUs) / 1000;
      ackMs = smoothed(ackMs, tookMs);
      options.onAcknowledged(sent, tookMs);
      publishedBytes += sent.jpeg.byteLength;
      finish(sent.seq, 'published');
    } catch (error) {
      refuse(sent, fateOfRefusal(error));
    } finally {
      camera.taken();
    }
  };
  const onFrames = (tally: FrameTally): void => {
    ledger.captured(tally.captured);
    ledger.holding(tally.held);
    if (tally.undecoded > 0) options.onUndecoded(tally.undecoded);
    for (const [from, to, fate] of tally.runs) {
      ledger.ended(fate, to - from + 1);
      options.onFate(fate, to - from + 1);
      for (let seq = from; seq <= to; seq++) fates.add(seq, fate);
    }
    for (const sent of tally.sent) {
      ledger.encoding();
      options.onSent(sent);
      const bytes = sent.jpeg.byteLength;
      queuedBytes += bytes;
      const sending = publish(sent, camera).finally(() => {
        queuedBytes -= bytes;
        underWay.delete(sending);
      });
      underWay.add(sending);
    }
  };

  const camera = startCamera(
    {
      source,
      watch,
      pace,
      loop,
      lossless,
      settings: settingsOf(config, intent),
      clockAnchorUs: anchorUs,
      seed: epoch,
    },
    {
      onFrames,
      onStatus: (next) => {
        status = next;
        crashed ||= next.state === 'ended' && next.fatal;
        options.onStatus(next);
      },
    },
  );
  const settle = async (): Promise<void> => {
    await Promise.all(underWay);
    complete = !crashed;
  };
  const tellRuns = async (runs: FateRun[], final: boolean): Promise<void> => {
    const event = edgeFatesEvent.encode({ cameraId, epoch, record: ++record, runs, final, atUs: nowUs() });
    await records.send(topicNames.outcomes, event);
  };

  return {
    cameraId,
    configure(nextConfig, nextIntent) {
      config = nextConfig;
      intent = nextIntent;
      camera.configure(settingsOf(config, intent));
    },
    queuedBytes: () => queuedBytes,
    telemetry: () => ({
      cameraId,
      epoch,
      state: status?.state ?? 'connecting',
      reason: status?.reason ?? '',
      sourceWidth: status?.sourceWidth ?? 0,
      sourceHeight: status?.sourceHeight ?? 0,
      configVersion: config?.version ?? 0,
      counts: ledger.counts(),
      publishedBytes,
      ...(ackMs === undefined ? {} : { ackMs }),
    }),
    async tellFates(final = false) {
      if (fates.isEmpty && !final) return;
      const runs = fates.take();
      for (let start = 0; start === 0 || start < runs.length; start += maxRuns) {
        const some = runs.slice(start, start + maxRuns);
        await tellRuns(some, final && complete && start + maxRuns >= runs.length);
      }
    },
    ended: camera.ended.then(settle),
    stop() {
      stopping.abort();
      return camera.stop();
    },
  };
}

/** An exponentially weighted mean (1/8, as TCP's round-trip time, RFC 6298). */
function smoothed(mean: number | undefined, next: number): number {
  return Math.max(0, mean === undefined ? next : mean + (next - mean) / 8);
}

function fateOfRefusal(error: unknown): EdgeFate {
  if (!(error instanceof BusError)) return 'discarded:unacknowledged';
  if (error.code === 'MESSAGE_TOO_LARGE') return 'discarded:tooLarge';
  return error.code === 'LANE_OVERFLOW' ? 'discarded:busAway' : 'discarded:unacknowledged';
}
