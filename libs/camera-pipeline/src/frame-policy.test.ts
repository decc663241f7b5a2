import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameAction } from './frame-policy.ts';
import { createFramePolicy } from './frame-policy.ts';
import { createRateSampler } from './rate-sampler.ts';

const second = 1e6;
const settings = { framesPerSecond: 10, preRollSeconds: 0, postRollSeconds: 0, keepAliveSeconds: 0 };

/** The actions for 10 frames a second of which those in [from, to) seconds have motion. */
function actionsFor(
  seconds: number,
  motion: readonly [from: number, to: number],
  change: Partial<typeof settings> = {},
): FrameAction[] {
  const policy = createFramePolicy();
  return Array.from({ length: seconds * 10 }, (_, index) => {
    const atUs = (index * second) / 10;
    const isMotion = atUs >= motion[0] * second && atUs < motion[1] * second;
    return policy.decide({ motion: isMotion, atUs }, { ...settings, ...change });
  });
}
const count = (actions: readonly FrameAction[], action: FrameAction) =>
  actions.filter((a) => a === action).length;

describe('what becomes of a frame', () => {
  it('is to leave with motion and to stop without', () => {
    const actions = actionsFor(3, [1, 2]);
    expect(actions.map((action) => action === 'send-live')).toEqual(
      Array.from({ length: 30 }, (_, index) => index >= 10 && index < 20),
    );
    expect(count(actions, 'stop')).toBe(20);
  });

  it('is to leave for as long after the motion as the post-roll says', () => {
    expect(count(actionsFor(5, [1, 2], { postRollSeconds: 1 }), 'send-live')).toBe(20);
  });

  it('is to be held before a possible event when there is a pre-roll', () => {
    const actions = actionsFor(2, [1, 2], { preRollSeconds: 0.5 });
    expect(count(actions, 'hold')).toBe(10);
    expect(createFramePolicy().heldUntilUs(7, { ...settings, preRollSeconds: 0.5 })).toBe(7 + 0.5 * second);
  });

  it('is to leave as keep-alive when nothing else left for that long', () => {
    const actions = actionsFor(60, [30, 31], { keepAliveSeconds: 10 });
    expect(actions.flatMap((action, index) => (action === 'send-keepalive' ? [index / 10] : []))).toEqual([
      0, 10, 20, 40.9, 50.9,
    ]);
  });

  it('is to be sampled out above the configured rate', () => {
    const actions = actionsFor(10, [0, 10], { framesPerSecond: 2 });
    // 20 slots, and one frame that may come early for the slot after them.
    expect(count(actions, 'send-live')).toBe(21);
    expect(count(actions, 'sample-out')).toBe(79);
  });
});

describe('thinning to a rate', () => {
  it('takes every frame of a camera at just that rate, however it jitters', () => {
    const jitter = fc.array(fc.integer({ min: -22_000, max: 22_000 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(jitter, (offsets) => {
        const sampler = createRateSampler();
        const taken = offsets.filter((offset, index) => sampler.accepts(index * 100_000 + offset, 10));
        expect(taken).toHaveLength(50);
      }),
    );
  });

  it('never takes more than the rate allows, and nearly all of it from a faster camera', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 120 }), (wanted, source) => {
        const sampler = createRateSampler();
        const times = Array.from({ length: source * 10 }, (_, index) => (index * 1e6) / source);
        const taken = times.filter((time) => sampler.accepts(time, wanted)).length;
        expect(taken).toBeLessThanOrEqual(wanted * 10 + 2);
        expect(taken).toBeGreaterThanOrEqual(wanted * 10 - 2);
      }),
    );
  });

  it('does not catch up after a pause', () => {
    const sampler = createRateSampler();
    sampler.accepts(0, 10);
    const after = Array.from({ length: 10 }, (_, index) => sampler.accepts(60e6 + index * 20_000, 10));
    expect(after.filter(Boolean)).toHaveLength(3);
  });

  it('obeys a changed rate from the next frame on', () => {
    const sampler = createRateSampler();
    const taken = (from: number, rate: number) =>
      Array.from({ length: 100 }, (_, index) => sampler.accepts(from + index * 100_000, rate)).filter(Boolean)
        .length;
    expect(taken(0, 10)).toBe(100);
    expect(taken(10e6, 1)).toBeLessThanOrEqual(11);
    expect(taken(20e6, 10)).toBeGreaterThanOrEqual(99);
  });
});
