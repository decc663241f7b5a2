import { describe, expect, it } from 'vitest';
import { createWatchTrust } from './watch-trust.ts';

const second = 1e6;

describe('trust in watching by packets', () => {
  it('holds at first and bears a false suspicion now and then', () => {
    const trust = createWatchTrust();
    for (let i = 0; i < 500; i++) trust.falseAlarm(i * 12 * second);
    expect(trust.holds(6000 * second)).toBe(true);
  });

  it('is lost for a minute after many false suspicions at once, and for longer each time again', () => {
    const trust = createWatchTrust();
    const losesAt = (seconds: number): void => {
      for (let i = 0; i < 14; i++) trust.falseAlarm(seconds * second);
    };
    losesAt(0);
    expect([0, 59, 61].map((at) => trust.holds(at * second))).toEqual([false, false, true]);
    losesAt(61);
    expect([120, 180, 182].map((at) => trust.holds(at * second))).toEqual([false, false, true]);
  });

  it('is lost by few misses', () => {
    const trust = createWatchTrust();
    trust.missed(0);
    trust.missed(second);
    expect(trust.holds(second)).toBe(true);
    trust.missed(2 * second);
    expect(trust.holds(2 * second)).toBe(false);
  });
});
