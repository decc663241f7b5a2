import { describe, expect, it } from 'vitest';
import { createNewcomers } from './newcomers.ts';
import type { CameraObservation, Observation } from './observation.ts';

const stageMs = { decode: 0, gate: 0, encode: 0, publish: 0, transport: 0, wait: 0, inference: 0, emit: 0 };
const camera = (cameraId: string): CameraObservation => ({
  cameraId, site: 's', configVersion: 1, state: 'online', objectiveMs: 500, latenciesMs: [], due: 0, onTime: 0,
  superseded: 0, expired: 0, failed: 0, captured: 0, published: 0, discarded: 0, publishedBytes: 0, stageMs,
  telemetryAgeMs: 0,
}); // prettier-ignore
const second = (number: number, ...cameraIds: string[]): Observation => ({
  atUs: number * 1e6,
  cameras: cameraIds.map(camera),
  sites: [],
  inference: [],
});

describe('what has just begun', () => {
  it('is left out of what the controller judges for five seconds, and again after it was gone', () => {
    const newcomers = createNewcomers();
    const seen = [
      second(0, 'a'),
      second(4, 'a', 'b'),
      second(5, 'a', 'b'),
      second(6, 'b'),
      second(9, 'a', 'b'),
    ];
    expect(seen.map((one) => newcomers.without(one).cameras.map(({ cameraId }) => cameraId))).toEqual([
      [],
      [],
      ['a'],
      [],
      ['b'],
    ]);
  });
});
