import { createMotionGate } from '@framegate/motion-detection';
import { describe, expect, it } from 'vitest';
import { plainSettings } from '../test/settings-fixture.ts';
import { createCameraWatch } from './camera-watch.ts';

// 10 frames/s, a key frame every 2 s.
const [group, frameUs] = [20, 100_000];
const [width, height] = [320, 180];
const wall = { data: new Uint8Array(width * height).fill(90), stride: width, width, height };
const walker = {
  ...wall,
  data: wall.data.map((level, at) => clothes(at % width, Math.floor(at / width)) ?? level),
};

function clothes(x: number, y: number): number | undefined {
  if (x < 100 || x >= 130 || y < 60 || y >= 130) return undefined;
  return (x ^ y) & 4 ? 230 : 30;
}

/** A camera of a still wall that has been watched long enough to be known, asked packet by packet. */
function watchedCamera() {
  const watch = createCameraWatch({
    settings: () => ({ ...plainSettings, watching: 'packets' }),
    keyFrameGate: createMotionGate(),
    keyFrameWanted: () => false,
    onMode: () => {},
  });
  let index = 0;
  /** One packet, its inter frames this many times as large as still ones. */
  function next(times = 1, picture = wall): string {
    const keyFrame = index % group === 0;
    // Sizes vary by up to 5 %.
    const wobble = 1 + (((index * 7) % 11) - 5) / 100;
    const bytes = keyFrame ? 80_000 : 1500 * wobble * times;
    const atUs = index++ * frameUs;
    const verdict = watch.judge({ bytes, keyFrame, atUs });
    if (verdict === 'look') return watch.isCalm(picture, atUs) ? 'calm' : 'moves';
    if (verdict === 'decode') watch.gated({ ...picture, keyFrame }, false, atUs);
    return verdict;
  }
  const take = (count: number, times?: number) => Array.from({ length: count }, () => next(times));
  take(20 * group);
  // The next key frame is not due.
  while (next() !== 'calm' && index < 24 * group);
  take(group - 3);
  return { take, next };
}

describe('a camera at rest', () => {
  it('has every other of its key frames looked at, and nothing else decoded', () => {
    const verdicts = watchedCamera().take(4 * group);
    expect(verdicts.filter((verdict) => verdict !== 'rest')).toEqual(['calm', 'calm']);
  });

  it('has a key frame looked at out of turn when the frames before it were larger', () => {
    const { take, next } = watchedCamera();
    expect(take(2, 1.5)).toEqual(['rest', 'rest']);
    expect(next()).toBe('calm');
  });

  it('wakes when such a key frame shows something', () => {
    const { take, next } = watchedCamera();
    take(2, 1.5);
    expect(next(1, walker)).toBe('moves');
    expect(next()).toBe('decode');
  });
});
