import { expect, it } from 'vitest';
import type { Setting } from '../profile/settings.ts';
import type { ComputeCapacity } from './compute-capacity.ts';
import { withExpectedTimes } from './expected-times.ts';

const pool = (change: Partial<ComputeCapacity> = {}): ComputeCapacity => ({
  workers: 2,
  batch: 1,
  frameMs: 4000,
  serviceMs: 4000,
  busyShare: 0,
  analysed: 0,
  instances: 1,
  ...change,
});
const setting = (model: string, serviceMs: number): Setting => ({
  framesPerSecond: 10,
  width: 1280,
  quality: 75,
  model,
  motionSensitivity: 50,
  bytesPerFrame: 50_000,
  serviceMs,
  accuracy: 1,
  utility: 1,
  leverPrice: 0,
});
const [small, large] = [setting('small', 14), setting('large', 50)];

it('a model that nobody used counts as slow as those in use, not as its last frames of long ago', () => {
  const compute = withExpectedTimes({ small: pool(), large: pool({ batch: 2 }) }, [small], [large], 1.5);
  expect(compute['large']).toMatchObject({ frameMs: 75, serviceMs: 150 });
});

it('a model that is in use keeps what was measured, also where more cameras come to it', () => {
  const before = { small: pool({ frameMs: 20 }), large: pool() };
  expect(withExpectedTimes(before, [small, large], [large], 1.5)).toEqual(before);
});

it('a model that never ran stays unmeasured, and one that nobody runs unknown', () => {
  const before = { large: pool({ frameMs: null, serviceMs: null }) };
  expect(withExpectedTimes(before, [small], [large, setting('huge', 200)], 1.5)).toEqual(before);
});
