import type { CameraConfig } from '@framegate/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeConfig, safeSince } from './safe-rung.ts';
import { createSafety } from './safety.ts';

const config: CameraConfig = {
  cameraId: 'north/door',
  token: 3,
  version: 7,
  intentRevision: 0,
  partition: 1,
  framesPerSecond: 10,
  width: 1280,
  quality: 80,
  motionSensitivity: 50,
  model: 'm',
  reason: 'first configuration',
};

describe('the safe rung of a site', () => {
  it('is taken once no controller was heard for the declared time, and given back at its first word', () => {
    const seconds = (nowSeconds: number, heardSeconds: number, before: number | null = null) =>
      safeSince(before, nowSeconds * 1e6, heardSeconds * 1e6, 30);
    expect(seconds(29.9, 0)).toBeNull();
    expect(seconds(30, 0)).toBe(30e6);
    expect(seconds(99, 0, 30e6)).toBe(30e6);
    expect(seconds(99, 98, 30e6)).toBeNull();
  });

  it('is never taken where its time is 0', () => {
    expect(safeSince(null, 1e15, 0, 0)).toBeNull();
  });

  it('asks no camera for more than it was told, keeps its partition and its version, and is the same twice', () => {
    const settings = fc.record({
      framesPerSecond: fc.double({ min: 0.1, max: 60, noNaN: true }),
      width: fc.integer({ min: 16, max: 4000 }),
      quality: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(settings, (told) => {
        const before = { ...config, ...told };
        const safe = safeConfig(before);
        for (const lever of ['framesPerSecond', 'width', 'quality'] as const)
          expect(safe[lever]).toBeLessThanOrEqual(before[lever]);
        expect(safe).toMatchObject({ token: 3, version: 7, partition: 1, model: 'm' });
        expect(safeConfig(safe)).toEqual(safe);
      }),
    );
  });

  it('is told in telemetry, and whoever has to tell the cameras is told of each change once', () => {
    let [nowUs, heardAtUs] = [0, -Infinity];
    const changes: boolean[] = [];
    const safety = createSafety({
      nowUs: () => nowUs,
      heardAtUs: () => heardAtUs,
      afterSeconds: 30,
      onChange: (isSafe) => changes.push(isSafe),
    });
    const turns = [10, 30, 31, 40].map((second) => {
      nowUs = second * 1e6;
      if (second === 40) heardAtUs = nowUs;
      return [safety.turn(), safety.limited(config)?.framesPerSecond, safety.telemetry()];
    });
    expect(turns).toEqual([
      [false, 10, {}],
      [true, 2, { safeRung: { sinceUs: 30e6 } }],
      [false, 2, { safeRung: { sinceUs: 30e6 } }],
      [true, 10, {}],
    ]);
    expect(changes).toEqual([true, false]);
    expect(safety.limited(undefined)).toBeUndefined();
  });
});
