import { setImmediate } from 'node:timers/promises';
import type { Box } from '@framegate/detection';
import type { VideoFrame } from '@framegate/video-source';
import { openSource, openWriter, SourceError } from '@framegate/video-source';
import type { AnalysedFrame } from './analysed-frame.ts';
import type { Annotation } from './annotate-rgb.ts';
import { annotateRgb } from './annotate-rgb.ts';
import type { FrameLog } from './frame-log.ts';
import type { InspectedRecording } from './inspect-recording.ts';
import { rgbToI420 } from './rgb-to-i420.ts';

/** For a file that doesn't tell its rate. */
const fallbackFramesPerSecond = 25;

export interface AnnotateOptions {
  readonly signal: AbortSignal;
  readonly onFrame: () => void;
}

/**
 * Decodes a recording once more and writes it as an MP4 with what was found in it. All frames are in it; the video
 * has its even size throughout. Complete or not there.
 * @throws what the signal was aborted with
 */
export async function annotateRecording(
  { source, info }: InspectedRecording,
  log: Pick<FrameLog, 'frames'>,
  path: string,
  { signal, onFrame }: AnnotateOptions,
): Promise<void> {
  const [width, height] = [evenSide(info.width), evenSide(info.height)];
  const framesPerSecond = info.framesPerSecond ?? fallbackFramesPerSecond;
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000 });
  const writer = await openWriter(path, { width, height, framesPerSecond });
  const analysed = log.frames();
  try {
    let next = await analysed.next();
    for (let frame = await readWhatIsThere(reader); frame; frame = await readWhatIsThere(reader)) {
      const found = !next.done && next.value.frame === frame.index ? next.value : null;
      const image = { data: frame.toRgb(width, height), width, height };
      annotateRgb(image, annotationOf(frame, found, width, height));
      frame.close();
      writer.write({ width, height, data: rgbToI420(image) });
      if (found) next = await analysed.next();
      onFrame();
      // Decoding and encoding never leave the event loop a turn of their own.
      await setImmediate();
      signal.throwIfAborted();
    }
    await writer.close();
  } finally {
    await writer.abort();
    await analysed.return(undefined);
    await reader.close();
  }
}

/** A file that is cut short was reported when it was analysed. */
async function readWhatIsThere(reader: { read(): Promise<VideoFrame | null> }): Promise<VideoFrame | null> {
  return reader.read().catch((error: unknown) => {
    if (error instanceof SourceError) return null;
    throw error;
  });
}

function annotationOf(
  frame: VideoFrame,
  found: AnalysedFrame | null,
  width: number,
  height: number,
): Annotation {
  const timeSeconds = frame.mediaTimeUs / 1e6;
  if (!found) return { objects: [], gate: { state: 'still', score: null, regions: [] }, timeSeconds };
  const scaleX = width / frame.width;
  const scaleY = height / frame.height;
  const scaled = ([x, y, w, h]: Box): Box => [x * scaleX, y * scaleY, w * scaleX, h * scaleY];
  const { objects, gate } = found;
  return {
    objects: objects.map((object) => ({ ...object, box: scaled(object.box) })),
    gate: {
      state: gate.score === null ? 'off' : 'motion',
      score: gate.score,
      regions: gate.regions.map(scaled),
    },
    timeSeconds,
  };
}

function evenSide(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2);
}
