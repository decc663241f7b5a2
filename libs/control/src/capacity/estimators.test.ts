import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observeCompute, usableServiceMs } from './compute-capacity.ts';
import { harmonicMean } from './harmonic-mean.ts';
import { shareAtOnce } from './multiplexing.ts';
import {
  disturbProbe,
  isDue,
  isProven,
  probeOptions,
  proveProbe,
  restingProbe,
  startProbe,
} from './probe.ts';
import { emptyQueue, isStanding, observeQueue } from './standing-queue.ts';
import type { UplinkSample } from './uplink-capacity.ts';
import { observeUplink, unknownUplink, uplinkBudget } from './uplink-capacity.ts';

const sample = (second: number, change: Partial<UplinkSample> = {}): UplinkSample => ({
  atUs: second * 1e6,
  goodputBytesPerSecond: 1e6,
  queueBytes: 0,
  receivedBytesPerSecond: 1e6,
  transferMs: 20,
  roundTripMs: 30,
  frameBytes: 20_000,
  largestFrameBytes: 0,
  objectiveMs: 500,
  plannedBytesPerSecond: 1e6,
  isSteady: true,
  isLimiting: true,
  ...change,
});

describe('the estimate of an uplink', () => {
  it('knows no limit before bytes wait', () => {
    const seen = observeUplink(unknownUplink(0), sample(1));
    expect(uplinkBudget(seen)).toBeNull();
  });

  it('takes a worse second at its word, and a better one only after its predecessors', () => {
    let uplink = observeUplink(unknownUplink(0), sample(1, { queueBytes: 1e6 }));
    uplink = observeUplink(
      uplink,
      sample(2, {
        queueBytes: 1e6,
        goodputBytesPerSecond: 4e5,
        receivedBytesPerSecond: 4e5,
        transferMs: 500,
      }),
    );
    expect(uplink.limit).toBeLessThan(4e5);
    const better = observeUplink(
      uplink,
      sample(3, { queueBytes: 1e6, goodputBytesPerSecond: 2e6, transferMs: 500 }),
    );
    expect(better.limit).toBeLessThan(1e6);
  });

  it('corrects a first second that was half of the time before by the one in which its queue drained', () => {
    const mixed = observeUplink(unknownUplink(0), sample(1, { queueBytes: 3e5, transferMs: 250 }));
    const drained = { goodputBytesPerSecond: 4e5, receivedBytesPerSecond: 9e5, transferMs: 90 };
    expect(observeUplink(mixed, sample(2, drained)).limit).toBeLessThan(4e5);
    expect(observeUplink(mixed, sample(2, { ...drained, queueBytes: 1.1e5 })).limit).toBe(mixed.limit);
  });

  it('foresees a limit where all cameras together would send more than single frames say is there', () => {
    const after = (change: Partial<UplinkSample>) => {
      let uplink = unknownUplink(0);
      for (let second = 1; second <= 5; second += 1)
        uplink = observeUplink(uplink, sample(second, { frameBytes: 1e5, transferMs: 40, ...change }));
      return uplink.limit;
    };
    expect(after({ plannedBytesPerSecond: 3e6 })).toBeCloseTo(0.85 * 2e6);
    expect(after({ plannedBytesPerSecond: 1.5e6 })).toBeNull();
    expect(after({ plannedBytesPerSecond: 3e6, isSteady: false })).toBeNull();
    // A wide link: what the frames take is less than what is uncertain of the round trip.
    expect(after({ plannedBytesPerSecond: 2e7, transferMs: 5 })).toBeNull();
  });

  it('finds out within three seconds that a link carries a hundredth, though no frame comes in time to tell', () => {
    let uplink = unknownUplink(0);
    for (let second = 1; second <= 9; second += 1)
      uplink = observeUplink(uplink, sample(second, { frameBytes: 1e5, transferMs: 3, roundTripMs: 1 }));
    for (let second = 10; second <= 12; second += 1) {
      const stuck = { goodputBytesPerSecond: 1.5e5, receivedBytesPerSecond: 0, queueBytes: 6e5 };
      uplink = observeUplink(
        uplink,
        sample(second, {
          ...stuck,
          frameBytes: 1e5,
          transferMs: -1,
          roundTripMs: 1,
          largestFrameBytes: 1.1e5,
        }),
      );
    }
    expect(uplink.limit).toBeLessThan(1.5e5);
  });

  it('leaves room for what waits', () => {
    const uplink = observeUplink(unknownUplink(0), sample(1, { queueBytes: 3e5 }));
    expect(uplinkBudget(uplink)).toBeLessThan(uplink.limit! - 2e5);
  });

  it('finds more by trying, but only while the settings are what limits', () => {
    const narrow = { ...observeUplink(unknownUplink(0), sample(1, { transferMs: 400 })) };
    const after = (change: Partial<UplinkSample>) => {
      let uplink = narrow;
      for (let second = 2; second < 40; second += 1)
        uplink = observeUplink(
          uplink,
          sample(second, {
            goodputBytesPerSecond: 8e5,
            receivedBytesPerSecond: 8e5,
            transferMs: 90,
            ...change,
          }),
        );
      return uplink.limit ?? 0;
    };
    expect(after({})).toBeGreaterThan(narrow.limit! * 1.05);
    expect(after({ isLimiting: false })).toBeCloseTo(narrow.limit!);
  });
});

describe('the harmonic mean', () => {
  it('is never above the arithmetic one and NaN of nothing', () => {
    expect(harmonicMean([])).toBeNaN();
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const arithmetic = values.reduce((a, b) => a + b, 0) / values.length;
        expect(harmonicMean(values)).toBeLessThanOrEqual(arithmetic * (1 + 1e-9));
      }),
    );
  });
});

describe('a probe', () => {
  it('asks for more after each success, and for little and late after a failure', () => {
    const first = startProbe(restingProbe(0), 8e6);
    expect(isDue(restingProbe(0), 7e6)).toBe(false);
    expect(isProven(first, 8e6 + probeOptions.trySeconds * 1e6)).toBe(true);
    const proven = proveProbe(first, 11e6);
    expect(proven.step).toBeGreaterThan(probeOptions.firstStep);
    expect(isDue(proven, 11e6)).toBe(true);
    const failed = disturbProbe(startProbe(restingProbe(0), 8e6), 9e6);
    expect(failed).toMatchObject({ state: 'resting', step: probeOptions.firstStep, waitSeconds: 16 });
  });

  it('never waits longer than its longest wait', () => {
    let probe = restingProbe(0);
    for (let i = 1; i < 20; i += 1) probe = disturbProbe(startProbe(probe, i * 1e6), i * 1e6);
    expect(probe.waitSeconds).toBe(probeOptions.longestWaitSeconds);
  });
});

describe('a standing queue', () => {
  it('is one whose least sojourn stayed above the target for the interval', () => {
    const risen = observeQueue(emptyQueue, 200, 100, 0);
    expect(isStanding(risen, 1000, 0.9e6)).toBe(false);
    expect(isStanding(observeQueue(risen, 150, 100, 1e6), 1000, 1e6)).toBe(true);
    expect(isStanding(observeQueue(risen, 50, 100, 1e6), 1000, 2e6)).toBe(false);
  });
});

describe('the capacity of workers', () => {
  const instance = {
    instance: 'a',
    model: 'm',
    workers: 2,
    batch: 1,
    serviceMs: 50,
    busyShare: 0.5,
    mailboxDepth: 0,
    headAgeMs: 0,
    received: 20,
    analysed: 20,
    superseded: 0,
    expired: 0,
    telemetryAgeMs: 0,
  };

  it('adds up the instances that are heard, and takes a slower frame at its word', () => {
    const pools = observeCompute({}, [
      instance,
      { ...instance, instance: 'b' },
      { ...instance, instance: 'c', telemetryAgeMs: 9000 },
    ]);
    expect(pools['m']).toMatchObject({ workers: 4, frameMs: 50, instances: 2 });
    expect(observeCompute(pools, [{ ...instance, serviceMs: 150 }])['m']?.frameMs).toBe(150);
  });

  it('uses less of them the longer a batch takes against the objective', () => {
    const pools = (serviceMs: number) => Object.values(observeCompute({}, [{ ...instance, serviceMs }]));
    expect(usableServiceMs(pools(50), 500)).toBeGreaterThan(usableServiceMs(pools(300), 500));
    expect(usableServiceMs([], 500)).toBe(Infinity);
    const two = pools(50).flatMap((pool) => [pool, pool]);
    const own = two.map((pool) => ({ ...pool, ownWorkers: true }));
    expect(usableServiceMs(two, 500)).toBe(usableServiceMs(pools(50), 500));
    expect(usableServiceMs(own, 500)).toBe(2 * usableServiceMs(pools(50), 500));
  });
});

describe('the share of cameras that move at once', () => {
  it('is all of one camera, less of many, and never less than moves now', () => {
    const camera = { activity: 0.2, activityNow: 0 };
    expect(shareAtOnce([camera], 2)).toBe(1);
    expect(
      shareAtOnce(
        Array.from({ length: 100 }, () => camera),
        2,
      ),
    ).toBeCloseTo(0.28);
    expect(
      shareAtOnce(
        Array.from({ length: 100 }, () => ({ ...camera, activityNow: 1 })),
        2,
      ),
    ).toBe(1);
  });
});
