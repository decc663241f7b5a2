import type { MotionGate } from '@framegate/motion-detection';
import { createMotionGate } from '@framegate/motion-detection';
import type { Source } from '@framegate/video-source';
import { SourceError } from '@framegate/video-source';
import type { FrameRecord } from './frame-record.ts';
import { recordOf } from './frame-record.ts';
import { framesOf } from './frames-of.ts';
import type { GateSettings } from './gate-settings.ts';
import { inPixels } from './gate-settings.ts';

export interface WatchOptions {
  /** How much of the source is read; a scene never ends by itself. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Told how many frames were read so far. */
  readonly onFrame?: (frames: number) => void;
}

export interface WatchedRecording {
  /** As the last frame was. */
  readonly width: number;
  readonly height: number;
  readonly frames: readonly FrameRecord[];
  /** Why the recording ended before its end; what could be read is there. */
  readonly problem: string | null;
}

/**
 * Shows a recording to a gate, frame by frame by its own time.
 * @throws {SourceError} the source can't be read
 * @throws {Error} it has no frame at all
 */
export async function watchRecording(
  source: Source,
  settings: Pick<GateSettings, 'sensitivity' | 'motionMasks'>,
  options: WatchOptions,
): Promise<WatchedRecording> {
  const frames: FrameRecord[] = [];
  const gateFor = gatesBySize(settings);
  let size = { width: 0, height: 0 };
  let problem: string | null = null;
  try {
    for await (const { width, height, luma, index, mediaTimeUs } of framesOf(source, options.signal)) {
      if (mediaTimeUs >= options.seconds * 1e6) break;
      size = { width, height };
      const decision = gateFor(width, height).process({ ...luma, ...size }, mediaTimeUs);
      frames.push(recordOf(index, mediaTimeUs / 1e6, decision));
      options.onFrame?.(frames.length);
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'TRUNCATED') throw error;
    problem = error.message;
  }
  if (frames.length === 0) throw new Error('There is no frame to explain: the recording is empty.');
  return { ...size, frames, problem };
}

/** Masks are in fractions of the picture: another size is another gate, which settles anew. */
function gatesBySize({ sensitivity, motionMasks }: Pick<GateSettings, 'sensitivity' | 'motionMasks'>) {
  let current: { key: string; gate: MotionGate } | undefined;
  return (width: number, height: number): MotionGate => {
    const key = `${width}x${height}`;
    if (current?.key !== key) {
      const masks = inPixels(motionMasks, width, height);
      current = { key, gate: createMotionGate({ sensitivity, motionMasks: masks }) };
    }
    return current.gate;
  };
}
