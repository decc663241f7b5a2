import type { Declaration, Slo } from '@framegate/control';
import { describe, expect, it } from 'vitest';
import { promisesBy } from './latency-promise.ts';

const slo = (change: Partial<Slo>): Slo => ({
  name: 'latency',
  sli: 'latency',
  objective: 500,
  target: 0.9,
  windowSeconds: 60,
  scope: {},
  priority: 2,
  weight: 1,
  ...change,
});
const declared = (...slos: Slo[]): Declaration => ({
  slos,
  levers: [],
  dependencies: [],
  cameraClasses: { entrance: ['north/door*'] },
});

describe('what is promised of a camera', () => {
  it('is its own latency objective where one is about it, else the one of all', () => {
    const promiseOf = promisesBy(
      () =>
        declared(
          slo({}),
          slo({
            name: 'doors',
            objective: 300,
            target: 0.99,
            scope: { cameraClass: 'entrance' },
            priority: 1,
          }),
          slo({ sli: 'freshness', objective: 50, priority: 1 }),
        ),
      0.95,
    );
    expect(promiseOf('north/door-2')).toEqual({ slo: 'doors', objectiveMs: 300, target: 0.99 });
    expect(promiseOf('north/yard')).toEqual({ slo: 'latency', objectiveMs: 500, target: 0.9 });
  });

  it('is what is wanted of it where no objective is about it, or none is declared', () => {
    const ofSouth = promisesBy(() => declared(slo({ scope: { site: 'south' } })), 0.95);
    expect(ofSouth('north/yard')).toEqual({ slo: undefined, objectiveMs: undefined, target: 0.95 });
    expect(promisesBy(() => undefined, 0.97)('north/yard').target).toBe(0.97);
  });

  it('is another one as soon as something else is declared', () => {
    let now = declared(slo({}));
    const promiseOf = promisesBy(() => now, 0.95);
    expect(promiseOf('north/yard').objectiveMs).toBe(500);
    now = declared(slo({ objective: 250 }));
    expect(promiseOf('north/yard').objectiveMs).toBe(250);
  });
});
