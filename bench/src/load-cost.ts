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
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestBroker } from '@framegate/kafka-local';
import { benchOptions } from './bench-options.ts';
import type { CostRun, CostTask } from './load/cost-task.ts';
import { costRunSchema, senders } from './load/cost-task.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import { median, spread } from './spread.ts';
import { interleave, ratiosOf } from './suite/interleave.ts';
import { requireBroker } from './suite/require-broker.ts';
import { runBench } from './suite/run-bench.ts';

const flags = benchOptions({
  sizes: { type: 'string', default: '20000,100000' },
  rates: { type: 'string', default: '200' },
  seconds: { type: 'string', default: '8' },
  rounds: { type: 'string', default: '5' },
  json: { type: 'boolean', default: false },
});
const run = promisify(execFile);
/** Section "Done when" of the load generator: at most a fifth more than the loop. */
const goal = 1.2;

interface Load {
  readonly bytes: number;
  readonly perSecond: number;
}

let runs = 0;
async function measure(sender: CostTask['sender'], load: Load, brokers: string[]): Promise<CostRun> {
  const site = `cost-${process.pid}-${runs++}`;
  const task: CostTask = { sender, brokers, site, ...load, seconds: Number(flags.seconds) };
  const program = join(import.meta.dirname, 'load/cost-process.ts');
  const { stdout } = await run(process.execPath, [program, JSON.stringify(task)]);
  return costRunSchema.parse(JSON.parse(stdout));
}

async function measureLoad(load: Load, brokers: string[]) {
  const ways = senders.map((name) => ({ name, run: () => measure(name, load, brokers) }));
  const rounds = await interleave(ways, {
    rounds: Number(flags.rounds),
    warmUps: 0,
    onRun: (done, inAll, name) => showProgress(`${text(load)}: ${name}, run ${done + 1} of ${inAll}`),
  });
  return { load, rounds };
}
type Measured = Awaited<ReturnType<typeof measureLoad>>;

const text = ({ bytes, perSecond }: Load): string => `${bytes / 1000} kB at ${perSecond}/s`;
const cost = ({ cpuMsPerFrame }: CostRun): number => cpuMsPerFrame;

function ratiosOfLoad({ load, rounds }: Measured) {
  return senders.slice(1).map((name) => ({
    name: `${text(load)}: CPU of the load generator over ${name}`,
    better: 'lower' as const,
    goal,
    rounds: ratiosOf(rounds.get('load generator') ?? [], rounds.get(name) ?? [], cost),
    isRobust: false,
  }));
}

const given = requireBroker('load-cost');
await runBench(flags.json, async () => {
  const broker = given ? undefined : await startTestBroker();
  const loads = flags.sizes
    .split(',')
    .flatMap((bytes) =>
      flags.rates.split(',').map((perSecond) => ({ bytes: Number(bytes), perSecond: Number(perSecond) })),
    );
  const measured: Measured[] = [];
  try {
    for (const load of loads) measured.push(await measureLoad(load, given ?? broker?.brokers ?? []));
  } finally {
    await broker?.stop();
  }
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
        `${text(load)}: ${name}`,
        median(each.map(cost)),
        median(each.map(({ sent, seconds }) => sent / seconds)),
        each.reduce((sum, { failed }) => sum + failed, 0),
      ]),
    ),
    plot: {
      kind: 'bars',
      title: 'CPU of a sender',
      y: { label: 'ms a frame' },
      groups: measured.map(({ load }) => text(load)),
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
      'kafkajs carries the one patch of this repository (a timer that kept spinning, kafkajs#1751) in all rows.',
    ],
  };
});
