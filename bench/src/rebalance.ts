/**
 * How long frames wait when a replica joins a consumer group, and when it leaves:
 * `pnpm bench rebalance [--partitions 4] [--per-second 20] [--bytes 20000] [--rounds 10] [--json]`
 *
 * One member reads all partitions, a second one joins, both read, and the second leaves again in good order (a crashed
 * one is missed for the session's time-out first, by default 6 s). Frames come by schedule all the while; a wait is the
 * longest from when a frame was due until a member had it, of the frames due while the group was unsettled.
 */
import type { MessageBus, Subscription } from '@framegate/message-bus';
import { Condition } from '@framegate/message-bus';
import { waitUntilUs } from '@framegate/load-generator';
import { createClock } from '@framegate/service-kit';
import type { RunBus } from '@framegate/service-load';
import { openBus } from '@framegate/service-load';
import { showProgress } from '@framegate/service-load/show-progress';
import { benchOptions } from './bench-options.ts';
import { spread } from './spread.ts';
import { requireBroker } from './suite/require-broker.ts';
import { runBench } from './suite/run-bench.ts';

const flags = benchOptions({
  // With one, the second replica would have none.
  partitions: { type: 'number', default: 4, from: 2, whole: true },
  'per-second': { type: 'number', default: 20, above: 0 },
  bytes: { type: 'number', default: 20_000, from: 1, whole: true },
  rounds: { type: 'number', default: 10, from: 1, whole: true },
  json: { type: 'boolean', default: false },
});
const { partitions } = flags;
const { nowUs } = createClock();

interface Arrival {
  readonly partition: number;
  readonly dueUs: number;
  readonly atUs: number;
}

/** One topic with its readers, and what they got. */
function openGroup(topic: string) {
  const arrivals: Arrival[] = [];
  const changed = new Condition();
  const assigned = new Map<MessageBus, number>();
  const join = (bus: MessageBus): Promise<Subscription> =>
    bus.subscribe({
      topics: [topic],
      group: topic,
      from: 'latest',
      concurrency: 64,
      onPartitions: (own) => {
        assigned.set(bus, own.length);
        changed.notify();
      },
      handler: async ({ partition, headers }) => {
        arrivals.push({ partition, dueUs: Number(headers['due']), atUs: nowUs() });
        changed.notify();
      },
    });
  /** Has something that was due after this moment, from each partition. */
  const flowing = async (): Promise<void> => {
    const sinceUs = nowUs();
    await changed.until(() => {
      const fresh = arrivals.filter(({ dueUs }) => dueUs >= sinceUs);
      return new Set(fresh.map(({ partition }) => partition)).size === partitions;
    });
  };
  /** Longest wait of what is due from here until the group has settled and all flows. */
  const longestWaitMs = async (change: () => Promise<void>, isSettled: () => boolean): Promise<number> => {
    const sinceUs = nowUs();
    await change();
    await changed.until(isSettled);
    await flowing();
    return Math.max(
      ...arrivals.filter(({ dueUs }) => dueUs >= sinceUs).map(({ dueUs, atUs }) => (atUs - dueUs) / 1000),
    );
  };
  return { join, flowing, longestWaitMs, shareOf: (bus: MessageBus) => assigned.get(bus) ?? 0 };
}

/** Sends to all partitions in turn until told to stop. */
async function startSending(bus: MessageBus, topic: string) {
  const producer = await bus.producer();
  const body = new Uint8Array(flags.bytes);
  const intervalUs = 1e6 / flags['per-second'] / partitions;
  const startUs = nowUs();
  let stopped = false;
  const running = (async () => {
    for (let index = 0; !stopped; index++) {
      const dueUs = startUs + index * intervalUs;
      await waitUntilUs(dueUs, nowUs);
      const partition = index % partitions;
      void producer.send(topic, { key: `c${partition}`, headers: { due: String(dueUs) }, body, partition });
    }
    await producer.close();
  })();
  return async () => {
    stopped = true;
    await running;
  };
}

async function measure(buses: RunBus, round: number) {
  const topic = `bench-rebalance.${process.pid}.${round}`;
  const [sender, first, second] = ['sender', 'first', 'second'].map((name) => buses.connect(name));
  if (!sender || !first || !second) throw new Error('no bus');
  await sender.ensureTopics([{ name: topic, partitions }]);
  const group = openGroup(topic);
  await group.join(first);
  const stop = await startSending(sender, topic);
  await group.flowing();
  let newcomer: Subscription | undefined;
  const joinedMs = await group.longestWaitMs(
    async () => {
      newcomer = await group.join(second);
    },
    () => group.shareOf(first) > 0 && group.shareOf(second) > 0 && group.shareOf(first) < partitions,
  );
  const leftMs = await group.longestWaitMs(
    async () => newcomer?.close(),
    () => group.shareOf(first) === partitions,
  );
  await stop();
  await Promise.all([...new Set([sender, first, second])].map((bus) => bus.close()));
  return { joinedMs, leftMs };
}

requireBroker('rebalance');
await runBench(flags.json, async () => {
  const buses = await openBus('kafka');
  const rounds = [];
  try {
    for (let round = 0; round < flags.rounds; round++) {
      showProgress(`round ${round + 1} of ${flags.rounds}`);
      rounds.push(await measure(buses, round));
    }
  } finally {
    await buses.stop();
  }
  const waits = {
    'a replica joins': spread(rounds.map(({ joinedMs }) => joinedMs)),
    'a replica leaves': spread(rounds.map(({ leftMs }) => leftMs)),
  };
  return {
    ratios: [],
    columns: [
      { label: 'when' },
      { label: 'longest wait, ms', format: ',.0f' },
      { label: 'least', format: ',.0f' },
      { label: 'most', format: ',.0f' },
    ],
    rows: Object.entries(waits).map(([when, { median, least, most }]) => [when, median, least, most]),
    plot: {
      kind: 'bars',
      title: 'Longest wait of a frame while a group settles',
      y: { label: 'ms' },
      groups: Object.keys(waits),
      series: [
        {
          label: 'wait',
          values: Object.values(waits).map(({ median, least, most }) => ({
            value: median,
            low: least,
            high: most,
          })),
        },
      ],
    },
    missing: [],
    notes: ['Members, sender and broker share the machine.'],
  };
});
