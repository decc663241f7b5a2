import { cursorNames, readCursor } from './cursor.ts';
import type { SegmentRefusal } from './segment-format.ts';
import { formatVersion } from './segment-format.ts';
import { isSegmentName, Segment } from './segment.ts';
import type { SpoolObserver } from './port.ts';
import type { SpoolFiles } from './spool-files.ts';

export interface Recovered {
  /** Those with records that were not released, oldest first. */
  readonly segments: Segment[];
  readonly nextIndex: number;
}

const reasons: Record<SegmentRefusal, string> = {
  foreign: 'it is no file of a spool, or has another name than it was written under',
  damaged: 'its header is damaged',
  newer: `a newer version wrote it, and this one reads up to ${formatVersion}`,
};

/** Finds what a spool's folder holds, whatever a crash, a full disk or somebody else left there. */
export async function recover(files: SpoolFiles, observer: SpoolObserver): Promise<Recovered> {
  const setAside = async (name: string, why: string): Promise<void> => {
    await files.setAside(name);
    observer.onSetAside(name, why);
  };
  const names = (await files.list()).toSorted();
  for (const name of names)
    if (!isSegmentName(name) && !cursorNames.includes(name)) await setAside(name, reasons.foreign);
  const cursor = await readCursor(files);
  if (cursor === 'damaged') await setAside('cursor', 'it holds no cursor: all that is left is taken again');

  const segments: Segment[] = [];
  let next = typeof cursor === 'number' ? cursor : undefined;
  let end = next ?? 0;
  for (const name of names.filter(isSegmentName)) {
    const segment = await Segment.open(files, name);
    if (segment === 'empty') await files.remove(name);
    else if (typeof segment === 'string') await setAside(name, reasons[segment]);
    else {
      next ??= segment.head.firstIndex;
      next = await findRecords(segment, next, observer);
      end = Math.max(end, next, segment.head.firstIndex);
      if (segment.places.length > 0) segments.push(segment);
      else await segment.remove();
    }
  }
  return { segments, nextIndex: end };
}

/** @returns the index behind the last record */
async function findRecords(segment: Segment, next: number, observer: SpoolObserver): Promise<number> {
  for await (const { meta, ...place } of segment.walk()) {
    if (place.index < next) continue;
    if (place.index > next) observer.onMissing(place.index - next);
    next = place.index + 1;
    segment.places.push(place);
    observer.onFound({ index: place.index, atMs: place.atMs, meta });
  }
  return next;
}
