import { createAuditor } from '@framegate/frame-ledger';
import { expect, it } from 'vitest';
import type { ProcessSample } from './process-sample.ts';
import { growthText, soakReport } from './soak-report.ts';

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
      leads: undefined,
    })),
  );
}

function reportOf(samples: readonly ProcessSample[]) {
  return soakReport({
    startedAt: new Date(0),
    hours: 2,
    lastedHours: 2,
    seed: 1,
    samples,
    results: [0, 5400].map((atSeconds) => ({ atSeconds, latencyMs: 80, objectiveMs: 500, cameraId: 'c' })),
    windows: [],
    audit: createAuditor().finish({ drained: true, retentionPassed: false }),
  });
}

function failuresOf(pods: readonly string[]): string[] {
  return reportOf(samplesOf(pods)).results.flatMap(({ says, holds }) => (holds ? [] : says));
}

it('a soak holds where every kind of process ran and none grew', () => {
  expect(failuresOf(['edge', 'inference-1', 'inference-2', 'controller-1'])).toEqual([]);
});

it('a soak fails where a kind of process never ran', () => {
  expect(failuresOf(['edge', 'inference-1'])).toEqual(
    expect.arrayContaining([
      'Resident memory grows by less than 2 MB an hour (upper 95 % bound)',
      'Resident memory stays below the limit of its chart',
      'Descriptors do not grow',
    ]),
  );
});

it('a soak fails where one kind of process grows by 2 MB an hour', () => {
  const samples = samplesOf(['edge', 'inference-1', 'controller-1']);
  const growing = (mebibytesPerHour: number) =>
    samples.map((sample) =>
      sample.pod === 'controller-1'
        ? { ...sample, residentMib: sample.residentMib + mebibytesPerHour * sample.hours }
        : sample,
    );
  const failed = (mebibytesPerHour: number) =>
    reportOf(growing(mebibytesPerHour)).results.flatMap(({ says, holds }) => (holds ? [] : says));
  expect(failed(1.5)).toEqual([]);
  expect(failed(2)).toEqual(['Resident memory grows by less than 2 MB an hour (upper 95 % bound)']);
});

it('a soak takes the connections that an outage closes for no growth, and those that stay open for one', () => {
  const samples = samplesOf(['edge', 'inference-1', 'controller-1']);
  const failed = (descriptorsAt: (hours: number) => number) =>
    reportOf(
      samples.map((sample) => ({ ...sample, descriptors: descriptorsAt(sample.hours) })),
    ).results.flatMap(({ says, holds }) => (holds ? [] : says));
  expect(failed((hours) => (hours > 0.6 && hours < 0.65 ? 20 : 40))).toEqual([]);
  expect(failed((hours) => 40 + Math.floor(2 * hours))).toEqual(['Descriptors do not grow']);
});

it('a soak says of each kind of process how it grew, and whether it still did in the second half', () => {
  const pods = ['edge', 'inference-1', 'controller-1'];
  const samples = samplesOf(pods).map((sample) => ({
    ...sample,
    anonymousMib: 50 + 10 * Math.min(1, sample.hours),
  }));
  expect(growthText(reportOf(samples))[0]).toMatch(
    /^edge: 59 MiB of its own, growing by [1-9].* MiB an hour .*, in the second half by 0\.0 MiB an hour/,
  );
});
