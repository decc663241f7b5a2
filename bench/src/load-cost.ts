/**
 * What the load generator costs beside a bare kafkajs producer loop at the same rate and size:
 * `pnpm bench load-cost [--sizes 20000,100000] [--rates 200] [--seconds 8] [--rounds 5] [--json]`
 *
 * A broker of its own, or `KAFKA_BROKERS`. Each sender in a process of its own, in turn (A B C C B A ...), 4 partitions:
 *   load generator            `pnpm load --as edge`: schedule, headers of a frame, histograms; idempotent, one request
 *                             at a time for each partition
 *   kafkajs loop              a timer and `send`, as its documentation shows it
 *   kafkajs loop, idempotent  idempotent with one request under way: as safe as ours
 * CPU is that of the sender's process, from its first frame until the last is acknowledged.
 */
import { join } from 'node:path';
import { benchOptions } from './bench-options.ts';
import type { CostRun, CostTask } from './load/cost-task.ts';
import { costRunSchema, senders } from './load/cost-task.ts';
import { median, spread } from './spread.ts';
import { ratiosOf } from './suite/interleave.ts';
import { requireBroker } from './suite/require-broker.ts';
import { runBench } from './suite/run-bench.ts';
import type { MeasuredLoad } from './suite/through-broker.ts';
import { compareThroughBroker, loadsOf, loadText } from './suite/through-broker.ts';

const flags = benchOptions({
  sizes: { type: 'numbers', default: [20_000, 100_000], from: 1, whole: true },
  rates: { type: 'numbers', default: [200], above: 0 },
  seconds: { type: 'number', default: 8, above: 0 },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  json: { type: 'boolean', default: false },
});
/** Section "Done when" of the load generator: at most a fifth more than the loop. */
const goal = 1.2;

const cost = ({ cpuMsPerFrame }: CostRun): number => cpuMsPerFrame;

function ratiosOfLoad({ load, rounds }: MeasuredLoad<CostRun>) {
  return senders.slice(1).map((name) => ({
    name: `${loadText(load)}: CPU of the load generator over ${name}`,
    better: 'lower' as const,
    goal,
    rounds: ratiosOf(rounds.get('load generator') ?? [], rounds.get(name) ?? [], cost),
    isRobust: false,
  }));
}

const given = requireBroker('load-cost');
await runBench(flags.json, async () => {
  const measured = await compareThroughBroker(loadsOf(flags.sizes, flags.rates), {
    ways: senders,
    rounds: flags.rounds,
    given,
    program: join(import.meta.dirname, 'load/cost-process.ts'),
    task: (sender, load, brokers, run): CostTask => ({
      sender,
      brokers,
      site: `cost-${process.pid}-${run}`,
      ...load,
      seconds: flags.seconds,
    }),
    result: costRunSchema,
  });
  return {
    ratios: measured.flatMap(ratiosOfLoad),
    columns: [
      { label: 'load: sender' },
      { label: 'CPU ms a frame', format: '.3f', best: 'lowest' as const },
      { label: 'frames/s', format: '.1f' },
      { label: 'failed' },
    ],
    rows: measured.flatMap(({ load, rounds }) =>
      [...rounds].map(([name, each]) => [
        `${loadText(load)}: ${name}`,
        median(each.map(cost)),
        median(each.map(({ sent, seconds }) => sent / seconds)),
        each.reduce((sum, { failed }) => sum + failed, 0),
      ]),
    ),
    plot: {
      kind: 'bars',
      title: 'CPU of a sender',
      y: { label: 'ms a frame' },
      groups: measured.map(({ load }) => loadText(load)),
      series: senders.map((label) => ({
        label,
        values: measured.map(({ rounds }) => {
          const { median: value, least: low, most: high } = spread((rounds.get(label) ?? []).map(cost));
          return { value, low, high };
        }),
      })),
    },
    missing: [],
    notes: [
      'kafkajs carries the patch of this repository (a timer that kept spinning, kafkajs#1751) in all rows.',
    ],
  };
});
