import type { InstanceSignal, InstanceSignals, Signals, SiteSignal, SiteSignals } from './signals.ts';
import type { Reading } from './usual.ts';
import { readingOf } from './usual.ts';
import { emptyRecord } from '../record.ts';

/** What is remembered of the signals: the last minute, and of each place its last minute of peace. */
export interface History {
  /** Newest last. */
  readonly recent: readonly Signals[];
  readonly usualSites: Readonly<Record<string, readonly SiteSignals[]>>;
  readonly usualInstances: Readonly<Record<string, readonly InstanceSignals[]>>;
}

export const emptyHistory: History = { recent: [], usualSites: {}, usualInstances: {} };

/** And a place that was not heard of for so long is forgotten. */
const rememberedSeconds = 60;
/** A fault needs so long to show in the SLO; until then its seconds don't count as usual. */
const probationSeconds = 4;
/** Measurements whose mean is compared with the usual: more would be surer, and later. */
const newestCount = 2;
/** Those of the last seconds: what is not measured any more says nothing about now. */
const newestSeconds = 4;

/** @param isTroubled whether a site has broken promises; inference is judged by all sites together */
export function remember(history: History, now: Signals, isTroubled: (site: string) => boolean): History {
  const recent = [...history.recent, now].slice(-rememberedSeconds);
  const past = recent.at(-1 - probationSeconds);
  const sites = Object.keys(now.sites);
  const troubled = sites.filter(isTroubled).length;
  const isHeard = (of: 'sites' | 'instances', name: string): boolean =>
    recent.findLast((second) => second[of][name] !== undefined) !== undefined;
  return {
    recent,
    usualSites: extend(history.usualSites, past?.sites ?? {}, {
      learns: (name) => !isTroubled(name),
      keeps: (name) => isHeard('sites', name),
    }),
    usualInstances: extend(history.usualInstances, past?.instances ?? {}, {
      learns: () => troubled * 2 < Math.max(1, sites.length),
      keeps: (name) => isHeard('instances', name),
    }),
  };
}

function extend<Place>(
  usual: Readonly<Record<string, readonly Place[]>>,
  past: Readonly<Record<string, Place>>,
  rules: { readonly learns: (name: string) => boolean; readonly keeps: (name: string) => boolean },
): Record<string, readonly Place[]> {
  const next = emptyRecord<readonly Place[]>();
  for (const [name, seconds] of Object.entries(usual)) if (rules.keeps(name)) next[name] = seconds;
  for (const [name, second] of Object.entries(past))
    if (rules.learns(name)) next[name] = [...(next[name] ?? []), second].slice(-rememberedSeconds);
  return next;
}

/** Reads a signal of a site. @param leastSpread what noise is to be expected anyway, in its unit */
export function readSite(history: History, site: string, signal: SiteSignal, leastSpread: number): Reading {
  const newest = history.recent.slice(-newestSeconds).map((second) => second.sites[site]?.[signal]);
  const usual = history.usualSites[site]?.map((second) => second[signal]);
  return readingOf(signal, newestOf(newest), usual ?? [], leastSpread);
}

export function readInstance(
  history: History,
  instance: string,
  signal: InstanceSignal,
  leastSpread: number,
): Reading {
  const newest = history.recent.slice(-newestSeconds).map((second) => second.instances[instance]?.[signal]);
  const usual = history.usualInstances[instance]?.map((second) => second[signal]);
  return readingOf(signal, newestOf(newest), usual ?? [], leastSpread);
}

function newestOf(values: readonly (number | undefined)[]): number[] {
  return values.filter((value): value is number => Number.isFinite(value)).slice(-newestCount);
}
