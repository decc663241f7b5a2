import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Detection } from '@framegate/detection';
import { fitLetterbox } from '@framegate/detection';
import { createDetector, resolveModel } from '@framegate/object-detector';
import { openSource } from '@framegate/video-source';
import { z } from 'zod';

/** Persons in each frame of a clip, boxes in its pixels. */
export type PersonLabels = readonly (readonly Detection['box'][])[];

export const labelModel = 'yolox-nano-640';
/** Below this YOLOX-nano sees persons that are none and loses them again. */
const leastScore = 0.45;

const labelsSchema = z.array(z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])));

/** Where the labels of a clip are kept. */
export function labelFile(folder: string, clip: string): string {
  return join(folder, `${clip}.${labelModel}.${leastScore}.labels.json`);
}

/** What YOLOX-nano at 640 finds in every frame, from `file` where it has been found before. */
export async function personLabels(
  clipPath: string,
  file: string,
  onFrame: (frame: number) => void,
): Promise<PersonLabels> {
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return labelsSchema.parse(JSON.parse(known));
  const labels = await detectAll(clipPath, onFrame);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.partial`, JSON.stringify(labels));
  await rename(`${file}.partial`, file);
  return labels;
}

async function detectAll(path: string, onFrame: (frame: number) => void): Promise<PersonLabels> {
  const model = await resolveModel(labelModel);
  const detector = await createDetector({ model, workers: 1, threadsPerWorker: 2, minScore: leastScore });
  const reader = await openSource(
    { kind: 'file', path },
    { pace: 'none', now: () => performance.now() * 1000 },
  );
  const labels: Detection['box'][][] = [];
  try {
    for (let frame = await reader.read(); frame; frame = await reader.read()) {
      const { width, height } = fitLetterbox(frame, model.input).content;
      const data = frame.toRgb(width, height);
      const size = { sourceWidth: frame.width, sourceHeight: frame.height };
      frame.close();
      const image = { kind: 'rgb', data, width, height, ...size } as const;
      const { detections } = await detector.detect(image, { classes: ['person'] });
      labels.push(detections.map(({ box }) => box));
      onFrame(labels.length);
    }
    return labels;
  } finally {
    await reader.close();
    await detector.close();
  }
}
