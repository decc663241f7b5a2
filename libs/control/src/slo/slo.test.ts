import type { Detection, Outcome, OutcomeName } from '@framegate/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jainIndex } from './jain-index.ts';
import { createLatencyHistogram, quantileOf } from '../observation/latency-histogram.ts';
import { createSloAccount } from './slo-account.ts';

const ms = 1000;
const second = 1e6;
const objectiveMs = 500;

function outcome(
  seq: number,
  capturedAtUs: number,
  name: OutcomeName,
  kind: Outcome['kind'] = 'live',
): Outcome {
  return {
    cameraId: 'a/b',
    epoch: 1,
    seq,
    kind,
    outcome: name,
    capturedAtUs,
    objectiveMs,
    atUs: capturedAtUs,
  };
}
function detection(
  seq: number,
  captured: number,
  latency: number,
  kind: Detection['kind'] = 'live',
): Detection {
  const at = captured + latency * ms;
  return {
    cameraId: 'a/b',
    epoch: 1,
    seq,
    kind,
    objectiveMs,
    configVersion: 0,
    frameBytes: 1,
    batchSize: 1,
    model: {
      id: 'm',
      sha256: '',
    },
    sourceWidth: 1,
    sourceHeight: 1,
    objects: [],
    gate: {
      score: 1,
      regions: [],
    },
    timesUs: {
      captured,
      gated: at,
      encoded: at,
      published: at,
      received: at,
      started: at,
      inferred: at,
      emitted: at,
    },
    workMs: {
      decode: 0,
      gate: 0,
      encode: 0,
      jpegDecode: 0,
      inference: 0,
    },
  };
}
function analysed(
  account: ReturnType<typeof createSloAccount>,
  seq: number,
  captured: number,
  latency: number,
) {
  account.detection(detection(seq, captured, latency));
  account.outcome(outcome(seq, captured, 'analysed'));
}

describe('the account of the latency objective', () => {
  it('counts frames within the objective as on time and others as late', () => {
    const account = createSloAccount();
    analysed(account, 1, 0, 100);
    analysed(account, 2, 100 * ms, 900);
    account.outcome(outcome(3, 200 * ms, 'expired'));
    account.outcome(outcome(4, 300 * ms, 'failed'));
    expect(account.summary(0)).toMatchObject({ due: 4, onTime: 1, onTimeShare: 0.25 });
  });

  it('takes a superseded frame as on time when a newer one had its result within its own objective', () => {
    const account = createSloAccount();
    account.outcome(outcome(1, 0, 'superseded'));
    analysed(account, 2, 100 * ms, 300);
    expect(account.summary(0)).toMatchObject({ due: 2, onTime: 2 });
  });

  it('takes a superseded frame as late when the newer result came too late for it', () => {
    const account = createSloAccount();
    account.outcome(outcome(1, 0, 'superseded'));
    analysed(account, 2, 300 * ms, 300);
    expect(account.summary(0)).toMatchObject({ due: 2, onTime: 1 });
  });

  it('takes a superseded frame as on time also when its record comes after the newer result', () => {
    const account = createSloAccount();
    analysed(account, 2, 100 * ms, 300);
    account.outcome(outcome(1, 0, 'superseded'));
    expect(account.summary(0)).toMatchObject({ due: 2, onTime: 2 });
  });

  it('takes a superseded frame as on time when any newer result came in time, not only the first told', () => {
    const account = createSloAccount();
    account.outcome(outcome(1, 0, 'superseded'));
    analysed(account, 2, 100 * ms, 450);
    analysed(account, 3, 200 * ms, 200);
    expect(account.summary(0)).toMatchObject({ due: 3, onTime: 3 });
  });

  it('counts a frame once that one reader superseded and another analysed', () => {
    const account = createSloAccount();
    account.outcome(outcome(1, 0, 'superseded'));
    account.detection(detection(1, 0, 200));
    account.detection(detection(2, 100 * ms, 200));
    expect(account.summary(0)).toMatchObject({ onTime: 2 });
  });

  it('counts a second once whose outcomes trickle in long after it', () => {
    const account = createSloAccount();
    for (let i = 0; i < 5; i++) {
      const toldUs = (30 + i) * second;
      account.outcome({ ...outcome(i, i * 100 * ms, 'expired'), atUs: toldUs });
      account.summary(toldUs);
    }
    expect(account.summary(60 * second)).toMatchObject({ due: 5, violationSeconds: 1 });
  });

  it('counts only live frames', () => {
    const account = createSloAccount();
    account.detection(detection(1, 0, 9000, 'keepalive'));
    account.outcome(outcome(1, 0, 'analysed', 'keepalive'));
    expect(account.summary(60 * second)).toMatchObject({ due: 0, violationSeconds: 0 });
  });

  it('counts a violation-second for a slow second, for one without result, and for none other', () => {
    const account = createSloAccount();
    for (let i = 0; i < 10; i++) analysed(account, i, i * 100 * ms, 100);
    for (let i = 0; i < 10; i++) analysed(account, 10 + i, 10 * second + i * 100 * ms, 800);
    account.outcome(outcome(30, 20 * second, 'expired'));
    expect(account.summary(60 * second).violationSeconds).toBe(2);
    expect(account.summary(90 * second).violationSeconds).toBe(2);
  });

  it('judges a second only once it can no longer change', () => {
    const account = createSloAccount();
    account.outcome(outcome(1, 0, 'expired'));
    expect(account.summary(2 * second).violationSeconds).toBe(0);
    expect(account.summary(10 * second).violationSeconds).toBe(1);
  });
});

describe('a latency histogram', () => {
  it('gives quantiles that are at most 2 % off the exact ones', () => {
    const values = fc.array(fc.integer({ min: 20, max: 1e8 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.95, 0.99, 1), (us, q) => {
        const histogram = createLatencyHistogram();
        us.forEach((value) => histogram.add(value / 1000));
        const exact = quantileOf(
          us.map((value) => value / 1000),
          q,
        );
        expect(Math.abs(histogram.quantile(q) - exact)).toBeLessThanOrEqual(exact * 0.02);
      }),
    );
  });

  it('has no quantile before the first value', () => {
    expect(createLatencyHistogram().quantile(0.5)).toBeNaN();
  });
});

describe("Jain's index", () => {
  it('is 1 for equal shares, 1/n when one has everything, and between the two always', () => {
    expect(jainIndex([3, 3, 3])).toBeCloseTo(1);
    expect(jainIndex([1, 0, 0, 0])).toBeCloseTo(0.25);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }), (shares) => {
        const index = jainIndex(shares);
        expect(index).toBeGreaterThanOrEqual(1 / shares.length - 1e-9);
        expect(index).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
