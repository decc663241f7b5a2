import { expect, it } from 'vitest';
import { livesOf } from './lives.ts';
import type { ProcessSample } from './process-sample.ts';

function sampleOf(hours: number, of: Partial<ProcessSample> = {}): ProcessSample {
  return {
    hours,
    pod: 'controller-1',
    processId: 1,
    residentMib: 100,
    anonymousMib: 60,
    descriptors: 35,
    eventLoopDelayMs: 10,
    leads: undefined,
    ...of,
  };
}

function agesOf(samples: readonly ProcessSample[]): [string, number][] {
  return livesOf(samples).map(({ life, ageHours }) => [life, ageHours]);
}

it('a life begins with a process', () => {
  expect(agesOf([sampleOf(1), sampleOf(2), sampleOf(3, { processId: 2 })])).toEqual([
    ['controller-1 1 0', 0],
    ['controller-1 1 0', 1],
    ['controller-1 2 0', 0],
  ]);
});

it('a life begins when a controller takes the lead, and when it gives it up', () => {
  const samples = [false, true, true, false].map((leads, at) => sampleOf(at, { leads }));
  expect(agesOf(samples)).toEqual([
    ['controller-1 1 0', 0],
    ['controller-1 1 1', 0],
    ['controller-1 1 1', 1],
    ['controller-1 1 2', 0],
  ]);
});

it('a controller that does not answer goes on with its life', () => {
  const samples = [undefined, true, undefined, true].map((leads, at) => sampleOf(at, { leads }));
  expect(new Set(livesOf(samples).map(({ life }) => life)).size).toBe(1);
});
