import { describe, expect, it } from 'vitest';
import { fullQualitySeconds, recoverySeconds } from './recovery.ts';
import type { SecondSample } from './run-result.ts';
import { scenarioOf } from './scenario-parts.ts';

const scenario = scenarioOf({ name: 'x', title: 'x', durationSeconds: 100 });
const narrow = { kind: 'uplink-narrow', factor: 0.5 } as const;

function secondsOf(bad: readonly number[], accuracyOf: (second: number) => number = () => 1): SecondSample[] {
  return Array.from({ length: 100 }, (_, second) => ({
    second,
    p50Ms: 1,
    p95Ms: 1,
    results: 1,
    publishedBytes: 0,
    violations: bad.includes(second) ? 1 : 0,
    dueCameras: 4,
    queuedBytes: 0,
    mailboxDepth: 0,
    replicas: 1,
    levers: { framesPerSecond: 10, width: 1280, quality: 75, accuracy: accuracyOf(second) },
  }));
}

describe('time to recover', () => {
  it('lasts from the change until three seconds on end are in time', () => {
    const disturbances = [{ ...narrow, atSeconds: 20, untilSeconds: 60 }];
    expect(recoverySeconds(disturbances, scenario, secondsOf([22, 23, 25, 62]))).toEqual([6, 3]);
  });

  it('is nothing when nothing was late, and all the time when all was', () => {
    const all = Array.from({ length: 100 }, (_, second) => second);
    expect(recoverySeconds([{ ...narrow, atSeconds: 20 }], scenario, secondsOf([]))).toEqual([0]);
    expect(recoverySeconds([{ ...narrow, atSeconds: 20 }], scenario, secondsOf(all))).toEqual([80]);
  });

  it('of quality lasts from the end of the last disturbance', () => {
    const accuracy = (second: number) => (second >= 20 && second < 75 ? 0.5 : 1);
    const disturbances = [{ ...narrow, atSeconds: 20, untilSeconds: 60 }];
    expect(fullQualitySeconds(disturbances, secondsOf([], accuracy))).toBe(15);
    expect(fullQualitySeconds([{ ...narrow, atSeconds: 20 }], secondsOf([], accuracy))).toBeNaN();
  });
});
