import type { Suppression } from '@framegate/motion-detection';
import type { FrameRecord } from './frame-record.ts';

/** Frames in a row that share something; `to` is the moment at which it is over. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly frames: readonly FrameRecord[];
}

/** A pause of motion that doesn't end an event, seconds: a walker behind a tree. */
const eventGapSeconds = 1;

/** Motion from its beginning to its end. */
export function eventsOf(records: readonly FrameRecord[]): Stretch[] {
  return stretchesOf(records, ({ motion }) => motion, eventGapSeconds);
}

/** Frames in which a change was not called motion for this reason. */
export function suppressedBy(records: readonly FrameRecord[], cause: Suppression): Stretch[] {
  return stretchesOf(records, ({ suppressed }) => suppressed === cause, 0);
}

/** The causes that occur, most frames first; `settling` is the gate's beginning and no cause to look at. */
export function causesOf(records: readonly FrameRecord[]): { cause: Suppression; frames: number }[] {
  const counts = new Map<Suppression, number>();
  for (const { suppressed } of records) counts.set(suppressed, (counts.get(suppressed) ?? 0) + 1);
  counts.delete('none');
  return [...counts]
    .map(([cause, frames]) => ({ cause, frames }))
    .toSorted((a, b) => b.frames - a.frames || (a.cause < b.cause ? -1 : 1));
}

function stretchesOf(
  records: readonly FrameRecord[],
  belongs: (record: FrameRecord) => boolean,
  gapSeconds: number,
): Stretch[] {
  const found: { from: number; to: number; frames: FrameRecord[] }[] = [];
  records.forEach((record, i) => {
    if (!belongs(record)) return;
    const to = records[i + 1]?.timeSeconds ?? record.timeSeconds;
    const last = found.at(-1);
    if (last && record.timeSeconds - last.to <= gapSeconds) {
      last.frames.push(record);
      last.to = to;
    } else found.push({ from: record.timeSeconds, to, frames: [record] });
  });
  return found;
}
