/**
 * Holds the detector against an independent one in Python:
 * `pnpm bench reference [--python python3] [--model yolox-nano-416] [--fps 1] [--json]`.
 * First on the same pixels (scaled once, for both), where the answers must agree; then on the same JPEGs, where each
 * side decodes and scales by its own library, which shows how much of a difference that makes.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssetName } from '@framegate/assets';
import { findAsset } from '@framegate/assets';
import type { Detector } from '@framegate/object-detector';
import { createDetector, resolveModel } from '@framegate/object-detector';
import type { Agreement } from './agreement.ts';
import { agreementOf, sumOf } from './agreement.ts';
import { detectByReference } from './reference-detector.ts';
import type { Sample } from './samples.ts';
import { pixelKinds, sampleClip } from './samples.ts';
import { benchOptions } from '../src/bench-options.ts';
import { requireModels } from '../src/suite/require-models.ts';

interface Row extends Agreement {
  readonly clip: string;
  readonly pixels: Sample['pixels'];
  readonly frames: number;
  readonly share: number;
}

const clips: readonly AssetName[] = ['vtest.avi', 'one-by-one-person-detection.mp4'];
const judgedScore = 0.35;
/** Low enough that a box near the judged score is there on both sides. */
const minScore = 0.3;
const requiredShare = 0.99;

const options = benchOptions({
  python: { type: 'string', default: 'python3' },
  model: { type: 'string', default: 'yolox-nano-416' },
  fps: { type: 'number', default: 1, above: 0 },
  json: { type: 'boolean', default: false },
});

await requireModels('--model', [options.model]);
const model = await resolveModel(options.model);
const detector = await createDetector({ model, minScore });
const results: Row[] = [];
for (const clip of clips) results.push(...(await compareClip(clip, detector)));
await detector.close();

const judged = sumOf(results.filter(({ pixels }) => pixels === 'same pixels'));
const passed = judged.boxes > 0 && shareOf(judged) >= requiredShare;
process.exitCode = passed ? 0 : 1;
if (options.json) {
  const report = {
    schema: 'framegate.report/1',
    kind: 'bench',
    bench: 'reference',
    model: model.id,
    passed,
    results,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} else {
  for (const row of results) process.stdout.write(`${lineOf(row)}\n`);
  const verdict = passed ? 'passed' : 'FAILED';
  process.stdout.write(`${model.id}: ${verdict} (at least ${percent(requiredShare)} on the same pixels)\n`);
}

async function compareClip(clip: AssetName, ours: Detector): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-reference-'));
  try {
    const { path } = await findAsset(clip);
    const samples = await sampleClip(path, folder, model.input, options.fps);
    const files = samples.map(({ file }) => file);
    const theirs = await detectByReference(options.python, model, files, minScore);
    const agreements = await Promise.all(
      samples.map(async ({ file, image }) => {
        const { detections } = await ours.detect(image);
        return agreementOf(detections, theirs.get(file) ?? [], judgedScore);
      }),
    );
    return pixelKinds.map((pixels) => {
      const chosen = agreements.filter((_, index) => samples[index]?.pixels === pixels);
      const sum = sumOf(chosen);
      return { clip, pixels, frames: chosen.length, ...sum, share: shareOf(sum) };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function shareOf({ boxes, agreeing }: Agreement): number {
  return boxes === 0 ? 1 : agreeing / boxes;
}

function lineOf({ clip, pixels, frames, boxes, agreeing, share }: Row): string {
  return `${clip}, ${pixels}: ${agreeing} of ${boxes} boxes agree in ${frames} frames (${percent(share)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
