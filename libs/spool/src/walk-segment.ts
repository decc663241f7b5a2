import type { RecordHead, SegmentHead } from './segment-format.ts';
import { isSoundRecordHead, parseRecordHead, recordHeadBytes, segmentHeadBytes } from './segment-format.ts';

/** A record as it stands in its segment; its body is not looked at yet. */
export interface FoundRecord extends RecordHead {
  /** Where the record begins in its file. */
  readonly offset: number;
  readonly meta: Buffer;
}

/** Bytes of a segment; fewer at its end. */
export type ReadAt = (position: number, bytes: number) => Promise<Buffer>;

/** Read at a time: for heads, between which large bodies are passed over, and in the search behind damage. */
const headWindowBytes = 8 * 1024;
const searchWindowBytes = 256 * 1024;

/**
 * The whole records of a segment in order, without reading their bodies. Behind damage it goes on with the next record
 * that can be found; a record that was cut off at the end is none.
 */
export async function* walkSegment(
  readAt: ReadAt,
  size: number,
  { mark, firstIndex }: SegmentHead,
): AsyncGenerator<FoundRecord> {
  const bytesAt = readAhead(readAt);
  let nextIndex = firstIndex;
  let offset = segmentHeadBytes;
  while (offset + recordHeadBytes <= size) {
    const record = await recordAt(offset);
    if (record && record.index >= nextIndex) {
      yield record;
      nextIndex = record.index + 1;
      offset = endOf(record);
    } else {
      offset = await nextMark(offset + 1);
    }
  }

  async function recordAt(at: number): Promise<FoundRecord | undefined> {
    const head = parseRecordHead(mark, await bytesAt(at, recordHeadBytes));
    if (!head || endOf({ ...head, offset: at }) > size) return undefined;
    const bytes = await bytesAt(at, recordHeadBytes + head.metaBytes);
    if (!isSoundRecordHead(bytes)) return undefined;
    return { ...head, offset: at, meta: Buffer.from(bytes.subarray(recordHeadBytes)) };
  }

  async function nextMark(from: number): Promise<number> {
    const wanted = Buffer.alloc(4);
    wanted.writeUInt32LE(mark);
    for (let at = from; at + recordHeadBytes <= size; at += searchWindowBytes - 3) {
      const found = (await readAt(at, Math.min(searchWindowBytes, size - at))).indexOf(wanted);
      if (found !== -1) return at + found;
    }
    return size;
  }
}

export function endOf(record: Pick<FoundRecord, 'offset' | 'metaBytes' | 'bodyBytes'>): number {
  return record.offset + recordHeadBytes + record.metaBytes + record.bodyBytes;
}

/** Heads of small records come many at a time from the disk. */
function readAhead(readAt: ReadAt): ReadAt {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return async (position, bytes) => {
    if (position < start || position + bytes > start + window.length) {
      window = await readAt(position, Math.max(bytes, headWindowBytes));
      start = position;
    }
    return window.subarray(position - start, position - start + bytes);
  };
}
