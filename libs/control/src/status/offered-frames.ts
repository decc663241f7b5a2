import { silentAfterMs } from '../slo/sli-samples.ts';
import type { History } from './history.ts';
import type { Signals } from './signals.ts';
import type { Reading } from './usual.ts';
import { chance } from './usual.ts';

/** A backlog that is handed over at once is no load, so arrivals are averaged over longer. */
export const backlogSeconds = 4;

/**
 * Frames a second that would come if the way were free: those that came, and those that made way at the edge, which
 * a slow way hides. Beside the same usual: in peace hardly any make way.
 */
export function offeredFrames(history: History, received: Reading): Reading {
  const newest = history.recent.slice(-backlogSeconds);
  const sites = Object.keys(newest.at(-1)?.sites ?? {}).filter((site) => isHeardAllAlong(history, site));
  const madeWay = sites.reduce((sum, site) => sum + meanMadeWay(newest, site), 0);
  if (!(madeWay > 0)) return received;
  const value = received.value + madeWay;
  const difference = value - received.usual;
  return { ...received, value, excess: difference > chance * received.spread ? difference : 0 };
}

/** What a site tells after a silence holds the counts of all of it. */
function isHeardAllAlong(history: History, site: string): boolean {
  const seconds = history.recent.slice(-backlogSeconds - 1);
  return seconds.every(({ sites }) => (sites[site]?.silence ?? Infinity) <= silentAfterMs);
}

/** Over the whole span: a second without a report is told of by the next one. */
function meanMadeWay(newest: readonly Signals[], site: string): number {
  const counts = newest.map(({ sites }) => sites[site]?.madeWay ?? 0).filter((count) => count > 0);
  return counts.reduce((sum, count) => sum + count, 0) / newest.length;
}
