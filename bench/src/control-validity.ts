/**
 * Whether the simulation tells the truth: one scenario in it and for real, with the same control step.
 * `pnpm bench control-validity [--runs 5] [--seconds 90] [--json]`
 *
 * Real: a Kafka broker, its link through the fault proxy, the inference pipeline with a model that takes 20 ms, and the
 * controller service; cameras are stand-ins that send by schedule frames of the sizes that the profile says; it works
 * for five seconds before anything counts. Simulated: the same scenario in virtual time. Each figure is the median over
 * the runs with its spread; a simulated figure agrees when it is within 15 % of the real median, or inside the real
 * runs' interquartile range.
 *
 * Takes runs x (seconds + start) of real time. On a machine that has other work to do it says so and exits with 1.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { quantileOf } from '@framegate/control';
import { contenders } from '@framegate/simulation';
import { benchOptions } from './bench-options.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import type { Outcome } from './validity/real-run.ts';
import { realRun } from './validity/real-run.ts';
import { validityScenario } from './validity/scenario.ts';

const options = benchOptions({
  runs: { type: 'number', default: 5, from: 1, whole: true },
  seconds: { type: 'number', default: 90, above: 0 },
  json: { type: 'boolean', default: false },
});
const { runs } = options;
const scenario = validityScenario(options.seconds);
const ours = contenders.find(({ kind }) => kind === 'ours');
if (!ours) throw new RangeError('the simulation has no policy of ours');

interface Figures {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly results: number;
}
const names = ['p50Ms', 'p95Ms', 'results'] as const;

/** A process that waits longer than this for its turns emulates no link of 50 Mbit/s. */
const tolerableDelayMs = 10;
const turns = monitorEventLoopDelay({ resolution: 2 });
turns.enable();

const real: Figures[] = [];
const simulated: Figures[] = [];
for (let run = 1; run <= runs; run += 1) {
  showProgress(`run ${run} of ${runs}`);
  real.push(figuresOf(await realRun(scenario, run)));
  const { totals } = ours.run(scenario, run);
  const { latencyMs, analysed } = totals;
  simulated.push({ p50Ms: latencyMs.p50, p95Ms: latencyMs.p95, results: analysed });
}
showProgress('');
turns.disable();
const loopDelayMs = turns.percentile(95) / 1e6;
const isBusy = loopDelayMs > tolerableDelayMs;

const rows = names.map((name) => {
  const [one, other] = [spreadOf(real.map((run) => run[name])), spreadOf(simulated.map((run) => run[name]))];
  const ratio = other.median / one.median;
  const isInside = other.median >= one.low && other.median <= one.high;
  return { name, real: one, simulated: other, ratio, agrees: Math.abs(ratio - 1) <= 0.15 || isInside };
});
const report = {
  schema: 'framegate.report/1',
  kind: 'bench',
  bench: 'control-validity',
  runs,
  scenario: scenario.title,
  loopDelayMs,
  isBusy,
  rows,
};
if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  const text = ({ median, low, high }: (typeof rows)[number]['real']): string =>
    `${median.toPrecision(4)} (${low.toPrecision(3)}..${high.toPrecision(3)})`;
  process.stdout.write(`${runs} runs of ${options.seconds} s: median and interquartile range\n`);
  for (const row of rows)
    process.stdout.write(
      `${row.name.padEnd(12)} real ${text(row.real).padEnd(26)} simulated ${text(row.simulated).padEnd(26)} ${row.ratio.toFixed(2)}x ${row.agrees ? 'agrees' : 'DIFFERS'}\n`,
    );
}

if (isBusy)
  process.stderr.write(
    `the machine was busy: turns of the event loop came ${loopDelayMs.toFixed(0)} ms late (p95), so the real runs say nothing of the pipeline\n`,
  );
process.exitCode = isBusy ? 1 : 0;

function figuresOf({ latenciesMs }: Outcome): Figures {
  return {
    p50Ms: quantileOf(latenciesMs, 0.5),
    p95Ms: quantileOf(latenciesMs, 0.95),
    results: latenciesMs.length,
  };
}

function spreadOf(values: readonly number[]) {
  return { median: quantileOf(values, 0.5), low: quantileOf(values, 0.25), high: quantileOf(values, 0.75) };
}
