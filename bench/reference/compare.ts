/**
 * Holds Framegate's detector against an independent one in Python: `node bench/reference/compare.ts`.
 * First on the same pixels (scaled once, for both), where the answers must agree; then on the same JPEGs, where each
 * side decodes and scales by its own library, which shows how much of a difference that makes.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AssetName } from '@framegate/assets';
import { findAsset } from '@framegate/assets';
import { fitLetterbox } from '@framegate/detection';
import type { Detector, ImageInput } from '@framegate/object-detector';
import { createDetector, resolveModel } from '@framegate/object-detector';
import type { VideoFrame } from '@framegate/video-source';
import { openSource } from '@framegate/video-source';
import type { Agreement } from './agreement.ts';
import { agreementOf, sumOf } from './agreement.ts';
import { detectByReference } from './reference-detector.ts';

const clips: readonly AssetName[] = ['vtest.avi', 'one-by-one-person-detection.mp4'];
const judgedScore = 0.35;
/** Low enough that a box near the judged score is there on both sides. */
const minScore = 0.3;
const requiredShare = 0.99;
const jpegQuality = 85;

export interface ReferenceOptions {
  readonly python: string;
  readonly model: string;
  /** Frames a second of footage. */
  readonly framesPerSecond: number;
}

export interface ReferenceRow extends Agreement {
  readonly clip: string;
  readonly pixels: 'same pixels' | 'same JPEG';
  readonly frames: number;
  readonly share: number;
}

export interface ReferenceReport {
  readonly model: string;
  readonly rows: readonly ReferenceRow[];
  /** Whether enough boxes agree on the same pixels. */
  readonly passed: boolean;
}

/** One image for both sides: a file for Python, the same content for ours. */
interface Sample {
  readonly file: string;
  readonly pixels: ReferenceRow['pixels'];
  readonly image: ImageInput;
}

/** @throws AssetError, ModelError, or Error where Python can't be run */
export async function compareWithReference(options: ReferenceOptions): Promise<ReferenceReport> {
  const model = await resolveModel(options.model);
  const detector = await createDetector({ model, minScore });
  try {
    const rows: ReferenceRow[] = [];
    for (const clip of clips) rows.push(...(await compareClip(clip, detector, options)));
    const judged = sumOf(rows.filter(({ pixels }) => pixels === 'same pixels'));
    return { model: model.id, rows, passed: judged.boxes > 0 && shareOf(judged) >= requiredShare };
  } finally {
    await detector.close();
  }
}

async function compareClip(
  clip: AssetName,
  detector: Detector,
  { python, framesPerSecond }: ReferenceOptions,
): Promise<ReferenceRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-reference-'));
  try {
    const { path } = await findAsset(clip);
    const samples = await sampleClip(path, folder, detector, framesPerSecond);
    const files = samples.map(({ file }) => file);
    const theirs = await detectByReference(python, detector.model, files, minScore);
    const compared = await Promise.all(
      samples.map(async ({ file, pixels, image }) => {
        const ours = await detector.detect(image);
        return { pixels, agreement: agreementOf(ours.detections, theirs.get(file) ?? [], judgedScore) };
      }),
    );
    return (['same pixels', 'same JPEG'] as const).map((pixels) => {
      const all = compared.filter((one) => one.pixels === pixels).map(({ agreement }) => agreement);
      const sum = sumOf(all);
      return { clip, pixels, frames: all.length, ...sum, share: shareOf(sum) };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function sampleClip(
  path: string,
  folder: string,
  detector: Detector,
  framesPerSecond: number,
): Promise<Sample[]> {
  const now = (): number => performance.now() * 1000;
  const reader = await openSource({ kind: 'file', path }, { pace: 'none', now });
  const samples: Sample[] = [];
  let nextUs = 0;
  try {
    for (let frame = await reader.read(); frame !== null; frame = await reader.read()) {
      if (frame.mediaTimeUs >= nextUs) {
        nextUs += 1_000_000 / framesPerSecond;
        samples.push(await scaledSample(frame, folder, detector), await jpegSample(frame, folder));
      }
      frame.close();
    }
    return samples;
  } finally {
    await reader.close();
  }
}

async function scaledSample(frame: VideoFrame, folder: string, { model }: Detector): Promise<Sample> {
  const { width, height } = fitLetterbox(frame, model.input).content;
  const data = frame.toRgb(width, height);
  const file = join(folder, `${frame.index}.ppm`);
  await writeFile(file, Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), data]));
  const image = { kind: 'rgb', data, width, height, sourceWidth: width, sourceHeight: height } as const;
  return { file, pixels: 'same pixels', image };
}

async function jpegSample(frame: VideoFrame, folder: string): Promise<Sample> {
  const { bytes } = await frame.encodeJpeg({ quality: jpegQuality });
  const file = join(folder, `${frame.index}.jpg`);
  await writeFile(file, bytes);
  return { file, pixels: 'same JPEG', image: { kind: 'jpeg', bytes } };
}

function shareOf({ boxes, agreeing }: Agreement): number {
  return boxes === 0 ? 1 : agreeing / boxes;
}

function lineOf({ clip, pixels, frames, boxes, agreeing, share }: ReferenceRow): string {
  return `${clip}, ${pixels}: ${agreeing} of ${boxes} boxes agree in ${frames} frames (${(share * 100).toFixed(2)} %)`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      python: { type: 'string', default: 'python3' },
      model: { type: 'string', default: 'yolox-nano-416' },
      fps: { type: 'string', default: '1' },
    },
  });
  const { python, model, fps } = values;
  const report = await compareWithReference({ python, model, framesPerSecond: Number(fps) });
  for (const row of report.rows) process.stdout.write(`${lineOf(row)}\n`);
  process.stdout.write(
    `${report.model}: ${report.passed ? 'passed' : 'FAILED'} (>= ${requiredShare * 100} %)\n`,
  );
  process.exitCode = report.passed ? 0 : 1;
}
