/**
 * Latency and CPU of frames through Kafka by size and rate:
 * `pnpm bench bus [--sizes 20000,100000] [--rates 50,200] [--seconds 10] [--rounds 5] [--json]`
 *
 * A broker of its own on this machine, or `KAFKA_BROKERS`. Each client in a process of its own with producer and
 * consumer, 4 partitions, sends by schedule (open loop), in turn (A B C B A ...):
 *   framegate           our bus: idempotent, one request at a time for each partition, as the services use it
 *   kafkajs             as its documentation shows it
 *   kafkajs idempotent  idempotent with one request under way (all partitions behind it): as safe as ours
 *   platformatic        @platformatic/kafka at its defaults
 *   in process          our bus in memory: what is left without a broker
 * Latency runs from when a message was due. CPU is that of the client's process, the broker's not. The first 2 s of
 * each run are left out.
 */
import { join } from 'node:path';
import { benchOptions } from './bench-options.ts';
import type { BusRun, BusTask } from './bus/bus-run.ts';
import { busRunSchema, clients } from './bus/bus-run.ts';
import { median, spread } from './spread.ts';
import { ratiosOf } from './suite/interleave.ts';
import { requireBroker } from './suite/require-broker.ts';
import { runBench } from './suite/run-bench.ts';
import type { MeasuredLoad } from './suite/through-broker.ts';
import { compareThroughBroker, loadsOf, loadText } from './suite/through-broker.ts';

const flags = benchOptions({
  sizes: { type: 'numbers', default: [20_000, 100_000], from: 1, whole: true },
  rates: { type: 'numbers', default: [50, 200], above: 0 },
  seconds: { type: 'number', default: 10, above: 0 },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  json: { type: 'boolean', default: false },
});

type Measured = MeasuredLoad<BusRun>;

function ratiosOfLoad({ load, rounds }: Measured) {
  const own = rounds.get('framegate') ?? [];
  return ['kafkajs', 'kafkajs idempotent', 'platformatic'].flatMap((name) =>
    [
      { what: 'p95 latency', value: (each: BusRun) => each.p95Ms ?? Number.NaN },
      { what: 'CPU', value: (each: BusRun) => each.cpuMsPerMessage },
    ].map(({ what, value }) => ({
      name: `${loadText(load)}: ${what} of framegate over ${name}`,
      better: 'lower' as const,
      rounds: ratiosOf(own, rounds.get(name) ?? [], value),
      isRobust: false,
    })),
  );
}

function rowsOf({ load, rounds }: Measured) {
  return [...rounds].map(([name, each]) => [
    `${loadText(load)}: ${name}`,
    medianOf(each.map(({ p50Ms }) => p50Ms)),
    medianOf(each.map(({ p95Ms }) => p95Ms)),
    medianOf(each.map(({ p99Ms }) => p99Ms)),
    median(each.map(({ cpuMsPerMessage }) => cpuMsPerMessage)),
    each.reduce((sum, { sent, received }) => sum + sent - received, 0),
    [...new Set(each.flatMap(({ errors }) => errors))].join('; '),
  ]);
}

/** Of the rounds in which something came. */
function medianOf(values: readonly (number | null)[]): number | null {
  const there = values.flatMap((value) => (value === null ? [] : [value]));
  return there.length === 0 ? null : median(there);
}

function plotOf(measured: readonly Measured[]) {
  return {
    kind: 'bars' as const,
    title: 'Latency in 95 % of messages',
    y: { label: 'ms' },
    groups: measured.map(({ load }) => loadText(load)),
    series: clients.map((label) => ({
      label,
      values: measured.map(({ rounds }) => {
        const values = (rounds.get(label) ?? []).flatMap(({ p95Ms }) => (p95Ms === null ? [] : [p95Ms]));
        const p95 = spread(values);
        return values.length === 0 ? null : { value: p95.median, low: p95.least, high: p95.most };
      }),
    })),
  };
}

const given = requireBroker('bus');
await runBench(flags.json, async () => {
  const measured = await compareThroughBroker(loadsOf(flags.sizes, flags.rates), {
    ways: clients,
    rounds: flags.rounds,
    given,
    program: join(import.meta.dirname, 'bus/bus-process.ts'),
    task: (client, load, brokers, run): BusTask => ({
      client,
      brokers,
      topic: `bench-bus.${process.pid}.${run}`,
      ...load,
      seconds: flags.seconds,
    }),
    result: busRunSchema,
  });
  return {
    ratios: measured.flatMap(ratiosOfLoad),
    columns: [
      { label: 'load: client' },
      { label: 'p50 ms', format: '.2f' },
      { label: 'p95 ms', format: '.2f' },
      { label: 'p99 ms', format: '.2f' },
      { label: 'CPU ms a message', format: '.3f' },
      { label: 'not received' },
      { label: 'errors' },
    ],
    rows: measured.flatMap(rowsOf),
    plot: plotOf(measured),
    missing: [],
    notes: [
      'kafkajs carries the patch of this repository (a timer that kept spinning, kafkajs#1751) in both its rows.',
      'Where @platformatic/kafka takes less CPU: kafkajs, ours with it, copies each record several times and checks it in JavaScript, so most of what it takes is garbage collection, copying and CRC32C (as NODE_OPTIONS=--cpu-prof shows).',
    ],
  };
});
