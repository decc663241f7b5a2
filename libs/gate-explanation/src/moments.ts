import type { FrameRecord } from './frame-record.ts';
import { causesOf, eventsOf } from './stretches.ts';

/** A frame that is worth a picture. */
export interface Moment {
  readonly why: 'event' | 'peak' | 'suppressed' | 'quiet';
  readonly record: FrameRecord;
}

const most = { events: 8, quiet: 3 };

/**
 * Beginning and highest score of events (of the strongest, where they are many), the highest score under each
 * cause of suppression, and a few quiet frames, spread; in order of time.
 */
export function chooseMoments(records: readonly FrameRecord[]): Moment[] {
  const events = eventsOf(records)
    .map(({ frames }) => ({ first: frames[0], peak: strongestOf(frames) }))
    .toSorted((a, b) => (b.peak?.score ?? 0) - (a.peak?.score ?? 0))
    .slice(0, most.events);
  const suppressed = causesOf(records)
    .filter(({ cause }) => cause !== 'settling')
    .flatMap(({ cause }) => strongestOf(records.filter((record) => record.suppressed === cause)) ?? []);
  const still = records.filter(({ motion, suppressed: cause }) => !motion && cause === 'none');
  const quiet = spread(still, most.quiet);
  const moments = [
    ...events.flatMap(({ first, peak }) => eventMoments(first, peak)),
    ...suppressed.map((record): Moment => ({ why: 'suppressed', record })),
    ...quiet.map((record): Moment => ({ why: 'quiet', record })),
  ];
  return moments.toSorted((a, b) => a.record.frame - b.record.frame);
}

function eventMoments(first: FrameRecord | undefined, peak: FrameRecord | undefined): Moment[] {
  if (!first || !peak) return [];
  const beginning: Moment = { why: 'event', record: first };
  return peak === first ? [beginning] : [beginning, { why: 'peak', record: peak }];
}

/** The frame with the highest score; the earliest of equals. */
export function strongestOf(records: readonly FrameRecord[]): FrameRecord | undefined {
  return records.reduce<FrameRecord | undefined>(
    (best, record) => (best && best.score >= record.score ? best : record),
    undefined,
  );
}

function spread<T>(items: readonly T[], count: number): T[] {
  const step = items.length / Math.min(count, items.length);
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, i) => items[Math.floor((i + 0.5) * step)],
  ).filter((item) => item !== undefined);
}
