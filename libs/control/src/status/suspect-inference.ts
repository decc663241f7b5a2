import type { History } from './history.ts';
import { readInstance, readSite } from './history.ts';
import type { Suspicion } from './suspicion.ts';
import type { Reading } from './usual.ts';
import { evidenceOf, readingOf, show } from './usual.ts';
import { backlogSeconds, offeredFrames } from './offered-frames.ts';

interface Instance {
  readonly name: string;
  readonly service: Reading;
  readonly workers: Reading;
  readonly received: Reading;
  readonly headAge: Reading;
  readonly busy: Reading;
  readonly isGone: boolean;
  /** Share of its workers that don't work though frames wait. */
  readonly idleShare: number;
}

/**
 * Compute or mailbox. Frames wait when load = arrivals x service time / workers comes near 1, so the wait is shared
 * out by how much each of the three grew, as logarithms: slower service and fewer workers are the compute's, more
 * arrivals are the mailbox's. Workers that frames wait for and that don't work count as missing.
 */
export function suspectInference(
  history: History,
  troubled: readonly string[],
  objectiveMs: number,
): Suspicion[] {
  const names = Object.keys({ ...history.usualInstances, ...history.recent.at(-1)?.instances });
  const instances = names.map((name) => instanceOf(history, name));
  if (instances.length === 0) return [];
  const stage = mostOf(troubled.map((site) => readSite(history, site, 'inference', 3)));
  const wait = mostOf(troubled.map((site) => readSite(history, site, 'wait', 10)));
  const transport = leastOf(
    Object.keys(history.usualSites).map((site) => readSite(history, site, 'transport', 5)),
  );
  const received = totalReceived(history);
  const offered = offeredFrames(history, received);
  const isAnyGone = instances.some(({ isGone }) => isGone);

  const serviceMs = Math.max(stage.excess, ...instances.map(({ service }) => service.excess));
  const waitMs = Math.max(wait.excess, ...instances.map(({ headAge }) => headAge.excess));
  const slower = logOf(
    meanRatio(instances.map(({ service }) => (service.excess > 0 ? service.value / service.usual : 1))),
  );
  const fewer = logOf(1 / Math.max(0.05, workingShare(instances)));
  const more = received.excess > 0 ? logOf(received.value / Math.max(1, received.usual)) : 0;
  const total = slower + fewer + more;
  const moreShare = total > 0 ? more / total : 1;

  const suspicions: Suspicion[] = [
    {
      cause: 'inference-compute',
      at: placeOf(instances),
      // An instance that is gone leaves its frames on the bus until its group has settled.
      explainsMs:
        serviceMs + waitMs * (1 - moreShare) + (isAnyGone ? Math.max(transport.excess, objectiveMs / 2) : 0),
      evidence: [...instances.flatMap(computeEvidence), ...tellingly(wait, 'wait for a worker', ' ms')],
    },
    {
      cause: 'mailbox',
      at: '',
      explainsMs: Math.max(waitMs * moreShare, overloadMs(instances, offered, objectiveMs)),
      evidence: [
        evidenceOf(received, 'frames that come', '/s'),
        ...(offered.value > received.value
          ? [evidenceOf(offered, 'with those that made way at the edge', '/s')]
          : []),
        ...tellingly(wait, 'wait for a worker', ' ms'),
      ],
    },
  ];
  return suspicions.filter(({ explainsMs, evidence }) => explainsMs > 1 && evidence.length > 0);
}

/** Frames that expire before they wait, or never leave, show no wait; that they are too many is seen all the same. */
function overloadMs(instances: readonly Instance[], offered: Reading, objectiveMs: number): number {
  const usualCapacity = instances.reduce((sum, { workers, service }) => {
    const perSecond = (1000 * workers.usual) / service.usual;
    return Number.isFinite(perSecond) ? sum + perSecond : sum;
  }, 0);
  if (!(offered.excess > 0 && usualCapacity > 0)) return 0;
  const load = offered.value / usualCapacity;
  return load > 1.5 ? objectiveMs * Math.min(1, (load - 1) / 2) : 0;
}

function totalReceived(history: History): Reading {
  const totalOf = (instances: Readonly<Record<string, { readonly received: number }>>): number =>
    Object.values(instances).reduce((sum, { received }) => sum + received, 0);
  const recent = history.recent.map(({ instances }) => totalOf(instances));
  const usual = Object.values(history.usualInstances);
  const seconds = Math.max(0, ...usual.map(({ length }) => length));
  const totals = Array.from({ length: seconds }, (_, index) =>
    usual.reduce((sum, own) => sum + (own.at(index - seconds)?.received ?? 0), 0),
  );
  return readingOf('received', recent.slice(-backlogSeconds), totals, 2);
}

function instanceOf(history: History, name: string): Instance {
  const read = (signal: Parameters<typeof readInstance>[2], leastSpread: number): Reading =>
    readInstance(history, name, signal, leastSpread);
  const busy = read('busyShare', 0.05);
  const headAge = read('headAge', 20);
  return {
    name,
    service: read('service', 1),
    workers: read('workers', 0.1),
    received: read('received', 1),
    headAge,
    busy,
    isGone: history.recent.at(-1)?.instances[name] === undefined,
    idleShare: headAge.excess > 100 && busy.value < 0.85 ? 1 - busy.value : 0,
  };
}

/** Of the workers that there usually are. */
function workingShare(instances: readonly Instance[]): number {
  let working = 0;
  let usual = 0;
  for (const { workers, isGone, idleShare } of instances) {
    if (!(workers.usual > 0)) continue;
    usual += workers.usual;
    working += isGone ? 0 : Math.min(workers.value, workers.usual) * (1 - idleShare);
  }
  return usual > 0 ? working / usual : 1;
}

function meanRatio(ratios: readonly number[]): number {
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

function logOf(ratio: number): number {
  return ratio > 1 ? Math.log(ratio) : 0;
}

/** The one instance that is worse than all others; empty when they are alike. */
function placeOf(instances: readonly Instance[]): string {
  const badness = ({ service, isGone, idleShare }: Instance): number =>
    (service.excess > 0 ? service.value / service.usual - 1 : 0) + (isGone ? 10 : 0) + 4 * idleShare;
  const [worst, second] = instances.toSorted((a, b) => badness(b) - badness(a));
  if (!worst || !second) return worst?.name ?? '';
  return badness(worst) / 2 > badness(second) ? worst.name : '';
}

function computeEvidence({ name, service, workers, busy, isGone, idleShare }: Instance) {
  if (isGone)
    return [{ signal: 'workers', value: 0, usual: workers.usual, text: `${name} is not heard of any more` }];
  const missing = workers.value < workers.usual;
  return [
    ...tellingly(service, `service time of ${name}`, ' ms'),
    ...(missing ? [evidenceOf(workers, `workers of ${name}`, '')] : []),
    ...(idleShare > 0
      ? [
          {
            ...evidenceOf(busy, '', ''),
            text: `${name} is ${show(100 * busy.value)} % busy while frames wait`,
          },
        ]
      : []),
  ];
}

function tellingly(reading: Reading, name: string, unit: string) {
  return reading.excess > 0 ? [evidenceOf(reading, name, unit)] : [];
}

const nothing = readingOf('nothing', [], [], 1);

function mostOf(readings: readonly Reading[]): Reading {
  return readings.toSorted((a, b) => b.excess - a.excess)[0] ?? nothing;
}

function leastOf(readings: readonly Reading[]): Reading {
  return readings.toSorted((a, b) => a.excess - b.excess)[0] ?? nothing;
}
