import { describe, expect, test } from 'vitest';
import type { MailboxOptions } from './mailbox.ts';
import { createMailbox } from './mailbox.ts';
import type { OverloadOptions } from './overload-simulation.ts';
import { simulateOverload } from './overload-simulation.ts';

const serviceMs = 50;
const seeds = [101, 102, 103, 104, 105];
const cameras = (count: number, rate: number) => Array.from({ length: count }, () => rate);

function simulate(
  options: Pick<OverloadOptions, 'framesPerSecond' | 'phases'> & Partial<OverloadOptions>,
  policy: Partial<MailboxOptions<null>> = { patient: true },
) {
  return seeds.map((seed) =>
    simulateOverload({
      serviceMs,
      seconds: 60,
      seed,
      createScheduler: (onFate) => createMailbox({ ...policy, onFate }),
      ...options,
    }),
  );
}

describe.each(['staggered', 'synchronous', 'random'] as const)('with %s cameras', (phases) => {
  test('four times the load leaves results young and the cameras equal', () => {
    for (const result of simulate({ framesPerSecond: cameras(8, 10), phases })) {
      expect(result.ageMs.p95).toBeLessThanOrEqual(2.2 * serviceMs);
      expect(result.jain).toBeGreaterThanOrEqual(0.99);
    }
  });

  test('ten times the load leaves every camera its share and no result old', () => {
    for (const result of simulate({ framesPerSecond: cameras(20, 10), phases })) {
      expect(result.ageMs.p95).toBeLessThanOrEqual(2.2 * serviceMs);
      expect(result.worstCameraAgeP95Ms).toBeLessThanOrEqual(1.2 * (serviceMs + 100));
      // The fair share is 60 of the 1200 results; the credit allows four frames of difference.
      expect(Math.min(...result.served)).toBeGreaterThanOrEqual(56);
    }
  });

  test('without patience results stay within one service and one frame interval', () => {
    for (const result of simulate({ framesPerSecond: cameras(8, 10), phases }, {})) {
      expect(result.ageMs.p95).toBeLessThanOrEqual(1.2 * (serviceMs + 100));
      expect(result.jain).toBeGreaterThanOrEqual(0.99);
    }
  });

  test('batches of four keep results within one batch and one frame interval', () => {
    for (const result of simulate({ framesPerSecond: cameras(16, 10), phases, batch: 4, serviceMs: 150 })) {
      expect(result.ageMs.p95).toBeLessThanOrEqual(1.2 * (150 + 100));
      expect(result.jain).toBeGreaterThanOrEqual(0.99);
    }
  });

  test('patience costs at most two percent of the results', () => {
    const framesPerSecond = cameras(8, 10);
    const total = (policy: Partial<MailboxOptions<null>>) =>
      simulate({ framesPerSecond, phases }, policy).reduce(
        (sum, { served }) => sum + served.reduce((all, count) => all + count, 0),
        0,
      );
    expect(total({ patient: true })).toBeGreaterThanOrEqual(0.98 * total({}));
  });
});

test('a camera that sends six times as much as the others gets no more than they do', () => {
  for (const result of simulate({ framesPerSecond: [30, 5, 5, 5, 5, 5, 5, 5], phases: 'random' }))
    expect(result.jain).toBeGreaterThanOrEqual(0.99);
});

test('a camera that needs less than its share gets all it needs', () => {
  for (const { served } of simulate({ framesPerSecond: [1, 10, 10, 10, 10, 10, 10, 10], phases: 'random' }))
    expect(served[0]).toBeGreaterThanOrEqual(58);
});

test('below capacity every frame is served', () => {
  for (const result of simulate({ framesPerSecond: cameras(5, 3), phases: 'random' })) {
    expect(result.superseded).toBe(0);
    expect(result.served).toEqual([180, 180, 180, 180, 180]);
  }
});

test('objectives that cannot be met expire frames, and no result is late', () => {
  const results = simulate({ framesPerSecond: cameras(8, 10), phases: 'random', objectiveMs: 90 }, {});
  for (const result of results) {
    expect(result.expired).toBeGreaterThan(0);
    expect(result.ageMs.max).toBeLessThanOrEqual(90 + 0.05 * serviceMs);
    expect(result.offered).toBe(
      result.served.reduce((sum, count) => sum + count, 0) + result.superseded + result.expired + result.held,
    );
  }
});
