import { expect, test } from 'vitest';
import { composeStaging } from '../compose-scene.ts';
import type { Scene, SceneSpec, TruthBox } from '../scene.ts';
import type { TrialCondition } from './condition.ts';
import { stageTrial } from './create-trial.ts';
import type { TrialSubject } from './subject.ts';

const spec: SceneSpec = { name: 'any', seed: 3, width: 640, height: 360, framesPerSecond: 10 };
const frames = Array.from({ length: 600 }, (_, index) => index);
const crossing: readonly TrialSubject[] = ['walkers', 'low-contrast', 'small', 'cars', 'probes'];

/** A pixel that a subject changes. */
interface Change {
  readonly x: number;
  readonly y: number;
  readonly levels: number;
}

/** A trial, and how its frames differ from the same frames without anybody. */
function withAndWithout(
  condition: TrialCondition,
  subject: TrialSubject,
): { trial: Scene; changesIn: (frameIndex: number) => Change[] } {
  const staging = stageTrial(condition, subject, spec);
  const trial = composeStaging(staging, spec);
  const deserted = composeStaging({ ...staging, actorsAt: () => [] }, spec);
  const luma = (scene: Scene, index: number) =>
    scene.render(index).data.subarray(0, spec.width * spec.height);
  return {
    trial,
    changesIn(index) {
      const empty = luma(deserted, index);
      const changes: Change[] = [];
      luma(trial, index).forEach((level, at) => {
        const levels = level - empty[at]!;
        if (levels !== 0) changes.push({ x: at % spec.width, y: Math.floor(at / spec.width), levels });
      });
      return changes;
    },
  };
}

function isIn({ box: [left, top, width, height] }: TruthBox, { x, y }: Change, margin: number): boolean {
  return x > left - margin && x < left + width + margin && y > top - margin && y < top + height + margin;
}

const lit = ['still', 'night-noise', 'rain', 'cloud-shadow', 'shake', 'exposure-steps'] as const;

test.each(lit)('+22 levels are what the picture shows in %s', (condition) => {
  const { trial, changesIn } = withAndWithout(condition, 'low-contrast');
  const index = frames.find((frame) => trial.truth(frame).some(({ visible }) => visible === 1)) ?? 0;
  const walker = trial.truth(index).find(({ visible }) => visible === 1)!;
  const inside = changesIn(index).filter((change) => isIn(walker, change, 0));
  expect(inside.length).toBeGreaterThan(0.2 * walker.box[2] * walker.box[3]);
  const levels = inside.map((change) => change.levels).toSorted((a, b) => a - b);
  expect(Math.abs(levels[levels.length >> 1]! - 22)).toBeLessThanOrEqual(3);
});

test.each(crossing)('whatever %s change in the picture, shadows too, lies in their boxes', (subject) => {
  const { trial, changesIn } = withAndWithout('still', subject);
  for (let index = 25; index < 600; index += 83) {
    const boxes = trial.truth(index);
    const strays = changesIn(index).filter((change) => !boxes.some((box) => isIn(box, change, 4)));
    // Of a figure that is hidden but for a sliver, which has no box, a few pixels may be seen.
    expect(strays.length).toBeLessThanOrEqual(12);
  }
});
