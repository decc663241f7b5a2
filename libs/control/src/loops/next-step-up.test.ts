import { describe, expect, it } from 'vitest';
import { declaration } from '../../test/pipeline-fixture.ts';
import { builtInProfile } from '../profile/built-in-profile.ts';
import { settingsOf } from '../profile/settings.ts';
import { nextStepUp } from './next-step-up.ts';

const settings = settingsOf(builtInProfile(), declaration);
const [floor, top] = [settings[0]!, settings.at(-1)!];

describe('the next step up', () => {
  it('climbs from the floor to the top in steps, each worth more and none of more than 2.5 times the rate', () => {
    const way = [floor];
    while (way.at(-1) !== top) {
      const now = way.at(-1)!;
      const next = nextStepUp(settings, now, top);
      expect(next!.utility).toBeGreaterThan(now.utility);
      expect(next!.framesPerSecond).toBeLessThanOrEqual(2.5 * now.framesPerSecond);
      way.push(next!);
    }
    expect(way.map(({ framesPerSecond }) => framesPerSecond)).toEqual([1, 2, 5, 10]);
  });

  it('goes to the next rate that there is where they lie far apart', () => {
    const rates = [1, 8].map((framesPerSecond) => ({ ...top, framesPerSecond, utility: framesPerSecond }));
    expect(nextStepUp(rates, rates[0]!, rates[1]!)).toBe(rates[1]);
  });

  it('goes another way where nothing worth more lies between, and never takes more than the goal', () => {
    const goal = { ...top, utility: 1 };
    const now = { ...top, framesPerSecond: 2, width: 640, utility: 0.4 };
    const coarse = { ...top, framesPerSecond: 5, width: 320, utility: 0.6 };
    const dear = {
      ...top,
      framesPerSecond: 5,
      width: 640,
      bytesPerFrame: 3 * top.bytesPerFrame,
      utility: 0.7,
    };
    expect(nextStepUp([now, coarse, dear, goal], now, goal)).toBe(coarse);
  });

  it('changes at once what is no frame rate', () => {
    const small = { ...top, width: 320 };
    expect(nextStepUp(settings, small, top)).toBe(top);
  });
});
