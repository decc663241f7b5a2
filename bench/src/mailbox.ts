/**
 * Who goes next in overload: our mailbox beside other policies, in virtual time.
 * `node bench/src/mailbox.ts [--json] [--seeds 20]`; decision 0003 quotes what it prints.
 */
import type {
  Fate,
  Mail,
  MailboxOptions,
  OverloadOptions,
  OverloadResult,
  Scheduler,
} from '@framegate/mailbox';
import { createMailbox, simulateOverload } from '@framegate/mailbox';
import { benchOptions } from './bench-options.ts';

type OnFate = (mail: Mail<null>, fate: Fate) => void;
type Policy = (onFate: OnFate) => Scheduler;
type Load = Pick<OverloadOptions, 'framesPerSecond' | 'phases'>;

const serviceMs = 50;
const cameras = (count: number, framesPerSecond: number) =>
  Array.from({ length: count }, () => framesPerSecond);

const loads: Record<string, Load> = {
  '8 x 10/s staggered': { framesPerSecond: cameras(8, 10), phases: 'staggered' },
  '8 x 10/s random': { framesPerSecond: cameras(8, 10), phases: 'random' },
  '8 x 10/s synchronous': { framesPerSecond: cameras(8, 10), phases: 'synchronous' },
  '20 x 10/s random': { framesPerSecond: cameras(20, 10), phases: 'random' },
  '20 x 10/s synchronous': { framesPerSecond: cameras(20, 10), phases: 'synchronous' },
  '30/s and 7 x 5/s random': { framesPerSecond: [30, 5, 5, 5, 5, 5, 5, 5], phases: 'random' },
  '6 x 4/s random': { framesPerSecond: cameras(6, 4), phases: 'random' },
  '5 x 3/s random': { framesPerSecond: cameras(5, 3), phases: 'random' },
};

const ours =
  (options: Partial<MailboxOptions<null>>): Policy =>
  (onFate) =>
    createMailbox({ ...options, onFate });

const policies: Record<string, Policy> = {
  'first in first out': ours({ lossless: true }),
  'newest first': onePerCamera((a, b) => b.offeredAtUs - a.offeredAtUs),
  'least recently served': onePerCamera((a, b) => a.servedAtUs - b.servedAtUs),
  'newest within credit 2': onePerCamera(
    (a, b) => b.offeredAtUs - a.offeredAtUs,
    (slot, least) => slot.served - least < 2,
  ),
  'mailbox, credit 2': ours({ creditFrames: 2 }),
  'mailbox, credit 4': ours({}),
  'mailbox, credit 8': ours({ creditFrames: 8 }),
  'mailbox, credit 4, patient': ours({ patient: true }),
};

interface Slot {
  mail: Mail<null>;
  waits: boolean;
  offeredAtUs: number;
  servedAtUs: number;
  served: number;
}

/** The policies we compare with: one slot for each camera, ordered, perhaps restricted to some. */
function onePerCamera(
  order: (a: Slot, b: Slot) => number,
  eligible: (slot: Slot, leastServed: number) => boolean = () => true,
): Policy {
  return (onFate) => {
    const slots = new Map<string, Slot>();
    const waiting = () => [...slots.values()].filter(({ waits }) => waits);
    return {
      offer(mail, nowUs) {
        const slot = slots.get(mail.cameraId) ?? {
          mail,
          waits: false,
          offeredAtUs: 0,
          servedAtUs: -1,
          served: 0,
        };
        if (slot.waits) onFate(slot.mail, 'superseded');
        slots.set(mail.cameraId, Object.assign(slot, { mail, waits: true, offeredAtUs: nowUs }));
      },
      take(max, nowUs) {
        const candidates = waiting();
        const leastServed = Math.min(...candidates.map(({ served }) => served));
        const chosen = candidates
          .filter((slot) => eligible(slot, leastServed))
          .toSorted(order)
          .slice(0, max);
        for (const slot of chosen)
          Object.assign(slot, { waits: false, servedAtUs: nowUs, served: slot.served + 1 });
        return chosen.map(({ mail }) => mail);
      },
      waitUntilUs: () => null,
      size: () => waiting().length,
    };
  };
}

interface Row {
  load: string;
  policy: string;
  /** Ages of results as multiples of the service time: mean over the seeds, and the worst seed. */
  ageP50: number;
  ageP95: number;
  ageP95WorstSeed: number;
  ageP95WorstCamera: number;
  jainLeast: number;
  /** Results a second: of the camera served least (worst seed), and of all together. */
  leastServed: number;
  throughput: number;
}

function measure(load: string, policy: string, seeds: number): Row {
  const createScheduler = policies[policy] ?? ours({});
  const shape = loads[load] ?? { framesPerSecond: [], phases: 'random' };
  const seconds = 60;
  const results = Array.from({ length: seeds }, (_, seed) =>
    simulateOverload({ ...shape, serviceMs, seconds, seed: seed + 1, createScheduler }),
  );
  const values = (of: (result: OverloadResult) => number) => results.map(of);
  const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return {
    load,
    policy,
    ageP50: mean(values(({ ageMs }) => ageMs.p50 / serviceMs)),
    ageP95: mean(values(({ ageMs }) => ageMs.p95 / serviceMs)),
    ageP95WorstSeed: Math.max(...values(({ ageMs }) => ageMs.p95 / serviceMs)),
    ageP95WorstCamera: mean(values(({ worstCameraAgeP95Ms }) => worstCameraAgeP95Ms / serviceMs)),
    jainLeast: Math.min(...values(({ jain }) => jain)),
    leastServed: Math.min(...values(({ served }) => Math.min(...served) / seconds)),
    throughput: mean(values(({ served }) => served.reduce((sum, count) => sum + count, 0) / seconds)),
  };
}

function print(rows: readonly Row[]): void {
  console.log(`one worker, service ${serviceMs} ms +-5 %, 60 s of virtual time; ages in services`);
  for (const load of new Set(rows.map((row) => row.load))) {
    console.log(`\n${load}`);
    console.log(
      `${'policy'.padEnd(28)}      p50      p95  worst seed  worst camera     Jain  least/s  total/s`,
    );
    for (const row of rows.filter((other) => other.load === load))
      console.log(
        row.policy.padEnd(28) +
          row.ageP50.toFixed(2).padStart(9) +
          row.ageP95.toFixed(2).padStart(9) +
          row.ageP95WorstSeed.toFixed(2).padStart(12) +
          row.ageP95WorstCamera.toFixed(2).padStart(14) +
          row.jainLeast.toFixed(2).padStart(9) +
          row.leastServed.toFixed(2).padStart(9) +
          row.throughput.toFixed(2).padStart(9),
      );
  }
}

const { json, seeds } = benchOptions({
  json: { type: 'boolean', default: false },
  seeds: { type: 'number', default: 20, from: 1, whole: true },
});
const rows = Object.keys(loads).flatMap((load) =>
  Object.keys(policies).map((policy) => measure(load, policy, seeds)),
);
if (json)
  console.log(JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', results: rows }, null, 2));
else print(rows);
