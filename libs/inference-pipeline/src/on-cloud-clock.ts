import type { Frame } from '@framegate/contracts';
import { correctionUs } from '@framegate/contracts';

/** The frame with the edge's times put on the cloud's clock, so that times of both can be compared from here on. */
export function onCloudClock(frame: Frame): Frame {
  const byUs = correctionUs(frame.clock);
  if (byUs === 0) return frame;
  return {
    ...frame,
    capturedAtUs: Math.max(0, frame.capturedAtUs + byUs),
    gatedAtUs: Math.max(0, frame.gatedAtUs + byUs),
    encodedAtUs: Math.max(0, frame.encodedAtUs + byUs),
    publishedAtUs: Math.max(0, frame.publishedAtUs + byUs),
  };
}

/**
 * How late the frame's result may be before the work is spared, µs: only what is surely too late expires, and
 * nothing while nobody knows how the clocks differ.
 */
export function expiryUs({ objectiveMs, clock }: Frame): number {
  return clock ? objectiveMs * 1000 + clock.errorUs : Number.POSITIVE_INFINITY;
}
