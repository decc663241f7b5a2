/**
 * Writes what train.py reads: `images.u8` (frames one after another, 256 x 416 x RGB, letterboxed) and `truth.json`.
 * Usage: node export-training-set.ts FOLDER
 */
import { open, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fitLetterbox, toModelBox } from '@framegate/detection';
import { createScene, type Scene } from '@framegate/scene';
import { chosenFrames, modelSize } from './data-split.ts';
import { compressed, letterboxed, type Compression } from './training-frame.ts';

const framesPerSecond = 10;
/** Of the frames that show nothing, every third is kept. */
const keptEmptyFrames = 3;

/** One image: boxes in input pixels. */
interface TrainingTruth {
  readonly boxes: { class: string; box: readonly number[]; visible: number }[];
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder to write to: node export-training-set.ts FOLDER');
await mkdir(folder, { recursive: true });
const images = await open(join(folder, 'images.u8'), 'w');
const truth: TrainingTruth[] = [];
let emptyFrames = 0;
for (const { scene: name, seed, frameIndices } of chosenFrames('train', framesPerSecond)) {
  const scene = createScene({ name, seed, framesPerSecond });
  for (const frameIndex of frameIndices) {
    const isEmpty = scene.truth(frameIndex).length === 0;
    if (isEmpty && emptyFrames++ % keptEmptyFrames > 0) continue;
    const example = await exampleOf(scene, frameIndex, compressionFor(truth.length));
    await images.write(example.input);
    truth.push(example.truth);
  }
}
await images.close();
await writeFile(join(folder, 'truth.json'), JSON.stringify({ ...modelSize, images: truth }));
console.log(`${truth.length} images in ${folder}`);

async function exampleOf(
  scene: Scene,
  frameIndex: number,
  compression: Compression,
): Promise<{ input: Uint8Array; truth: TrainingTruth }> {
  const letterbox = fitLetterbox(scene.spec, modelSize);
  const jpeg = await compressed(scene.render(frameIndex), compression);
  const boxes = scene.truth(frameIndex).map(({ class: className, box, visible }) => ({
    class: className,
    box: toModelBox(box, letterbox),
    visible,
  }));
  return { input: await letterboxed(jpeg, letterbox), truth: { boxes } };
}

/** Widths and qualities that the edge may choose, in turn. */
function compressionFor(index: number): Compression {
  const widths = [1280, 960, 640, 1280, 480];
  const qualities = [85, 60, 75, 45, 92, 30, 70];
  return { width: widths[index % widths.length]!, quality: qualities[index % qualities.length]! };
}
