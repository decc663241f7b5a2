import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaration, topRung } from '../../test/pipeline-fixture.ts';
import { builtInProfile } from './built-in-profile.ts';
import { bytesPerSecond } from './pareto-front.ts';
import { settingAt } from './setting-at.ts';
import { allSettingsOf } from './settings.ts';

const all = allSettingsOf(builtInProfile(), declaration);

describe('the setting of some levers', () => {
  it('is the measured one where there is one', () => {
    for (const setting of all) expect(settingAt(all, setting)).toBe(setting);
  });

  it('costs and is worth more with each lever that is higher, also between and beyond the steps', () => {
    const lever = fc.record({
      framesPerSecond: fc.double({ min: 0.2, max: 30, noNaN: true }),
      width: fc.integer({ min: 160, max: 3840 }),
      quality: fc.integer({ min: 30, max: 95 }),
    });
    const raised = fc.constantFrom('framesPerSecond', 'width', 'quality');
    fc.assert(
      fc.property(lever, raised, fc.double({ min: 1.3, max: 3, noNaN: true }), (values, of, factor) => {
        const low = settingAt(all, { ...topRung, ...values });
        const high = settingAt(all, { ...topRung, ...values, [of]: values[of] * factor });
        expect(bytesPerSecond(high)).toBeGreaterThan(bytesPerSecond(low));
        expect(high.utility).toBeGreaterThan(low.utility);
      }),
    );
  });

  it('has exactly the levers that were asked for', () => {
    expect(settingAt(all, { ...topRung, framesPerSecond: 7, width: 1000, quality: 72 })).toMatchObject({
      framesPerSecond: 7,
      width: 1000,
      quality: 72,
      model: 'street-nano',
    });
  });
});
