import { crc32c } from './crc32c.ts';

/**
 * A segment: a header, then records, all integers little-endian.
 *
 *     header   "FGSPOOL\0"  version u16  0 u16  mark u32  firstIndex f64  crc u32 (of the bytes before it)
 *     record   mark u32  index f64  atMs f64  metaBytes u32  bodyBytes u32  bodyCrc u32  headCrc u32  meta  body
 *
 * `headCrc` covers the seven fields before it and the meta, so a record whose body is damaged still says what it was.
 * `mark` is random for each segment: it finds the next record behind damage, and no body can pretend to hold one.
 * Indexes grow by 1 with each record, over all segments, so a gap tells how many records are missing.
 */
export const formatVersion = 1;
const magic = Buffer.from('FGSPOOL\0', 'latin1');

export const segmentHeadBytes = 28;
export const recordHeadBytes = 36;
/** Longer ones are damage, whatever their checksum. */
export const maxMetaBytes = 64 * 1024;
export const maxBodyBytes = 64 * 1024 * 1024;

export interface SegmentHead {
  /** Of all records in this segment, and of no other's. */
  readonly mark: number;
  readonly firstIndex: number;
}

export interface RecordHead {
  readonly index: number;
  /** When it was appended, ms since the Unix epoch. */
  readonly atMs: number;
  readonly metaBytes: number;
  readonly bodyBytes: number;
  readonly bodyCrc: number;
}

/** Why a file is no segment that this version reads. */
export type SegmentRefusal = 'foreign' | 'damaged' | 'newer';

export function encodeSegmentHead({ mark, firstIndex }: SegmentHead): Buffer {
  const head = Buffer.alloc(segmentHeadBytes);
  magic.copy(head);
  head.writeUInt16LE(formatVersion, 8);
  head.writeUInt32LE(mark, 12);
  head.writeDoubleLE(firstIndex, 16);
  head.writeUInt32LE(crc32c(head.subarray(0, 24)), 24);
  return head;
}

export function parseSegmentHead(bytes: Buffer): SegmentHead | SegmentRefusal {
  if (bytes.length < segmentHeadBytes || !bytes.subarray(0, magic.length).equals(magic)) return 'foreign';
  const version = bytes.readUInt16LE(8);
  if (version > formatVersion) return 'newer';
  const firstIndex = bytes.readDoubleLE(16);
  const isWhole = bytes.readUInt32LE(24) === crc32c(bytes.subarray(0, 24));
  if (version === 0 || !isWhole || !isCount(firstIndex)) return 'damaged';
  return { mark: bytes.readUInt32LE(12), firstIndex };
}

/** The bytes of a record up to its body. */
export function encodeRecordHead(
  mark: number,
  { index, atMs }: Pick<RecordHead, 'index' | 'atMs'>,
  meta: Uint8Array,
  body: Uint8Array,
): Buffer {
  const head = Buffer.allocUnsafe(recordHeadBytes + meta.length);
  head.writeUInt32LE(mark, 0);
  head.writeDoubleLE(index, 4);
  head.writeDoubleLE(atMs, 12);
  head.writeUInt32LE(meta.length, 20);
  head.writeUInt32LE(body.length, 24);
  head.writeUInt32LE(crc32c(body), 28);
  head.set(meta, recordHeadBytes);
  head.writeUInt32LE(crc32c(meta, crc32c(head.subarray(0, 32))), 32);
  return head;
}

/**
 * @param bytes from the start of a record on; as many as the head says must follow for `checkRecordHead`
 * @returns undefined when no record can begin here
 */
export function parseRecordHead(mark: number, bytes: Buffer): RecordHead | undefined {
  if (bytes.length < recordHeadBytes || bytes.readUInt32LE(0) !== mark) return undefined;
  const [index, atMs] = [bytes.readDoubleLE(4), bytes.readDoubleLE(12)];
  const [metaBytes, bodyBytes] = [bytes.readUInt32LE(20), bytes.readUInt32LE(24)];
  if (!isCount(index) || !Number.isFinite(atMs)) return undefined;
  if (metaBytes > maxMetaBytes || bodyBytes > maxBodyBytes) return undefined;
  return { index, atMs, metaBytes, bodyBytes, bodyCrc: bytes.readUInt32LE(28) };
}

/** @param bytes the whole head, its meta included */
export function isSoundRecordHead(bytes: Buffer): boolean {
  const meta = bytes.subarray(recordHeadBytes);
  return bytes.readUInt32LE(32) === crc32c(meta, crc32c(bytes.subarray(0, 32)));
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
