import type { FrameLimits } from './frame-limits.ts';
import type { PacketJudge } from './packet-judge.ts';

export interface OpenOptions {
  /** `realtime` plays recordings and scenes at their own speed; `none` gives frames as fast as they are read. */
  readonly pace: 'realtime' | 'none';
  /** Start a recording again when it ends; media time goes on. */
  readonly loop?: boolean;
  readonly limits?: FrameLimits;
  /** Until a camera has told what it sends, ms; default 10,000. */
  readonly connectTimeoutMs?: number;
  /**
   * Without a picture from a camera, ms; default 10,000. Where FFmpeg reads and other data than pictures still come,
   * it takes effect when the next picture comes: nothing ends such a read before.
   */
  readonly readTimeoutMs?: number;
  /** Decoder threads; default 1. */
  readonly threads?: number;
  /** How often a snapshot camera is asked, Hz; default 5. */
  readonly framesPerSecond?: number;
  /** Decides which packets are decoded; without it all are. Obeyed where `PacketKeeper` can. */
  readonly packets?: PacketJudge | undefined;
  /** Told before a read that may hold up this thread, and after it. */
  readonly onReading?: ((reading: boolean) => void) | undefined;
  readonly signal?: AbortSignal;
  /** Clock in µs, monotonic. */
  readonly now: () => number;
}

export interface SourceInfo {
  readonly width: number;
  readonly height: number;
  /** FFmpeg's name: h264, hevc, mjpeg; `scene` for a synthetic one. */
  readonly codec: string;
  readonly framesPerSecond: number | null;
  readonly durationSeconds: number | null;
  readonly frameCount: number | null;
  /** A camera: when it stops, it is lost, not over. */
  readonly live: boolean;
}
