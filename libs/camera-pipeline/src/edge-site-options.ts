import type { CameraIntent, EdgeFate, Frame } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import type { Tracing } from '@framegate/service-kit';
import type { Clock } from '@framegate/service-kit/clock';
import type { Source } from '@framegate/video-source';
import type { CameraStatus, SentFrame } from './camera-messages.ts';
import type { EdgeMemory } from './edge-memory.ts';
import type { Admit } from './frame-sender.ts';
import type { SpoolTrouble } from './frame-spool.ts';
import type { SpoolSettings } from './site-delivery.ts';

/** A camera as its site knows it. */
export interface SiteCamera {
  readonly source: Source;
  /** A smaller picture of the same view, watched for motion. */
  readonly watch?: Source | undefined;
  readonly intent: CameraIntent;
}

export interface EdgeSiteOptions {
  readonly site: string;
  readonly timezone: string;
  readonly instance: string;
  readonly cameras: readonly SiteCamera[];
  readonly bus: MessageBus;
  /** Sees to it that the topics are there; cameras start without it where their frames can be kept. */
  readonly prepare?: () => Promise<void>;
  readonly clock: Clock;
  readonly memory: EdgeMemory;
  /** Keeps frames and fates while the bus is away; a lossless run waits instead. */
  readonly spool?: SpoolSettings | undefined;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly lossless: boolean;
  readonly admit?: Admit;
  /** How long a camera waits for its first configuration before it starts on its intent alone, milliseconds. */
  readonly configWaitMs: number;
  /** How long no controller must be heard until the cameras go to the site's own safe rung; absent or 0: never. */
  readonly safeAfterSeconds?: number;
  readonly observer: EdgeObserver;
  /** Absent: no traces. */
  readonly tracing?: Tracing | undefined;
}

/** Told of what happens, for metrics and logs. */
export interface EdgeObserver extends SpoolTrouble {
  onStatus(cameraId: string, status: CameraStatus): void;
  onFate(cameraId: string, fate: EdgeFate, frames: number): void;
  onSent(cameraId: string, frame: SentFrame): void;
  /** A broker has the frame, `ackMs` after it was sent. */
  onAcknowledged?(cameraId: string, frame: Frame, ackMs: number): void;
  /** A frame that passed the gate and that neither the bus nor the spool took. */
  onRefusedFrame?(cameraId: string, seq: number, fate: EdgeFate, traceId: string | undefined): void;
  /** Frames that were stopped without being decoded. */
  onUndecoded?(cameraId: string, frames: number): void;
  /** No controller is heard, so the cameras go to the safe rung; or one is heard again. */
  onSafeRung?(isSafe: boolean): void;
  onRefused(topic: string, error: unknown): void;
  /** The last fates were not told before the end: an audit will miss them. */
  onUntold(error: unknown): void;
}
