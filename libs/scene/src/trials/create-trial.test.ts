import { describe, expect, test } from 'vitest';
import { cameraFor, screenX } from '../camera.ts';
import { composeStaging } from '../compose-scene.ts';
import type { Scene, SceneSpec, TruthBox } from '../scene.ts';
import type { Actor } from '../traffic.ts';
import type { TrialCondition } from './condition.ts';
import { createTrial, stageTrial, trialConditions, trialSubjects } from './create-trial.ts';
import type { TrialSubject } from './subject.ts';

const small = { width: 320, height: 180 };
const spec: SceneSpec = { name: 'any', seed: 3, width: 640, height: 360, framesPerSecond: 10 };
const frames = Array.from({ length: 600 }, (_, index) => index);
const crossing: readonly TrialSubject[] = ['walkers', 'low-contrast', 'small', 'cars', 'probes'];

/** FNV-1a over all bytes. */
function checksum(bytes: Uint8Array): string {
  let state = 0x811c9dc5;
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}

const known = new Map<string, TruthBox[][]>();

/** Truth of 60 s; it is the same under all conditions. */
function truthOverTime(subject: TrialSubject, seed: number): TruthBox[][] {
  const key = `${subject} ${seed}`;
  const trial = createTrial({ condition: 'still', subject, seed, ...small });
  const truth = known.get(key) ?? frames.map((index) => trial.truth(index));
  known.set(key, truth);
  return truth;
}

/** The frames of each object, by id. */
function passagesIn(truth: readonly TruthBox[][]): Map<number, TruthBox[]> {
  return Map.groupBy(truth.flat(), ({ id }) => id);
}

/** Checksums of frames 0, 60 and 155 of a crowd under each condition. */
const checksums: Readonly<Record<TrialCondition, string>> = {
  still: 'ae6d6bfc 7ddb3174 a7692573',
  'night-noise': 'd3d9b641 72992e64 597aadeb',
  rain: '99036298 f6984e5d dd3cef06',
  'heavy-rain': 'f311d237 97a53755 5bb36136',
  snow: '4800357f ec3fbbd7 b111cac6',
  'light-step': 'b6898062 20a1e439 764f648b',
  'light-ramp': '985e5d9f 6cc69fb4 a666e3f7',
  'cloud-shadow': '3840fbb8 f13bda7d 6193c084',
  headlights: 'edfe2ad0 763aeb94 b4768c33',
  foliage: 'dfaaeb4a 56c7801e 140fcaba',
  shake: '39539d16 a46b7ba2 aeafe375',
  'exposure-steps': 'f6493d61 5dc3cde4 7938fc9f',
  'key-frame-pulsing': '0c0de7b5 094b668f 4c448614',
  insects: '1781d139 7df3487b 3a41083b',
};

describe.each(trialConditions)('%s', (condition) => {
  test('is the same bytes on every machine', () => {
    const trial = createTrial({ condition, subject: 'crowd', seed: 7, ...small });
    const sums = [0, 60, 155].map((index) => checksum(trial.render(index).data));
    expect(sums.join(' ')).toBe(checksums[condition]);
  });

  test('shows the same frame in any order and in any buffer', () => {
    const trial = createTrial({ condition, subject: 'walkers', seed: 2, ...small });
    const inOrder = [60, 61, 62].map((index) => checksum(trial.render(index).data));
    const buffer = new Uint8Array((320 * 180 * 3) / 2).fill(99);
    const other = createTrial({ condition, subject: 'walkers', seed: 2, ...small });
    const backwards = [62, 61, 60].map((index) => checksum(other.render(index, buffer).data));
    expect(backwards.toReversed()).toEqual(inOrder);
  });

  test('without a subject has no truth', () => {
    const trial = createTrial({ condition, subject: 'nobody', seed: 2, ...small });
    expect(frames.flatMap((index) => trial.truth(index))).toEqual([]);
  });
});

test('place and time follow from the seed', () => {
  const emptyFrames = (seed: number) => truthOverTime('walkers', seed).map((boxes) => boxes.length === 0);
  expect(emptyFrames(2)).not.toEqual(emptyFrames(101));
  const [first, second] = [2, 101].map((seed) =>
    createTrial({ condition: 'still', subject: 'nobody', seed, ...small }).render(0),
  );
  expect(checksum(first!.data)).not.toBe(checksum(second!.data));
});

describe.each(crossing)('%s', (subject) => {
  test.each([2, 101])('come twenty times in 60 s and leave a third of it empty, seed %d', (seed) => {
    const truth = truthOverTime(subject, seed);
    expect(passagesIn(truth).size).toBe(20);
    expect(truth.filter((boxes) => boxes.length === 0).length).toBeGreaterThan(0.35 * frames.length);
  });
});

test.each(['slow', 'standing', 'crowd'] as const)('%s leave 30 percent of the time empty', (subject) => {
  const truth = truthOverTime(subject, 2);
  expect(passagesIn(truth).size).toBeGreaterThanOrEqual(6);
  expect(truth.filter((boxes) => boxes.length === 0).length).toBeGreaterThan(0.3 * frames.length);
});

test.each(trialSubjects)('%s are seen little by little, from an edge or a pillar', (subject) => {
  for (const boxes of passagesIn(truthOverTime(subject, 2)).values()) {
    expect(boxes[0]!.visible).toBeLessThan(0.35);
    expect(boxes.at(-1)!.visible).toBeLessThan(0.35);
  }
});

test.each(trialSubjects)('%s stay away for the first two seconds, in which a gate settles', (subject) => {
  const trial = createTrial({ condition: 'still', subject, seed: 2, ...small });
  expect(frames.slice(0, 20).flatMap((index) => trial.truth(index))).toEqual([]);
});

/** Heights of those who are wholly seen, as pixels of 720p. */
function heightsOf(subject: TrialSubject): number[] {
  const whole = truthOverTime(subject, 2)
    .flat()
    .filter(({ visible }) => visible === 1);
  return whole.map(({ box }) => (box[3] * 720) / small.height);
}

test.each(['walkers', 'low-contrast', 'slow', 'standing'] as const)(
  '%s are 80 pixels high or more',
  (subject) => {
    expect(Math.min(...heightsOf(subject))).toBeGreaterThanOrEqual(80);
  },
);

test('small walkers are 40 pixels high', () => {
  for (const height of heightsOf('small')) expect(Math.abs(height - 40)).toBeLessThan(3);
});

test('probes are of any height from tiny to large', () => {
  expect(Math.min(...heightsOf('probes'))).toBeLessThan(30);
  expect(Math.max(...heightsOf('probes'))).toBeGreaterThan(110);
});

test('slow walkers move by ten pixels in a second', () => {
  const large = { ...spec, width: 1280, height: 720 };
  const { place, actorsAt } = stageTrial('still', 'slow', large);
  const camera = cameraFor(place.framing, large.width, large.height);
  const column = ({ pose }: Actor) => screenX(camera, pose.x, pose.depth);
  const before = actorsAt({ ...large, camera }, 14);
  const after = actorsAt({ ...large, camera }, 15);
  const moved = before.flatMap((actor) => {
    const same = after.find(({ id }) => id === actor.id);
    return same ? [Math.abs(column(same) - column(actor))] : [];
  });
  expect(moved.length).toBeGreaterThan(1);
  for (const pixels of moved) expect(pixels).toBeCloseTo(10);
});

test('those who stand do so for exactly 20 s, without a stir, and move before and after', () => {
  const passages = [...passagesIn(truthOverTime('standing', 2)).values()];
  for (const boxes of passages) {
    const standing = boxes.filter(({ moving }) => moving === false);
    expect(standing.length).toBe(200);
    expect(new Set(standing.map(({ box }) => box.join())).size).toBe(1);
    expect(boxes[0]!.moving).toBe(true);
    expect(boxes.at(-1)!.moving).toBe(true);
  }
});

/** Luma of a frame, and of the same frame without anybody. */
function withAndWithout(
  condition: TrialCondition,
  subject: TrialSubject,
  spec: SceneSpec,
): { trial: Scene; lumaDifference: (frameIndex: number) => Int16Array } {
  const staging = stageTrial(condition, subject, spec);
  const trial = composeStaging(staging, spec);
  const deserted = composeStaging({ ...staging, actorsAt: () => [] }, spec);
  const luma = (scene: Scene, index: number) =>
    scene.render(index).data.subarray(0, spec.width * spec.height);
  return {
    trial,
    lumaDifference(index) {
      const empty = luma(deserted, index);
      return Int16Array.from(luma(trial, index), (level, at) => level - empty[at]!);
    },
  };
}

const lit = ['still', 'night-noise', 'rain', 'cloud-shadow', 'shake', 'exposure-steps'] as const;

test.each(lit)('+22 levels are what the picture shows in %s', (condition) => {
  const { trial, lumaDifference } = withAndWithout(condition, 'low-contrast', spec);
  const index = frames.find((frame) => trial.truth(frame).some(({ visible }) => visible === 1)) ?? 0;
  const [left, top, width, height] = trial.truth(index).find(({ visible }) => visible === 1)!.box;
  const differences = lumaDifference(index);
  const inside = [...differences].filter((_, at) => {
    const [x, y] = [at % spec.width, Math.floor(at / spec.width)];
    return x > left && x < left + width && y > top && y < top + height;
  });
  const changed = inside.filter((levels) => levels !== 0).toSorted((a, b) => a - b);
  expect(changed.length).toBeGreaterThan(0.2 * inside.length);
  expect(Math.abs(changed[changed.length >> 1]! - 22)).toBeLessThanOrEqual(3);
});

test.each(crossing)('whatever %s change in the picture, shadows too, lies in their boxes', (subject) => {
  const { trial, lumaDifference } = withAndWithout('still', subject, spec);
  for (let index = 25; index < 600; index += 83) {
    const boxes = trial.truth(index);
    const strays = lumaDifference(index).reduce((count, levels, at) => {
      const [x, y] = [at % spec.width, Math.floor(at / spec.width)];
      const isOutside = boxes.every(
        ({ box: [left, top, width, height] }) =>
          x < left - 4 || x > left + width + 3 || y < top - 2 || y > top + height + 3,
      );
      return count + (levels !== 0 && isOutside ? 1 : 0);
    }, 0);
    // Of a figure that is hidden but for a sliver, which has no box, a few pixels may be seen.
    expect(strays).toBeLessThanOrEqual(12);
  }
});

test('probes carry their contrast, from faint to strong', () => {
  const levels = truthOverTime('probes', 2)
    .flat()
    .map(({ contrastLevels }) => contrastLevels ?? 0);
  expect(Math.min(...levels)).toBeGreaterThanOrEqual(6);
  expect(Math.min(...levels)).toBeLessThan(12);
  expect(Math.max(...levels)).toBeLessThanOrEqual(60);
  expect(Math.max(...levels)).toBeGreaterThan(40);
});

test('wrong requests are refused with a message that names the mistake', () => {
  const request = { condition: 'still', subject: 'walkers', seed: 1, width: 321 } as const;
  expect(() => createTrial(request)).toThrow('scene width of 321 pixels');
});
