import { describe, expect, it } from 'vitest';
import { createClock } from './clock.ts';

describe('the clock', () => {
  it('follows the monotonic clock from where the wall clock stood at its start', () => {
    let monotonicNs = 5_000_000_000n;
    let wallMs = 1_700_000_000_000;
    const clock = createClock({ wallMs: () => wallMs, monotonicNs: () => monotonicNs });
    expect(clock.nowUs()).toBe(1_700_000_000_000_500);
    monotonicNs += 1_234_567n;
    wallMs -= 3_600_000;
    expect(clock.nowUs()).toBe(1_700_000_000_001_735);
  });

  it('agrees with the wall clock, and with a clock of the same anchor', () => {
    const clock = createClock();
    const before = Date.now();
    const nowMs = clock.nowUs() / 1000;
    expect(nowMs).toBeGreaterThanOrEqual(before - 50);
    const monotonicNs = () => 77_000n;
    expect(createClock({ anchorUs: clock.anchorUs, monotonicNs }).nowUs()).toBe(
      Math.round(clock.anchorUs + 77),
    );
  });
});
