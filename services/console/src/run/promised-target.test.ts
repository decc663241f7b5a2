import type { Slo } from '@framegate/control';
import { describe, expect, it } from 'vitest';
import { promisedTarget } from './promised-target.ts';

const slo = (change: Partial<Slo>): Slo => ({
  name: 'latency',
  sli: 'latency',
  objective: 500,
  target: 0.9,
  windowSeconds: 60,
  scope: {},
  priority: 1,
  weight: 1,
  ...change,
});
const targetOf = (...slos: Slo[]) => promisedTarget({ slos, levers: [], dependencies: [] });

describe('the share that is promised', () => {
  it('is that of the latency of all cameras', () => {
    expect(
      targetOf(
        slo({ scope: { site: 'north' }, target: 0.999 }),
        slo({ target: 0.9 }),
        slo({ sli: 'freshness', target: 0.99 }),
      ),
    ).toBe(0.9);
  });

  it('is the strictest where each promise is of some cameras', () => {
    const scoped = (site: string, target: number) => slo({ scope: { site }, target });
    expect(targetOf(scoped('north', 0.9), scoped('south', 0.97))).toBe(0.97);
  });

  it('is not said by a file without latency, or by none', () => {
    expect(targetOf(slo({ sli: 'goodput' }))).toBeUndefined();
    expect(promisedTarget(undefined)).toBeUndefined();
  });
});
