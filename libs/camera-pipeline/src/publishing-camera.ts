import type { CameraConfig, CameraIntent, CameraTelemetry } from '@framegate/contracts';
import type { Clock } from '@framegate/service-kit/clock';
import type { Source } from '@framegate/video-source';
import type { CameraStatus, FrameTally, SentFrame } from './camera-messages.ts';
import { settingsOf } from './camera-settings.ts';
import { startCamera } from './camera.ts';
import type { EpochAccount } from './epoch-account.ts';
import type { SenderOptions } from './frame-sender.ts';
import { createFrameSender } from './frame-sender.ts';

export interface PublishingOptions extends Omit<SenderOptions, 'nowUs' | 'partition'> {
  readonly source: Source;
  readonly watch?: Source | undefined;
  readonly config: CameraConfig | undefined;
  readonly intent: CameraIntent;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly clock: Clock;
  readonly onStatus: (status: CameraStatus) => void;
  readonly onSent: (frame: SentFrame) => void;
  /** For metrics: frames that were stopped without being decoded; the books have them as stopped. */
  readonly onUndecoded: (frames: number) => void;
}

/** One camera from its thread to the bus. */
export interface PublishingCamera {
  configure(config: CameraConfig | undefined, intent: CameraIntent): void;
  telemetry(): CameraTelemetry;
  /** These are its books, its source has ended well, and every frame has its fate or is in the spool. */
  isComplete(account: EpochAccount): boolean;
  /** Resolves when the source has ended or was stopped, and every frame has its fate or is in the spool. */
  readonly ended: Promise<void>;
  /** Stops the camera; frames may still be under way. */
  stop(): Promise<void>;
}

export function publishCamera(options: PublishingOptions): PublishingCamera {
  const { account, source, watch, pace, loop, lossless } = options;
  const { nowUs, anchorUs } = options.clock;
  const sender = createFrameSender({ ...options, nowUs, partition: options.config?.partition });
  let { config, intent } = options;
  let status: CameraStatus | undefined;
  let crashed = false;
  let complete = false;

  const onFrames = (tally: FrameTally): void => {
    account.ledger.captured(tally.captured);
    account.ledger.holding(tally.held);
    if (tally.undecoded > 0) options.onUndecoded(tally.undecoded);
    account.ended(tally.runs);
    for (const sent of tally.sent) {
      options.onSent(sent);
      const objectiveMs = config?.objectiveMs ?? intent.objectiveMs;
      const told = { objectiveMs, configVersion: config?.version ?? 0 };
      void sender.send(sent, told).finally(() => camera.taken());
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
      seed: account.epoch,
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
    await sender.settled();
    complete = !crashed;
  };

  return {
    configure(nextConfig, nextIntent) {
      config = nextConfig;
      intent = nextIntent;
      camera.configure(settingsOf(config, intent));
    },
    telemetry() {
      const ackMs = sender.ackMs();
      return {
        cameraId: account.cameraId,
        epoch: account.epoch,
        state: status?.state ?? 'connecting',
        reason: status?.reason ?? '',
        sourceWidth: status?.sourceWidth ?? 0,
        sourceHeight: status?.sourceHeight ?? 0,
        configVersion: config?.version ?? 0,
        counts: account.counts(),
        publishedBytes: account.publishedBytes(),
        ...(ackMs === undefined ? {} : { ackMs }),
      };
    },
    isComplete: (asked) => complete && asked === account,
    ended: camera.ended.then(settle),
    stop() {
      sender.stop();
      return camera.stop();
    },
  };
}
