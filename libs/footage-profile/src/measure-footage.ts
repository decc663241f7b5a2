import { createRateSampler } from '@framegate/rate-sampler';
import type { Detector } from '@framegate/object-detector';
import type { JpegPicture, Source, VideoFrame } from '@framegate/video-source';
import { openSource, SourceError } from '@framegate/video-source';
import type { Grid, Look } from './grid.ts';
import { pointsOf } from './points.ts';
import type { MeasuredPoint } from './points.ts';
import { truthOf } from './scene-truth.ts';
import { shuffled } from './shuffled.ts';
import { countFrame, createTally, forgetHeld } from './tally.ts';
import type { LookTally, Sight } from './tally.ts';

export interface Clip {
  /** Without credentials. */
  readonly name: string;
  readonly source: Source;
}

export interface MeasuredClip {
  readonly name: string;
  readonly frames: number;
  /** Detections of the top configuration over all frames. */
  readonly objects: number;
  /** Why it ended before its end; what could be read is counted. */
  readonly problem: string | null;
}

export interface FootageMeasurement {
  readonly clips: readonly MeasuredClip[];
  /** What accuracy is held against: this look at every source frame. */
  readonly top: Look;
  readonly points: readonly MeasuredPoint[];
}

export interface MeasureOptions {
  /** One for each model of the grid, by its name there, with one worker. */
  readonly detectors: ReadonlyMap<string, Detector>;
  /** Of each clip; a scene never ends by itself. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Told how many frames were measured so far. */
  readonly onFrame?: (frames: number) => void;
}

/**
 * Shows footage in every setting of the grid to the real encoder and detector, one run at a time. Each frame is seen
 * in all settings before the next one is read, in another order each time, so that whatever slows the machine slows all
 * settings alike.
 *
 * Accuracy is of what a consumer sees at the time of each source frame: the result of the last frame that the rate
 * took, held against that of the top look at this very frame.
 * @throws {SourceError} a clip can't be read
 */
export async function measureFootage(
  clips: readonly Clip[],
  grid: Grid,
  options: MeasureOptions,
): Promise<FootageMeasurement> {
  const tallies = createTally(grid);
  const top = tallies.at(-1)?.look;
  if (!top) throw new RangeError('the grid is empty, expected at least one model, width, quality and rate');
  const measured: MeasuredClip[] = [];
  let frames = 0;
  for (const clip of clips) {
    forgetHeld(tallies);
    measured.push(await measureClip(clip, tallies, grid.rates, options, () => options.onFrame?.(++frames)));
  }
  const hasTruth = clips.every(({ source }) => source.kind === 'scene');
  return { clips: measured, top, points: pointsOf(tallies, hasTruth) };
}

async function measureClip(
  { name, source }: Clip,
  tallies: readonly LookTally[],
  rates: readonly number[],
  { detectors, seconds, signal }: MeasureOptions,
  onFrame: () => void,
): Promise<MeasuredClip> {
  const measureFrame = createFrameMeasure(source, tallies, rates, detectors);
  const counts = { frames: 0, objects: 0 };
  let problem: string | null = null;
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000, signal });
  try {
    for (let frame = await reader.read(); frame; frame = await reader.read()) {
      try {
        signal.throwIfAborted();
        if (frame.mediaTimeUs >= seconds * 1e6) break;
        counts.objects += await measureFrame(frame);
        counts.frames += 1;
      } finally {
        frame.close();
      }
      onFrame();
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'TRUNCATED') throw error;
    problem = error.message;
  } finally {
    await reader.close();
  }
  signal.throwIfAborted();
  return { name, ...counts, problem };
}

/** Measures the frames of one clip in their order; each answers with how many objects the top look found. */
function createFrameMeasure(
  source: Source,
  tallies: readonly LookTally[],
  rates: readonly number[],
  detectors: ReadonlyMap<string, Detector>,
): (frame: VideoFrame) => Promise<number> {
  const samplers = rates.map((rate) => ({ rate, sampler: createRateSampler() }));
  const truth = truthOf(source);
  return async (frame) => {
    const takers = samplers.filter(({ rate, sampler }) => sampler.accepts(frame.mediaTimeUs, rate));
    const taken = new Set(takers.map(({ rate }) => rate));
    const sights = await lookAt(frame, taken.size > 0 ? tallies : tallies.slice(-1), detectors);
    const top = sights.get(tallies.at(-1))?.detections ?? [];
    const expected = { top, truth: truth?.(frame.index) ?? [] };
    for (const tally of tallies) countFrame(tally, sights.get(tally), taken, expected);
    return top.length;
  };
}

/** One frame in these looks, each by itself. */
async function lookAt(
  frame: VideoFrame,
  tallies: readonly LookTally[],
  detectors: ReadonlyMap<string, Detector>,
): Promise<Map<LookTally | undefined, Sight>> {
  const sights = new Map<LookTally | undefined, Sight>();
  const jpegs = new Map<string, JpegPicture>();
  for (const tally of shuffled(tallies, frame.index)) {
    const { width, quality, model } = tally.look;
    const key = `${width} ${quality}`;
    const jpeg = jpegs.get(key) ?? (await frame.encodeJpeg({ width, quality }));
    jpegs.set(key, jpeg);
    const detector = detectors.get(model);
    if (!detector) throw new RangeError(`there is no detector for the model ${model}`);
    sights.set(tally, await detect(detector, jpeg, frame));
  }
  return sights;
}

/** Boxes are put into pixels of the source. */
async function detect(
  detector: Detector,
  { bytes }: JpegPicture,
  { width, height }: VideoFrame,
): Promise<Sight> {
  const result = await detector.detect({ kind: 'jpeg', bytes });
  const [scaleX, scaleY] = [width / result.imageWidth, height / result.imageHeight];
  const detections = result.detections.map(({ box: [x, y, w, h], ...rest }) => ({
    ...rest,
    box: [x * scaleX, y * scaleY, w * scaleX, h * scaleY] as const,
  }));
  return { detections, bytes: bytes.length, serviceMs: result.decodeMs + result.inferenceMs };
}
