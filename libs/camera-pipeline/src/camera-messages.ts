import type { CameraState, FateRun, FrameKind, Region } from '@framegate/contracts';
import type { Source } from '@framegate/video-source';
import type { CameraSettings } from './camera-settings.ts';

/** What a camera's thread is started with. */
export interface CameraStart {
  /** What is sent, and watched unless `watch` is given. */
  readonly source: Source;
  /** A smaller picture of the same view, for the gate. */
  readonly watch?: Source | undefined;
  readonly settings: CameraSettings;
  /** `realtime`: as the camera sends, or a file at its own rate; `none`: as fast as frames are taken. */
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  /** Nothing is dropped: the thread waits until its frames are taken. */
  readonly lossless: boolean;
  /** The anchor of the process's clock, so that all threads have one time. */
  readonly clockAnchorUs: number;
  /** Seed of the reconnection jitter. */
  readonly seed: number;
  /** Without a picture from a camera, after which it is offline, ms. */
  readonly silenceMs?: number;
}

/** What a camera's thread gets. */
export interface CameraTask extends CameraStart {
  /** Of `createReadMark`. */
  readonly reading: SharedArrayBuffer;
}

export type ToCamera =
  | { readonly type: 'configure'; readonly settings: CameraSettings }
  | { readonly type: 'taken' }
  | { readonly type: 'stop' };

/** A frame that passed the gate. Times: µs since the Unix epoch. */
export interface SentFrame {
  readonly seq: number;
  readonly kind: FrameKind;
  readonly capturedAtUs: number;
  readonly gatedAtUs: number;
  readonly encodedAtUs: number;
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly regions: readonly Region[];
  readonly score: number;
  readonly work: { readonly decodeMs: number; readonly gateMs: number; readonly encodeMs: number };
  /** Owns its whole ArrayBuffer, which moves with it. */
  readonly jpeg: Uint8Array<ArrayBuffer>;
}

/**
 * What became of frames since the last such message; `captured` = frames in `runs` + `sent`
 * + the change of `held`, so the ledger balances after each message.
 */
export interface FrameTally {
  readonly type: 'frames';
  readonly captured: number;
  readonly held: number;
  readonly runs: readonly FateRun[];
  readonly sent: readonly SentFrame[];
  /** Of the frames that were stopped, those that were never decoded. */
  readonly undecoded: number;
}

export interface CameraStatus {
  readonly type: 'state';
  readonly state: CameraState;
  /** Why the camera is not online, without credentials. */
  readonly reason: string;
  /** Trying again makes no sense: the mistake is in the configuration. */
  readonly fatal: boolean;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
}

export type FromCamera = FrameTally | CameraStatus;
