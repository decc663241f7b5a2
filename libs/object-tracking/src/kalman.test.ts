import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginMotion, correctMotion, predictMotion } from './kalman.ts';

describe('the Kalman filter', () => {
  it('learns a constant velocity from positions at irregular times', () => {
    let motion = beginMotion(10, 2, 100);
    let last = 0;
    for (const t of [0.1, 0.3, 1.3, 1.4, 2, 3.5, 4]) {
      motion = correctMotion(predictMotion(motion, t - last, 5), 10 + 30 * t, 1);
      last = t;
    }
    expect(motion.velocity).toBeCloseTo(30, 0);
    expect(predictMotion(motion, 1, 5).position).toBeCloseTo(10 + 30 * 5, 0);
  });

  it('predicts the same in one step and in two', () => {
    const one = fc.double({ min: 0.01, max: 2, noNaN: true });
    fc.assert(
      fc.property(one, one, (a, b) => {
        const motion = { ...beginMotion(5, 3, 20), velocity: 7, pv: 2 };
        const once = predictMotion(motion, a + b, 4);
        const twice = predictMotion(predictMotion(motion, a, 4), b, 4);
        for (const key of ['position', 'velocity', 'pp', 'pv', 'vv'] as const)
          expect(twice[key]).toBeCloseTo(once[key], 6);
      }),
    );
  });

  it('never gets less sure by looking, and keeps its variances positive', () => {
    const step = fc.record({
      seconds: fc.double({ min: 0, max: 5, noNaN: true }),
      measured: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let motion = beginMotion(0, 5, 50);
        for (const { seconds, measured } of steps) {
          const predicted = predictMotion(motion, seconds, 10);
          motion = correctMotion(predicted, measured, 5);
          expect(motion.pp).toBeLessThanOrEqual(predicted.pp);
          expect(motion.vv).toBeLessThanOrEqual(predicted.vv);
          expect(motion.pp * motion.vv - motion.pv ** 2).toBeGreaterThan(0);
        }
      }),
    );
  });
});
