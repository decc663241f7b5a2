import { describe, expect, it } from 'vitest';
import type { FrameAction } from './frame-policy.ts';
import { createFramePolicy } from './frame-policy.ts';

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
