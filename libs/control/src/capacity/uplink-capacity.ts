import { harmonicMean } from './harmonic-mean.ts';
import type { Probe } from './probe.ts';
import { disturbProbe, isDue, isProven, proveProbe, restingProbe, startProbe } from './probe.ts';

/** What is believed of a site's uplink. */
export interface UplinkCapacity {
  /** What the last seconds showed of it, bytes/s. */
  readonly samples: readonly number[];
  /** What may be used, bytes/s; null while nothing has shown a limit. */
  readonly limit: number | null;
  /** Where it was last seen to end, bytes/s. */
  readonly ceiling: number | null;
  readonly probe: Probe;
  readonly backlogged: boolean;
  /** How long the bytes that wait will take, ms. */
  readonly queueMs: number;
  readonly queueBytes: number;
}

/** What one second showed of it. What was not heard is NaN. */
export interface UplinkSample {
  readonly atUs: number;
  /** What left the site and what waits, as the site tells. */
  readonly goodputBytesPerSecond: number;
  readonly queueBytes: number;
  /** What came to results: it is heard at once, the site's own report comes over the same narrow link. */
  readonly receivedBytesPerSecond: number;
  /** Mean time on the way to the broker less its round trip, that round trip, and mean size of the frames. */
  readonly transferMs: number;
  readonly roundTripMs: number;
  readonly frameBytes: number;
  /** What the largest frame of the settings that are asked for takes. */
  readonly largestFrameBytes: number;
  readonly objectiveMs: number;
  /** What the settings take of it when cameras move as usual, bytes/s. */
  readonly plannedBytesPerSecond: number;
  /** No setting was changed lately, so bytes and times are of the same frames. */
  readonly isSteady: boolean;
  /** The settings leave something wanted unsent. */
  readonly isLimiting: boolean;
}

const samplesKept = 5;
/** Share of the measured capacity that is used: the rest absorbs bursts, and lets a queue drain. */
const usedShare = 0.85;
/** Bytes that take longer than this wait; less is a frame on its way. As a share of the objective. */
const backlogShare = 0.25;
/** Of the limit, kept for fresh frames while older ones drain. */
const leastWhileDraining = 0.3;
const drainSeconds = 1;
/** A second whose queue drained by this share of what went through was busy. */
const busyShare = 0.5;
/** A try counts when so much of it was really sent. */
const triedShare = 0.85;

export function unknownUplink(atUs: number): UplinkCapacity {
  return {
    samples: [],
    limit: null,
    ceiling: null,
    probe: restingProbe(atUs),
    backlogged: false,
    queueMs: 0,
    queueBytes: 0,
  };
}

export function observeUplink(uplink: UplinkCapacity, sample: UplinkSample): UplinkCapacity {
  const goodput = Math.max(positive(sample.goodputBytesPerSecond), positive(sample.receivedBytesPerSecond));
  const known = uplink.samples.length > 0 ? harmonicMean(uplink.samples) : goodput;
  // A site whose report is late is as it was: it may be late because the link is.
  const queueBytes = Number.isNaN(sample.queueBytes) ? uplink.queueBytes : positive(sample.queueBytes);
  // One frame is always on its way while there is motion: it doesn't wait.
  const waitingBytes = Math.max(0, queueBytes - sample.largestFrameBytes);
  const drainsAt = wasBusy(uplink, sample) ? goodput : Math.max(goodput, known / 4);
  const queueMs = Math.min(60_000, (waitingBytes / Math.max(1, drainsAt)) * 1000);
  const backlogMs = backlogShare * sample.objectiveMs;
  const backlogged = queueMs > backlogMs || sample.transferMs > backlogMs;
  const seen = { ...uplink, queueMs, queueBytes, backlogged };
  // One large frame on a slow link is late by itself: what it says of the link counts as much as what went through.
  if (backlogged)
    return learnLimit(seen, goodput > 0 ? Math.max(goodput, singleFrameRate(sample)) : 0, sample.atUs);
  // The one second that waited began before the link grew narrow; this one was kept busy by what had waited.
  const left = positive(sample.goodputBytesPerSecond);
  const isFirst = uplink.backlogged && uplink.samples.length === 1;
  if (isFirst && left > 0 && uplink.queueBytes - queueBytes > busyShare * left)
    return followDrain(seen, left, sample.atUs);
  return seekMore(seen, goodput, sample);
}

/**
 * What waited when the second began was not all gone when it ended, so the link was busy throughout: whatever was
 * thought of it before, it carries what went through.
 */
function wasBusy({ queueBytes: before }: UplinkCapacity, sample: UplinkSample): boolean {
  const left = positive(sample.goodputBytesPerSecond);
  return left > 0 && before >= left && positive(sample.queueBytes) > 0;
}

/** A queue that has just emptied: its second tells the capacity as one that waits. */
function followDrain(uplink: UplinkCapacity, goodput: number, atUs: number): UplinkCapacity {
  const limit = usedShare * goodput;
  if (uplink.limit === null || limit >= uplink.limit) return uplink;
  return { ...uplink, samples: [goodput], limit, ceiling: goodput, probe: disturbProbe(uplink.probe, atUs) };
}

/** A second that waited tells the capacity; a worse one counts at once, a better one only with its predecessors. */
function learnLimit(uplink: UplinkCapacity, goodput: number, atUs: number): UplinkCapacity {
  const probe = disturbProbe(uplink.probe, atUs);
  // Bytes wait and nothing went through: that bounds nothing from above for long, so it is no sample.
  if (goodput <= 0) return { ...uplink, limit: uplink.limit === null ? null : uplink.limit / 2, probe };
  // What was seen before it became narrower is of another link.
  const isNarrower = uplink.samples.some((sample) => goodput < sample);
  const samples = isNarrower ? [goodput] : [...uplink.samples, goodput].slice(-samplesKept);
  const limit = usedShare * Math.min(goodput, harmonicMean(samples));
  return { ...uplink, samples, limit, ceiling: limit / usedShare, probe };
}

/**
 * Nothing has waited yet, but if all cameras that may would send at once, more would come than single frames say that
 * the link carries: so its limit is known before it is felt. Only frames that take well longer than what is uncertain
 * of the round trip say so.
 */
function foresee(uplink: UplinkCapacity, goodput: number, sample: UplinkSample): UplinkCapacity {
  const { transferMs, roundTripMs, isSteady, plannedBytesPerSecond } = sample;
  if (!isSteady || !(transferMs > roundTripMs / 3)) return uplink;
  const samples = [...uplink.samples, Math.max(goodput, singleFrameRate(sample))].slice(-samplesKept);
  const shown = Math.max(goodput, harmonicMean(samples));
  if (samples.length < samplesKept || plannedBytesPerSecond <= shown) return { ...uplink, samples };
  return { ...uplink, samples, limit: Math.max(goodput, usedShare * shown), ceiling: shown };
}

/** Without a queue the capacity is somewhere above: what went through is proven, more is found by trying. */
function seekMore(uplink: UplinkCapacity, goodput: number, sample: UplinkSample): UplinkCapacity {
  if (uplink.limit === null || uplink.ceiling === null) return foresee(uplink, goodput, sample);
  const { atUs } = sample;
  const hint = sample.isSteady ? singleFrameRate(sample) : 0;
  const samples =
    hint > 0 ? [...uplink.samples, Math.max(hint, goodput)].slice(-samplesKept) : uplink.samples;
  const shown = samples.length === samplesKept ? harmonicMean(samples) : 0;
  const limit = Math.max(uplink.limit, usedShare * Math.max(goodput, shown));
  const seen = { ...uplink, samples, limit, ceiling: Math.max(uplink.ceiling, limit, shown) };
  const { probe } = uplink;
  const isUsed = goodput > triedShare * limit;
  if (isProven(probe, atUs) && isUsed) return { ...seen, probe: proveProbe(probe, atUs) };
  const isNeeded = sample.isLimiting && sample.plannedBytesPerSecond > limit * 0.6;
  if (!isNeeded || !isDue(probe, atUs)) return seen;
  return { ...seen, limit: limit * (1 + probe.step), probe: startProbe(probe, atUs) };
}

/**
 * Bytes over the time of one frame: a lower bound of the capacity while nothing waits, since whatever else shares
 * the link only makes frames slower (packet-pair's idea, Keshav, SIGCOMM 1991).
 */
function singleFrameRate({ frameBytes, transferMs, roundTripMs }: UplinkSample): number {
  // The round trip is known to about a third of itself, which must not make a small frame look fast.
  const slowestMs = transferMs + roundTripMs / 3;
  return slowestMs > 0 && frameBytes > 0 ? (frameBytes / slowestMs) * 1000 : 0;
}

/** What the cameras may send now: the limit, less what still waits; null while nothing has shown a limit. */
export function uplinkBudget({ limit, backlogged, queueBytes }: UplinkCapacity): number | null {
  if (limit === null || !backlogged) return limit;
  return Math.max(leastWhileDraining * limit, limit - queueBytes / drainSeconds);
}

/** Takes back a try that made results late although no bytes wait. */
export function refuseUplink(uplink: UplinkCapacity, atUs: number): UplinkCapacity {
  const limit =
    uplink.limit === null || uplink.probe.state === 'resting'
      ? uplink.limit
      : uplink.limit / (1 + uplink.probe.step);
  return { ...uplink, limit, probe: disturbProbe(uplink.probe, atUs) };
}

function positive(value: number): number {
  return value > 0 && Number.isFinite(value) ? value : 0;
}
