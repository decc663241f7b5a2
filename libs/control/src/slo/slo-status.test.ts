import { describe, expect, it } from 'vitest';
import { defaultDeclaration } from '../declaration/default-declaration.ts';
import type { CameraObservation } from '../observation/observation.ts';
import type { SloMemory } from './slo-status.ts';
import { judgeSlos, noSloMemory } from './slo-status.ts';

const declaration = defaultDeclaration(1);
const stageMs = { decode: 1, gate: 1, encode: 1, publish: 1, transport: 1, wait: 1, inference: 1, emit: 1 };

function seen(cameraId: string, latenciesMs: readonly number[]): CameraObservation {
  return {
    cameraId,
    site: 'north',
    configVersion: 1,
    state: 'online',
    objectiveMs: 500,
    latenciesMs,
    due: latenciesMs.length,
    onTime: latenciesMs.filter((ms) => ms <= 500).length,
    superseded: 0,
    expired: 0,
    failed: 0,
    captured: 10,
    published: latenciesMs.length,
    discarded: 0,
    publishedBytes: 1000,
    stageMs,
    telemetryAgeMs: 0,
  };
}

const latencyOf = (memory: SloMemory, latenciesMs: readonly number[]) =>
  judgeSlos(declaration, memory, [seen('north/a', latenciesMs), seen('north/b', latenciesMs)]).slos.find(
    ({ slo }) => slo === 'latency',
  )?.value;

describe('the value of an SLO', () => {
  it('is the quantile over the last two seconds of all cameras of a site', () => {
    const { memory } = judgeSlos(declaration, noSloMemory, [seen('north/a', [100, 200])]);
    expect(latencyOf(memory, [30])).toBe(200);
    expect(latencyOf(noSloMemory, [30])).toBe(30);
  });

  it('goes on from values that an older version stored in one list', () => {
    const old: SloMemory = {
      units: {
        latency: { north: { counts: { short: [1, 0] }, values: [[7], [100, 200]] } },
      },
      cameras: {},
    };
    expect(latencyOf(old, [30])).toBe(200);
  });
});
