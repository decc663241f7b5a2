import type { JudgedImage, Truth } from '@framegate/detection';
import { intersectionOverUnion } from '@framegate/detection';
import type { Scene, TruthBox } from '@framegate/scene';
import type { Detector } from '../src/index.ts';
import { compressed, type Compression } from './training-frame.ts';

/** Objects below either limit may be found or not: neither counts. */
const leastVisible = 0.4;
/** Pixels of a 1280x720 scene: 14 pixels of the model's input. */
const leastHeight = 44;
const minIou = 0.5;
/** Low enough for the whole precision-recall curve. */
const curveScore = 0.02;

/** One frame of a scene on the way that frames take (JPEG, letterbox, model, NMS), and what was really there. */
export async function judgeFrame(
  detector: Detector,
  scene: Scene,
  frameIndex: number,
  compression: Compression,
): Promise<{ judged: JudgedImage; inferenceMs: number }> {
  const jpeg = await compressed(scene.render(frameIndex), compression);
  const result = await detector.detect({ kind: 'jpeg', bytes: jpeg }, { minScore: curveScore });
  const scale = scene.spec.width / result.imageWidth;
  const all = scene.truth(frameIndex);
  const counted = all.filter(counts).map(asTruth);
  const unsure = all.filter((object) => !counts(object)).map(asTruth);
  const found = result.detections
    .map(({ box: [x, y, width, height], className, score }) => ({
      box: [x * scale, y * scale, width * scale, height * scale] as const,
      className,
      score,
    }))
    .filter((detection) => matches(detection, counted) || !matches(detection, unsure));
  return { judged: { truth: counted, found }, inferenceMs: result.inferenceMs };
}

/** Only what scores at least `minScore`. */
export function atScore(images: readonly JudgedImage[], minScore: number): JudgedImage[] {
  return images.map(({ truth, found }) => ({
    truth,
    found: found.filter(({ score }) => score >= minScore),
  }));
}

function counts({ box, visible }: TruthBox): boolean {
  return visible >= leastVisible && box[3] >= leastHeight;
}

function asTruth({ class: className, box }: TruthBox): Truth {
  return { className, box };
}

function matches(detection: Truth, objects: readonly Truth[]): boolean {
  return objects.some(
    ({ className, box }) =>
      className === detection.className && intersectionOverUnion(box, detection.box) >= minIou,
  );
}
