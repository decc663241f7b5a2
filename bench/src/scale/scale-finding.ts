import type { StepCost } from '../control-load.ts';
import { median, spread } from '../spread.ts';
import type { BenchReport } from '../suite/bench-report.ts';
import { ratiosOf } from '../suite/interleave.ts';
import type { CoefficientName } from './fleet.ts';
import { growthOf } from './growth.ts';
import type { ScaleSample } from './scale-stage.ts';

/** Samples of one size, in the order of the rounds. */
export interface SizeRuns {
  readonly size: number;
  readonly samples: readonly ScaleSample[];
}

export interface ScaleRuns {
  readonly cameras: readonly SizeRuns[];
  readonly workers: readonly SizeRuns[];
}

const here = 'this run';

/** CPU in a second of each part, ms. */
const costs: Readonly<Record<string, (sample: ScaleSample) => number>> = {
  'edge publishing': ({ parts }) => parts.edge.cpuMsPerSecond,
  broker: ({ brokerCpuMsPerSecond }) => brokerCpuMsPerSecond,
  inference: ({ parts }) => parts.inference.cpuMsPerSecond,
  observer: ({ parts }) => parts.observer.cpuMsPerSecond,
};

const results = ({ parts }: ScaleSample): number => parts.inference.framesPerSecond;
const medianOf = (runs: SizeRuns, value: (sample: ScaleSample) => number): number =>
  median(runs.samples.map(value));

/** The most cameras against linear growth from a tenth of them; the most workers against that many times one. */
export function growthRatios(
  { cameras, workers }: ScaleRuns,
  controller: readonly StepCost[],
): BenchReport['ratios'] {
  const most = cameras.toSorted((a, b) => b.size - a.size)[0];
  const tenth = most && cameras.find(({ size }) => size * 10 === most.size);
  const [few, many] = [workers[0], workers.at(-1)];
  const ratios: BenchReport['ratios'] = [];
  if (most && tenth) {
    const name = (part: string): string => `CPU of ${part}, ${most.size} cameras over 10x ${tenth.size}`;
    for (const [part, cost] of Object.entries(costs))
      ratios.push({
        name: name(part),
        better: 'lower',
        goal: 1.1,
        isRobust: false,
        rounds: ratiosOf(most.samples, tenth.samples, cost).map((ratio) => ratio / 10),
      });
    const step = (size: number): number =>
      controller.find((each) => each.cameras === size)?.p50Ms ?? Number.NaN;
    const rounds = [step(most.size) / step(tenth.size) / 10];
    ratios.push({ name: name('controller'), better: 'lower', goal: 1.1, rounds, isRobust: false });
  }
  if (few && many && few !== many) {
    const times = many.size / few.size;
    ratios.push({
      name: `results/s of ${many.size} workers over ${times}x ${few.size}`,
      better: 'higher',
      goal: 0.9,
      isRobust: false,
      rounds: ratiosOf(many.samples, few.samples, results).map((ratio) => ratio / times),
    });
  }
  return ratios;
}

export function growthRows(
  { cameras, workers }: ScaleRuns,
  controller: readonly StepCost[],
): BenchReport['rows'] {
  return [
    ...cameras.flatMap((runs) =>
      Object.entries(costs).map(([part, cost]) => [
        `${runs.size} cameras: ${part}`,
        medianOf(runs, cost) / runs.size,
        'CPU ms a camera-second',
        here,
      ]),
    ),
    ...controller.map(({ cameras: size, p50Ms }) => [
      `${size} cameras: controller`,
      p50Ms / size,
      'CPU ms a camera-second',
      here,
    ]),
    ...workers.flatMap((runs) => [
      [`${runs.size} workers: results`, medianOf(runs, results), 'results/s', here],
      [
        `${runs.size} workers: inference`,
        median(
          runs.samples.map(
            (sample) => sample.parts.inference.cpuMsPerSecond / sample.parts.edge.framesPerSecond,
          ),
        ),
        'CPU ms a frame offered',
        here,
      ],
    ]),
  ];
}

export function growthPlot({ cameras }: ScaleRuns, controller: readonly StepCost[]): BenchReport['plot'] {
  return {
    kind: 'xy',
    title: 'CPU of a camera by their number: level or falling is as good as linear',
    x: { label: 'cameras', scale: 'log' },
    y: { label: 'CPU ms a camera-second', scale: 'log' },
    series: [
      ...Object.entries(costs).map(([label, cost]) => ({
        label,
        points: cameras.map(({ size, samples }) => {
          const each = spread(samples.map((sample) => cost(sample) / size));
          return { x: size, y: each.median, low: each.least, high: each.most };
        }),
      })),
      {
        label: 'controller',
        points: controller.map(({ cameras: size, p50Ms }) => ({ x: size, y: p50Ms / size })),
      },
    ],
  };
}

/** What another frame costs, from the growth over cameras: what is there without any is not in it. */
export function growthCoefficients(
  { cameras }: ScaleRuns,
  controller: readonly StepCost[],
): Partial<Record<CoefficientName, { readonly value: number; readonly from: string }>> {
  const offered = (runs: SizeRuns): number => medianOf(runs, ({ parts }) => parts.edge.framesPerSecond);
  const perFrame = (part: string) => ({
    value: growthOf(cameras.map((runs) => [offered(runs), medianOf(runs, costs[part] ?? (() => Number.NaN))]))
      .perUnit,
    from: `${here}, growth over ${cameras.map(({ size }) => size).join(', ')} cameras`,
  });
  return {
    publishCpuMs: perFrame('edge publishing'),
    brokerCpuMs: perFrame('broker'),
    intakeCpuMs: perFrame('inference'),
    observeCpuMs: perFrame('observer'),
    controlCpuMs: {
      value: growthOf(controller.map(({ cameras: size, p50Ms }) => [size, p50Ms])).perUnit,
      from: `${here}, a step each second`,
    },
  };
}
