/**
 * Measures a detector on scenes whose seeds it never saw.
 * Usage: node evaluate.ts [name or path of a model]
 */
import type { JudgedImage } from '@framegate/detection';
import { averagePrecision, meanAveragePrecision, precisionAndRecall } from '@framegate/detection';
import { createScene } from '@framegate/scene';
import { createDetector, resolveModel, type Detector } from '../src/index.ts';
import { chosenFrames } from './data-split.ts';
import { atScore, judgeFrame } from './judge-frame.ts';
import type { Compression } from './training-frame.ts';

const workingScore = 0.3;
const framesPerSecond = 10;
const compressions: readonly Compression[] = [
  { width: 1280, quality: 80 },
  { width: 640, quality: 50 },
];

const detector = await createDetector({ model: await resolveModel(process.argv[2] ?? 'street-nano') });
for (const compression of compressions) await evaluate(detector, compression);
await detector.close();

async function evaluate(judge: Detector, compression: Compression): Promise<void> {
  const byScene = new Map<string, JudgedImage[]>();
  const inferenceMs: number[] = [];
  for (const { scene: name, seed, frameIndices } of chosenFrames('evaluation', framesPerSecond)) {
    const scene = createScene({ name, seed, framesPerSecond });
    for (const frameIndex of frameIndices) {
      const result = await judgeFrame(judge, scene, frameIndex, compression);
      byScene.set(name, [...(byScene.get(name) ?? []), result.judged]);
      inferenceMs.push(result.inferenceMs);
    }
  }
  console.log(`JPEG ${compression.width} wide, quality ${compression.quality}`);
  for (const [name, images] of byScene) report(name, images);
  report('all', [...byScene.values()].flat());
  const sorted = inferenceMs.toSorted((a, b) => a - b);
  console.log(`inference p50 ${sorted[Math.floor(sorted.length / 2)]?.toFixed(1)} ms on one thread\n`);
}

function report(name: string, images: readonly JudgedImage[]): void {
  const { precision, recall } = precisionAndRecall(atScore(images, workingScore));
  const objects = images.reduce((sum, { truth }) => sum + truth.length, 0);
  const columns = [
    name.padEnd(12),
    `mAP50 ${percent(meanAveragePrecision(images))}`,
    `person ${percent(averagePrecision(images, 'person'))}`,
    `car ${percent(averagePrecision(images, 'car'))}`,
    `precision ${percent(precision)} recall ${percent(recall)} at ${workingScore}`,
    `${images.length} frames, ${objects} objects`,
  ];
  console.log(columns.join('  '));
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${(share * 100).toFixed(1)} %`;
}
