import { describe, expect, it } from 'vitest';
import type { Notification } from '../notification.ts';
import type { StoredRule } from '../rule.ts';
import { claimTelling, isCooling } from './cool-down.ts';

const second = (seconds: number): number => 1_767_225_600e6 + seconds * 1e6;
const rule: StoredRule = {
  id: 'r1',
  silencedUntilUs: 0,
  rule: {
    kind: 'appearance',
    name: 'Yard',
    enabled: true,
    cameras: [],
    channels: ['hook'],
    schedule: null,
    coolDownSeconds: 60,
    classes: [],
    zones: [],
    minScore: 0,
    dwellSeconds: 0,
  },
};
const told = (id: string, cameraId = 'north/gate'): Notification => ({
  id,
  ruleId: 'r1',
  ruleName: 'Yard',
  kind: 'appearance',
  cameraId,
  text: '',
  atUs: 0,
});

describe('a cool-down that consoles share', () => {
  const first = claimTelling({}, told('a'), [rule], second(0));

  it('lets one of them tell of a camera, and each of other cameras', () => {
    expect(claimTelling(first, told('b'), [rule], second(59))).toEqual(first);
    expect(claimTelling(first, told('b', 'north/door'), [rule], second(59))).toMatchObject({
      'r1 north/gate': { id: 'a' },
      'r1 north/door': { id: 'b' },
    });
  });

  it('is over in time, and then leaves nothing behind, nor does a rule that is gone', () => {
    expect(claimTelling(first, told('b'), [rule], second(60))).toMatchObject({
      'r1 north/gate': { id: 'b' },
    });
    const other = claimTelling(first, told('b', 'north/door'), [rule], second(61));
    expect(Object.keys(other)).toEqual(['r1 north/door']);
    expect(Object.keys(claimTelling(first, told('b', 'north/door'), [], second(1)))).toEqual([
      'r1 north/door',
    ]);
  });

  it('is no longer than it is after a clock went back', () => {
    expect(isCooling(rule, second(3600), second(0))).toBe(false);
  });
});
