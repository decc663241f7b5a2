import { meanAveragePrecision, precisionAndRecall, type JudgedImage } from '@framegate/detection';
import { createScene } from '@framegate/scene';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDetector, resolveModel, type Detector } from '../src/index.ts';
import { chosenFrames, splits } from './data-split.ts';
import { atScore, judgeFrame } from './judge-frame.ts';

let detector: Detector;
beforeAll(async () => {
  detector = await createDetector({ model: await resolveModel('street-nano') });
});
afterAll(() => detector.close());

test('street-nano takes any batch of 416x256 and is smaller than 1 MB', () => {
  expect(detector.model.input).toEqual({ width: 416, height: 256, batch: 'any' });
  expect(detector.model.bytes).toBeLessThan(1_000_000);
});

test('no seed is both learned from and judged by', () => {
  const { train, evaluation } = splits;
  expect(train.firstSeed + train.seedsPerScene).toBeLessThan(evaluation.firstSeed);
});

test('street-nano finds what is there in scenes that it never saw', async () => {
  const images: JudgedImage[] = [];
  for (const { scene: name, seed, frameIndices } of chosenFrames('evaluation', 10)) {
    if (seed !== splits.evaluation.firstSeed) continue;
    const scene = createScene({ name, seed });
    for (const frameIndex of frameIndices) {
      const { judged } = await judgeFrame(detector, scene, frameIndex, { width: 1280, quality: 80 });
      images.push(judged);
    }
  }
  expect(meanAveragePrecision(images)).toBeGreaterThan(0.9);
  const { precision, recall } = precisionAndRecall(atScore(images, 0.3));
  expect(precision).toBeGreaterThan(0.9);
  expect(recall).toBeGreaterThan(0.85);
});
