import { describe, expect, it } from 'vitest';
import { declaration } from '../../test/pipeline-fixture.ts';
import type { Declaration, LeverName } from '../declaration/declaration.ts';
import { builtInProfile } from './built-in-profile.ts';
import { ladderOf, withLeverCosts } from './ladder.ts';
import { bytesPerSecond } from './pareto-front.ts';
import type { Setting } from './settings.ts';
import { settingsOf } from './settings.ts';

const prices = { perByte: 2 ** -10, perServiceMs: 0.001 };

function ladderUnder(declared: Declaration): Setting[] {
  const settings = settingsOf(builtInProfile(), declared);
  return ladderOf(settings, withLeverCosts(settings, prices));
}

/** Costs of a lever times `factor`. */
function dearer(factor: number, ...names: LeverName[]): Declaration {
  const levers = declaration.levers.map((lever) =>
    names.includes(lever.lever) ? { ...lever, cost: factor * lever.cost } : lever,
  );
  return { ...declaration, levers };
}

/** What a camera gets of a lever on the rungs up to so many bytes a second. */
function meanOf(ladder: readonly Setting[], value: (setting: Setting) => number, bytes = 150_000): number {
  const affordable = ladder.filter((setting) => bytesPerSecond(setting) <= bytes);
  return affordable.reduce((sum, setting) => sum + value(setting), 0) / affordable.length;
}

describe('the declared costs of levers', () => {
  it('leave a dear lever further down while something is scarce, and others further up', () => {
    const [slow, small] = [ladderUnder(dearer(20, 'frame-rate')), ladderUnder(dearer(20, 'resolution'))];
    const rate = (ladder: readonly Setting[]) => meanOf(ladder, ({ framesPerSecond }) => framesPerSecond);
    const width = (ladder: readonly Setting[]) => meanOf(ladder, (setting) => setting.width);
    expect(rate(slow)).toBeLessThan(rate(small));
    expect(width(slow)).toBeGreaterThan(width(small));
  });

  it('keep no camera from its best setting when there is enough for it', () => {
    const top = settingsOf(builtInProfile(), declaration).at(-1);
    for (const lever of ['frame-rate', 'resolution', 'jpeg-quality'] as const)
      expect(ladderUnder(dearer(100, lever)).at(-1)).toMatchObject({
        framesPerSecond: top?.framesPerSecond,
        width: top?.width,
        quality: top?.quality,
      });
  });

  it('are relative: twice as much of all of them changes nothing', () => {
    const twice = dearer(2, 'frame-rate', 'resolution', 'jpeg-quality');
    expect(ladderUnder(twice)).toEqual(ladderUnder(declaration));
  });
});

describe('motion sensitivity as a lever', () => {
  const lever = { scope: 'camera', settleSeconds: 2, cost: 1 } as const;
  const sensitive: Declaration = {
    ...declaration,
    levers: [...declaration.levers, { ...lever, lever: 'motion-sensitivity', steps: [20, 35, 50] }],
  };

  it('is a dimension of the settings where it is declared: a deafer gate sends less and finds less', () => {
    const settings = settingsOf(builtInProfile(), sensitive);
    const [top] = settings.slice(-1);
    expect(top).toMatchObject({ motionSensitivity: 50, sentShare: 1 });
    const deaf = settings.find(({ motionSensitivity }) => motionSensitivity === 20);
    const alike = settingsOf(builtInProfile(), declaration).find(
      (setting) =>
        setting.framesPerSecond === deaf?.framesPerSecond &&
        setting.width === deaf.width &&
        setting.quality === deaf.quality,
    );
    expect(deaf?.accuracy).toBeLessThan(alike?.accuracy ?? 0);
    expect(bytesPerSecond(deaf!)).toBeLessThan(bytesPerSecond(alike!));
    expect(alike).not.toHaveProperty('motionSensitivity');
  });

  it('is taken where the profile measured that it saves more than it costs', () => {
    const gate = [
      { motionSensitivity: 20, sentShare: 0.3, accuracyShare: 0.99 },
      { motionSensitivity: 50, sentShare: 1, accuracyShare: 1 },
    ];
    const settings = settingsOf({ ...builtInProfile(), gate }, sensitive);
    const ladder = ladderOf(settings, withLeverCosts(settings, prices));
    expect(ladder.at(-2)).toMatchObject({ motionSensitivity: expect.toSatisfy((step) => step < 50) });
    expect(ladder.at(-1)).toMatchObject({ motionSensitivity: 50 });
    const between = settingsOf({ ...builtInProfile(), gate }, sensitive).find(
      ({ motionSensitivity }) => motionSensitivity === 35,
    );
    expect(between?.sentShare).toBeCloseTo(0.65);
  });
});
