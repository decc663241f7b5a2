import { downscaleLuma } from '@framegate/motion-detection';
import { clipSize, framesPerSecond } from '../clips/clip.ts';
import { planeSize } from '../clips/plane-cache.ts';
import { openTrial } from '../clips/trial.ts';
import type { Family, PlaneFamily } from '../gates/families.ts';
import { startFamily } from '../gates/families.ts';
import type { GateRun } from '../gates/gate-run.ts';
import type { Mark } from '../scoring/mark.ts';
import type { TruthObject } from '../scoring/timeline.ts';
import type { Thumbnail } from './thumbnail.ts';
import { outline, thumbnailOf } from './thumbnail.ts';

/** One moment of a condition, once for each gate, with what the gate marked there at its defaults. */
export interface ConditionPictures {
  readonly condition: string;
  readonly pictures: readonly { readonly gate: string; readonly marks: number; readonly image: Thumbnail }[];
}

const scene = { subject: 'walkers', seed: 101 } as const;
/** The moment is looked for here: gates have settled, weather is under way. */
const [from, to] = [6 * framesPerSecond, 16 * framesPerSecond];
const width = 240;
const amber = [255, 176, 0] as const;

export async function gatePictures(
  conditions: readonly string[],
  families: readonly Family[],
  python: string | null,
): Promise<ConditionPictures[]> {
  const all: ConditionPictures[] = [];
  for (const condition of conditions) all.push(await picturesOf(condition, families, python));
  return all;
}

async function picturesOf(
  condition: string,
  families: readonly Family[],
  python: string | null,
): Promise<ConditionPictures> {
  const trial = openTrial({ condition, ...scene, frames: to });
  const moment = momentOf((frame) => trial.truth(frame));
  const image = new Uint8Array((clipSize.width * clipSize.height * 3) / 2);
  const small = new Uint8Array(planeSize.width * planeSize.height);
  const looks = await Promise.all(
    families.filter((family) => family !== 'motion').map((family) => startLook(family, python, moment)),
  );
  for (let frame = 0; frame <= moment; frame++) {
    trial.render(frame, image);
    const luma = {
      data: image.subarray(0, clipSize.width * clipSize.height),
      stride: clipSize.width,
      ...clipSize,
    };
    downscaleLuma(luma, clipSize.width / planeSize.width, small);
    for (const { run } of looks)
      await run.add(frame, luma, { data: small, stride: planeSize.width, ...planeSize });
  }
  for (const { run } of looks) await run.finish();
  const picture = { ...clipSize, data: image };
  const pictures = looks.flatMap(({ run, found }) =>
    run.settings.map(({ gate, threshold, hasRegions }, index) => {
      const thumbnail = thumbnailOf(picture, width);
      const marks = (found[index] ?? []).filter(({ strength }) => strength >= threshold);
      for (const { box } of marks) outline(thumbnail, box, clipSize.width, amber);
      return { gate, marks: hasRegions ? marks.length : Math.min(1, marks.length), image: thumbnail };
    }),
  );
  return { condition, pictures };
}

interface Look {
  readonly run: GateRun;
  /** Marks of each setting at the moment. */
  found: readonly (readonly Mark[])[];
}

async function startLook(family: PlaneFamily, python: string | null, moment: number): Promise<Look> {
  let found: Look['found'] = [];
  const run = await startFamily(family, { curves: false, python }, (frame, marks) => {
    if (frame === moment) found = marks;
  });
  return {
    run,
    get found() {
      return found;
    },
  };
}

/** The frame that shows most of walkers. */
function momentOf(truth: (frame: number) => readonly TruthObject[]): number {
  let moment = from;
  let most = 0;
  for (let frame = from; frame < to; frame += 2) {
    const shown = truth(frame).reduce((sum, { box, visible }) => sum + visible ** 2 * box[2] * box[3], 0);
    if (shown > most) [moment, most] = [frame, shown];
  }
  return moment;
}
