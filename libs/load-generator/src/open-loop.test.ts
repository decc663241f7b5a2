import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArrivalOptions } from './arrivals.ts';
import { arrivalsOf } from './arrivals.ts';
import { runOpenLoop } from './open-loop.ts';
import { parseRecording, profileNames, rateProfile } from './rate-profile.ts';
import { createSeededRandom } from './seeded-random.ts';

const options = (change: Partial<ArrivalOptions> = {}): ArrivalOptions => ({
  cameras: 5,
  framesPerSecond: 10,
  seconds: 60,
  profile: rateProfile('steady', 60),
  spacing: 'even',
  motionShare: 1,
  random: createSeededRandom(1),
  ...change,
});

/** Time that passes only where somebody waits, and a server with one worker before which a queue stands. */
function virtualServer(serviceUs: (atUs: number) => number) {
  let nowUs = 0;
  let freeAtUs = 0;
  const waiting: { atUs: number; resolve: () => void }[] = [];
  const advance = async (atUs: number): Promise<void> => {
    for (let next = first(atUs); next; next = first(atUs)) {
      nowUs = Math.max(nowUs, next.atUs);
      waiting.splice(waiting.indexOf(next), 1);
      next.resolve();
      // What this one sets off comes before the next.
      await new Promise((resolve) => setImmediate(resolve));
    }
    nowUs = Math.max(nowUs, atUs);
  };
  const first = (untilUs: number) =>
    waiting.filter(({ atUs }) => atUs <= untilUs).toSorted((a, b) => a.atUs - b.atUs)[0];
  return {
    nowUs: () => nowUs,
    waitUntilUs: advance,
    serve(): Promise<void> {
      const startUs = Math.max(nowUs, freeAtUs);
      freeAtUs = startUs + serviceUs(startUs);
      return new Promise((resolve) => waiting.push({ atUs: freeAtUs, resolve }));
    },
  };
}

describe('the open loop', () => {
  it('charges a server that stalls for every frame that it held up, where a closed loop would see one', async () => {
    // 100 frames/s of 1 ms each; the server stalls for a second once.
    const server = virtualServer((atUs) => (atUs > 3e6 && atUs < 3.02e6 ? 1e6 : 1000));
    const measured = arrivalsOf(options({ cameras: 1, framesPerSecond: 100, seconds: 10 }));
    // The last one only lets time pass until all others have come through.
    const arrivals = [...measured, { dueUs: 20e6, camera: 0, seq: 0, moves: true }];
    const { latencyUs, scheduleErrorUs, sent, completed } = await runOpenLoop({
      arrivals,
      nowUs: server.nowUs,
      waitUntilUs: server.waitUntilUs,
      send: ({ seq }) => (seq === 0 ? Promise.resolve() : server.serve()),
    });
    expect([sent, completed]).toEqual([1001, 1001]);
    expect(scheduleErrorUs.max).toBe(0);
    // A tenth of the frames waits for up to the whole stall: their mean is half of it.
    expect(latencyUs.quantile(0.95)).toBeGreaterThan(0.4e6);
    expect(latencyUs.quantile(0.5)).toBeLessThan(2000);
  });

  it('tells how late it was itself, and counts that as latency', async () => {
    let nowUs = 0;
    const wait = async (atUs: number): Promise<void> => void (nowUs = Math.max(nowUs, atUs) + 5000);
    const { scheduleErrorUs, latencyUs } = await runOpenLoop({
      arrivals: [{ dueUs: 0, camera: 0, seq: 1, moves: true }],
      nowUs: () => nowUs,
      waitUntilUs: wait,
      send: async () => {},
    });
    expect(scheduleErrorUs.max).toBe(5000);
    expect(latencyUs.max).toBe(5000);
  });

  it('counts failures by their reason and never as latency', async () => {
    const { completed, failed, failures, latencyUs } = await runOpenLoop({
      arrivals: arrivalsOf(options({ cameras: 1, framesPerSecond: 1, seconds: 3 })),
      nowUs: () => 1e9,
      waitUntilUs: async () => {},
      send: () => Promise.reject(new Error('the broker is away')),
    });
    expect([completed, failed, latencyUs.count]).toEqual([0, 3, 0]);
    expect([...failures]).toEqual([['the broker is away', 3]]);
  });
});

describe('arrivals', () => {
  it('come in the order of their times, numbered from 1 for each camera without a gap', () => {
    const drawn = fc.record({
      cameras: fc.integer({ min: 1, max: 9 }),
      framesPerSecond: fc.integer({ min: 1, max: 20 }),
      seconds: fc.integer({ min: 1, max: 40 }),
      spacing: fc.constantFrom('even' as const, 'poisson' as const),
      motionShare: fc.constantFrom(0, 0.3, 1),
      name: fc.constantFrom(...profileNames),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(drawn, ({ name, seed, ...change }) => {
        const profile = rateProfile(name, change.seconds);
        const all = [...arrivalsOf(options({ ...change, profile, random: createSeededRandom(seed) }))];
        const next = new Map<number, number>();
        let before = 0;
        for (const { dueUs, camera, seq } of all) {
          expect(dueUs).toBeGreaterThanOrEqual(before);
          expect(seq).toBe((next.get(camera) ?? 0) + 1);
          next.set(camera, seq);
          before = dueUs;
        }
        if (change.motionShare === 0) expect(all).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['even', 'poisson'] as const)('meet the rate of the profile, %s', (spacing) => {
    const count = (name: (typeof profileNames)[number], change: Partial<ArrivalOptions> = {}) =>
      [...arrivalsOf(options({ spacing, profile: rateProfile(name, 60), ...change }))].length;
    const nominal = 5 * 10 * 60;
    expect(count('steady') / nominal).toBeCloseTo(1, 1);
    expect(count('diurnal') / nominal).toBeCloseTo(0.55, 1);
    expect(count('burst') / nominal).toBeCloseTo(1 + (2 * 10) / 60, 1);
    expect(count('storm') / nominal).toBeCloseTo(1 + 4 / 3, 1);
    expect(count('steady', { cameras: 100, motionShare: 0.3 }) / (20 * nominal)).toBeCloseTo(0.3, 1);
  });

  it('of cameras come all the time, and tell when something moves', () => {
    const all = [
      ...arrivalsOf(options({ cameras: 50, motionShare: 0.3, whileStill: 'frames', spacing: 'even' })),
    ];
    expect(all.length).toBe(50 * 10 * 60);
    expect(all.filter(({ moves }) => moves).length / all.length).toBeCloseTo(0.3, 1);
  });

  it('of a Poisson process scatter as one: the deviation of an interval is its mean', () => {
    const all = [...arrivalsOf(options({ cameras: 1, spacing: 'poisson', seconds: 2000 }))];
    const gaps = all.slice(1).map(({ dueUs }, index) => dueUs - (all[index]?.dueUs ?? 0));
    const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(deviation / mean).toBeCloseTo(1, 1);
  });
});

describe('recorded arrivals', () => {
  it('are read in any order, with comments', () => {
    expect(parseRecording('# a day\n2.5,1\n0,0\n', 'day.csv')).toEqual([
      { seconds: 0, camera: 0 },
      { seconds: 2.5, camera: 1 },
    ]);
  });

  it('are refused with every line that is none', () => {
    expect(() => parseRecording('1,0\nx,1\n-1,0\n1,0.5\n', 'day.csv')).toThrow(
      /day\.csv:2:.*\nday\.csv:3:.*\nday\.csv:4:/,
    );
    expect(() => parseRecording('', 'day.csv')).toThrow('has no arrivals');
  });
});
