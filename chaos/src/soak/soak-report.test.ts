import { createAuditor } from '@framegate/frame-ledger';
import { expect, it } from 'vitest';
import type { ProcessSample } from './process-sample.ts';
import { soakReport } from './soak-report.ts';

/** Two hours of processes that don't grow. */
function samplesOf(pods: readonly string[]): ProcessSample[] {
  return pods.flatMap((pod, index) =>
    Array.from({ length: 240 }, (_, at) => ({
      hours: at / 120,
      pod,
      processId: index + 1,
      residentMib: 150,
      anonymousMib: 100 + (at % 3),
      descriptors: 40,
      eventLoopDelayMs: 20,
    })),
  );
}

function failuresOf(pods: readonly string[]): string[] {
  const report = soakReport({
    startedAt: new Date(0),
    hours: 2,
    seed: 1,
    samples: samplesOf(pods),
    results: [0, 5400].map((atSeconds) => ({ atSeconds, latencyMs: 80, objectiveMs: 500, cameraId: 'c' })),
    windows: [],
    audit: createAuditor().finish({ drained: true, retentionPassed: false }),
  });
  return report.results.flatMap(({ says, holds }) => (holds ? [] : says));
}

it('a soak holds where every kind of process ran and none grew', () => {
  expect(failuresOf(['edge', 'inference-1', 'inference-2', 'controller-1'])).toEqual([]);
});

it('a soak fails where a kind of process never ran', () => {
  expect(failuresOf(['edge', 'inference-1'])).toEqual(
    expect.arrayContaining([
      'Memory of its own grows by less than 2 MB an hour (upper 95 % bound)',
      'Resident memory stays below the limit of its chart',
      'Descriptors do not grow',
    ]),
  );
});
