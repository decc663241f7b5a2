import { fromLocal } from '../lib/site-time.ts';

/** What the form of the events page holds; empty: all. */
export interface EventFilter {
  camera: string;
  className: string;
  zone: string;
  /** As the site's clocks show it. */
  from: string;
  until: string;
  minScore: number;
}

export const allEvents: EventFilter = {
  camera: '',
  className: '',
  zone: '',
  from: '',
  until: '',
  minScore: 0,
};

/** The query of `/v1/events`. */
export function searchOf(filter: EventFilter, timezone: string): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.camera) search.set('camera', filter.camera);
  if (filter.className) search.set('class', filter.className);
  if (filter.zone.trim()) search.set('zone', filter.zone.trim());
  const fromUs = fromLocal(filter.from, timezone);
  const untilUs = fromLocal(filter.until, timezone);
  if (fromUs !== undefined) search.set('fromUs', String(fromUs));
  if (untilUs !== undefined) search.set('untilUs', String(untilUs));
  if (filter.minScore > 0) search.set('minScore', String(filter.minScore));
  return search;
}
