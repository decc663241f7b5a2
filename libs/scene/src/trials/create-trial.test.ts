import { describe, expect, test } from 'vitest';
import { cameraFor, screenX } from '../camera.ts';
import type { SceneSpec, TruthBox } from '../scene.ts';
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
  still: 'e5e55c37 00d82c43 0a628388',
  'night-noise': 'a0512763 12216ce4 c7e55be0',
  rain: 'c156630f 3dec36f0 c1c9ad66',
  'heavy-rain': 'bd601035 54ad97e6 be185733',
  snow: '521159bd 065b11d4 b6e2c4d7',
  'light-step': 'aacc689f bc840709 8737d8a9',
  'light-ramp': 'ad80a37b 9fd9c4c1 94219a7a',
  'cloud-shadow': 'acc8311f bd87df26 d29b5806',
  headlights: '25470e93 c4c8508f 2466aa0a',
  foliage: 'cae01e6e b46468ee 1738a994',
  shake: '3c1f4555 a3a50f28 2f75a45b',
  'exposure-steps': '87ed6627 734309f3 ce97fbd8',
  'key-frame-pulsing': '2f9806fc 35c8deb6 b845658b',
  insects: 'a8d36009 864586ab 7c92288c',
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
