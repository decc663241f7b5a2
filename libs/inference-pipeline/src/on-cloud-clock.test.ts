import type { Frame } from '@framegate/contracts';
import { describe, expect, it } from 'vitest';
import { expiryUs, onCloudClock } from './on-cloud-clock.ts';

const frame: Frame = {
  cameraId: 's/a', epoch: 1, seq: 1, kind: 'live', objectiveMs: 500, configVersion: 0, width: 2, height: 2,
  sourceWidth: 2, sourceHeight: 2, regions: [], score: 0, work: { decodeMs: 0, gateMs: 0, encodeMs: 0 },
  capturedAtUs: 10_000_000, gatedAtUs: 10_001_000, encodedAtUs: 10_002_000, publishedAtUs: 10_003_000,
  jpeg: new Uint8Array(),
}; // prettier-ignore

describe('a frame of a site whose clock differs', () => {
  it('gets the times of this clock', () => {
    const moved = onCloudClock({ ...frame, clock: { offsetUs: -5_000_000, errorUs: 900 } });
    expect(moved).toMatchObject({
      capturedAtUs: 5_000_000,
      gatedAtUs: 5_001_000,
      encodedAtUs: 5_002_000,
      publishedAtUs: 5_003_000,
    });
  });

  it('keeps its times while the difference is not larger than its error, or unknown', () => {
    expect(onCloudClock({ ...frame, clock: { offsetUs: 900, errorUs: 900 } }).capturedAtUs).toBe(10_000_000);
    expect(onCloudClock(frame)).toBe(frame);
  });

  it('expires only when it is surely too late, and never while nothing is known of its clock', () => {
    expect(expiryUs({ ...frame, clock: { offsetUs: 0, errorUs: 1500 } })).toBe(501_500);
    expect(expiryUs(frame)).toBe(Number.POSITIVE_INFINITY);
  });
});
