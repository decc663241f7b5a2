import type { History } from './history.ts';
import { readSite } from './history.ts';
import { silentAfterMs } from '../slo/sli-samples.ts';
import type { Suspicion } from './suspicion.ts';
import type { Reading } from './usual.ts';
import { evidenceOf } from './usual.ts';

/** What the way from the edge to the cloud costs a site beyond the usual. */
interface Way {
  readonly site: string;
  readonly publish: Reading;
  readonly transport: Reading;
  readonly roundTrip: Reading;
  readonly queue: Reading;
  readonly silence: Reading;
  readonly offset: { readonly jumpMs: number; readonly errorMs: number };
  /** Lateness that the round trip, waiting bytes or silence bear out. */
  readonly confirmedMs: number;
  /** Lateness of the stages that begin on the edge's clock and end on the cloud's. */
  readonly shiftMs: number;
}

/**
 * Uplink, broker or clock. What all sites have in common is the broker's, what one site has beyond that is its
 * uplink's, and what a site's stages claim without the round trip, waiting bytes or silence to confirm it is its
 * clock's: only stages that span both clocks can be wrong by one.
 */
export function suspectNetwork(history: History, troubled: readonly string[]): Suspicion[] {
  const heard = Object.keys(history.recent.at(-1)?.sites ?? {});
  const ways = heard.map((site) => wayOf(history, site));
  const commonMs =
    ways.length > 1 ? Math.min(...ways.map((way) => way.confirmedMs)) : onlySite(history, ways);
  const commonShiftMs = ways.length > 1 ? Math.min(...ways.map((way) => way.shiftMs)) : 0;
  const own = ways
    .filter(({ site }) => troubled.includes(site))
    .flatMap((way) => [...suspectUplink(way, commonMs), ...suspectClock(way, commonShiftMs)]);
  return [...suspectBroker(ways, commonMs), ...own];
}

function wayOf(history: History, site: string): Way {
  const publish = readSite(history, site, 'publish', 5);
  const transport = readSite(history, site, 'transport', 3);
  const roundTrip = readSite(history, site, 'roundTrip', 5);
  const queue = readSite(history, site, 'queueBytes', 8_000);
  const silence = readSite(history, site, 'silence', 200);
  const rate = readSite(history, site, 'bytesPerSecond', 1000);
  const drainMs = queue.excess > 0 ? Math.min(30_000, (1000 * queue.excess) / Math.max(rate.value, 1000)) : 0;
  // Waiting bytes alone are a burst of motion; they count as far as frames were late by them.
  const waitedMs = Math.min(drainMs, publish.excess > 0 ? publish.excess : drainMs / 4);
  const silentMs = silence.value > silentAfterMs * 0.8 ? silence.value : 0;
  const shiftMs = Math.abs(difference(publish)) + Math.abs(difference(transport));
  return {
    site,
    publish,
    transport,
    roundTrip,
    queue,
    silence,
    offset: offsetOf(history, site),
    confirmedMs: Math.max(roundTrip.excess, waitedMs, silentMs),
    shiftMs,
  };
}

function difference({ value, usual, spread }: Reading): number {
  return Math.abs(value - usual) > 4 * spread ? value - usual : 0;
}

/** As long as the frames of a step can keep the promise broken. */
const clockSeconds = 8;

/** How far the estimate of the clock moved within the last seconds, and how sure it is. */
function offsetOf(history: History, site: string): Way['offset'] {
  const newest = history.recent.slice(-clockSeconds).flatMap((second) => second.sites[site] ?? []);
  const offsets = newest.map(({ clockOffset }) => clockOffset).filter((one) => Number.isFinite(one));
  const errors = newest.map(({ clockError }) => clockError).filter((one) => Number.isFinite(one));
  const jumpMs = offsets.length > 1 ? Math.max(...offsets) - Math.min(...offsets) : 0;
  return { jumpMs, errorMs: errors.length > 0 ? Math.max(...errors) : 0 };
}

/** With a single site, a broker that is late for the cloud, too, tells itself apart from a late link. */
function onlySite(history: History, ways: readonly Way[]): number {
  const [way] = ways;
  if (!way) return 0;
  const emit = readSite(history, way.site, 'emit', 5);
  return Math.min(way.confirmedMs, Math.max(emit.excess, way.transport.excess));
}

function suspectBroker(ways: readonly Way[], commonMs: number): Suspicion[] {
  if (!(commonMs > 0)) return [];
  const evidence = ways.slice(0, 3).flatMap((way) => wayEvidence(way));
  return [{ cause: 'broker', at: '', explainsMs: commonMs, evidence }];
}

function suspectUplink(way: Way, commonMs: number): Suspicion[] {
  const ownMs = way.confirmedMs - commonMs;
  if (!(ownMs > Math.max(10, 0.3 * commonMs))) return [];
  return [{ cause: 'uplink', at: way.site, explainsMs: ownMs, evidence: wayEvidence(way) }];
}

/**
 * A partition has one request on its way, so a frame may wait for the answer to the one before: a round trip, which
 * neither the probe's own nor waiting bytes show. The busier a site is, the more of its frames do.
 */
function turnMs({ roundTrip }: Way): number {
  return roundTrip.value > 0 ? roundTrip.value : 0;
}

function suspectClock(way: Way, commonShiftMs: number): Suspicion[] {
  const { site, offset, confirmedMs, publish, transport } = way;
  const shiftMs = way.shiftMs - commonShiftMs;
  const jumpMs = offset.jumpMs > 3 * offset.errorMs + 5 ? offset.jumpMs : 0;
  const isUnconfirmed = shiftMs > 2 * confirmedMs + 20 + turnMs(way);
  const unconfirmedMs = isUnconfirmed ? shiftMs - confirmedMs : 0;
  const isNegative = publish.value < -5 || transport.value < -5;
  const explainsMs = Math.max(jumpMs, unconfirmedMs, isNegative ? shiftMs : 0);
  if (!(explainsMs > 0)) return [];
  const evidence = [
    ...(jumpMs > 0
      ? [
          {
            signal: 'clockOffset',
            value: offset.jumpMs,
            usual: offset.errorMs,
            text: `clock moved by ${offset.jumpMs.toFixed(0)} ms, known to ±${offset.errorMs.toFixed(0)} ms`,
          },
        ]
      : []),
    ...(unconfirmedMs > 0 || isNegative
      ? [evidenceOf(publish, 'publish', ' ms'), evidenceOf(transport, 'transport', ' ms')]
      : []),
  ];
  return [{ cause: 'clock', at: site, explainsMs, evidence }];
}

function wayEvidence({ site, publish, roundTrip, queue, silence }: Way) {
  const all = [
    { reading: publish, name: `publish from ${site}`, unit: ' ms', tells: publish.excess > 0 },
    {
      reading: roundTrip,
      name: `round trip from ${site} to the broker`,
      unit: ' ms',
      tells: roundTrip.excess > 0,
    },
    { reading: queue, name: `waiting to leave ${site}`, unit: ' bytes', tells: queue.excess > 0 },
    { reading: silence, name: `${site} silent for`, unit: ' ms', tells: silence.value > silentAfterMs * 0.8 },
  ];
  return all.filter(({ tells }) => tells).map(({ reading, name, unit }) => evidenceOf(reading, name, unit));
}
