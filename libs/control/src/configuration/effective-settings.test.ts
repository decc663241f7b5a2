import { describe, expect, it } from 'vitest';
import { effectiveSettings } from './effective-settings.ts';

const wanted = { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model: 'nano' };
const chosen = { framesPerSecond: 5, width: 1920, quality: 65, motionSensitivity: 20, model: 'tiny' };
const none = new Set<string>();

describe('what a camera is told', () => {
  it('is what its operator wants while no loop has chosen anything', () => {
    expect(effectiveSettings(wanted, undefined, [], none)).toEqual(wanted);
  });

  it('is what the loops chose, but never more than is wanted', () => {
    expect(effectiveSettings(wanted, chosen, [], none)).toEqual({
      ...wanted,
      framesPerSecond: 5,
      quality: 65,
    });
  });

  it('follows the loops in a lever that has no more or less only where it is declared', () => {
    const declared = new Set(['model', 'motion-sensitivity']);
    expect(effectiveSettings(wanted, chosen, [], declared)).toMatchObject({
      motionSensitivity: 20,
      model: 'tiny',
    });
  });

  it('keeps a pinned lever where it is pinned, whatever the loops chose', () => {
    const pin = { lever: 'frame-rate', cameras: '*', value: 8 } as const;
    expect(effectiveSettings(wanted, chosen, [pin], none).framesPerSecond).toBe(8);
  });
});
