import type { Detection, Outcome } from '@framegate/contracts';
import { createSloAccount } from '@framegate/control';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from './frame.ts';
import { newFrame } from './frame.ts';
import { createTruth } from './truth.ts';

const objectiveMs = 500;
const rung = { framesPerSecond: 10, width: 640, quality: 75, motionSensitivity: 50, model: 'm' };

function frameOf(seq: number): Frame {
  const capturedAtUs = seq * 90_000;
  return newFrame(
    {
      camera: 0,
      cameraId: 'a/b',
      seq,
      capturedAtUs,
      stampedAtUs: capturedAtUs,
      objectiveMs,
      partition: 0,
      motion: true,
      gateChance: 0,
      sizeDeviation: 0,
    },
    { rung, version: 1, accuracy: 1 },
  );
}

const asOutcome = (frame: Frame, outcome: Outcome['outcome'], atUs: number): Outcome => ({
  cameraId: frame.cameraId,
  epoch: 1,
  seq: frame.seq,
  kind: 'live',
  outcome,
  capturedAtUs: frame.capturedAtUs,
  objectiveMs,
  atUs,
});
const asDetection = (frame: Frame, emitted: number): Detection => {
  const captured = frame.capturedAtUs;
  const timesUs = {
    captured,
    gated: captured,
    encoded: captured,
    published: captured,
    received: captured,
    started: captured,
    inferred: captured,
    emitted,
  };
  return {
    cameraId: frame.cameraId,
    epoch: 1,
    seq: frame.seq,
    kind: 'live',
    objectiveMs,
    configVersion: 1,
    frameBytes: 1,
    batchSize: 1,
    model: { id: 'm', sha256: '' },
    sourceWidth: 1,
    sourceHeight: 1,
    objects: [],
    gate: { score: 1, regions: [] },
    timesUs,
    workMs: { decode: 0, gate: 0, encode: 0, jpegDecode: 0, inference: 0 },
  };
};

describe('the account of a simulated run', () => {
  it('agrees with the account of a real one', () => {
    const fates = fc.array(
      fc.record({
        fate: fc.constantFrom('analysed' as const, 'superseded' as const, 'expired' as const),
        latencyMs: fc.integer({ min: 20, max: 900 }),
      }),
      { minLength: 1, maxLength: 80 },
    );
    fc.assert(
      fc.property(fates, (list) => {
        const truth = createTruth([objectiveMs], 60);
        const slo = createSloAccount();
        list.forEach(({ fate, latencyMs }, seq) => {
          const frame = frameOf(seq);
          const atUs = frame.capturedAtUs + latencyMs * 1000;
          truth.published(frame);
          slo.outcome(asOutcome(frame, fate, atUs));
          if (fate === 'superseded') truth.superseded(frame);
          if (fate !== 'analysed') return;
          truth.analysed(frame, atUs);
          slo.detection(asDetection(frame, atUs));
        });
        const [own] = truth.account();
        const { due, onTime, violationSeconds } = slo.summary(1e9);
        expect([own!.dueTotal, own!.onTime, own!.violationSeconds]).toEqual([due, onTime, violationSeconds]);
      }),
    );
  });
});
