import { crc32c } from './crc32c.ts';
import type { SegmentHead, SegmentRefusal } from './segment-format.ts';
import { encodeRecordHead, encodeSegmentHead, parseSegmentHead, segmentHeadBytes } from './segment-format.ts';
import type { SpoolFile, SpoolFiles } from './spool-files.ts';
import type { FoundRecord } from './walk-segment.ts';
import { endOf, walkSegment } from './walk-segment.ts';

const segmentName = /^(\d{16})\.spool$/;

export function isSegmentName(name: string): boolean {
  return segmentName.test(name);
}

/** Where a record stands. Its meta is read again when it is wanted, so that a large spool costs little memory. */
export type Place = Pick<FoundRecord, 'index' | 'atMs' | 'offset' | 'metaBytes' | 'bodyBytes' | 'bodyCrc'>;

export interface NewRecord {
  readonly index: number;
  readonly atMs: number;
  readonly meta: Uint8Array;
  readonly body: Uint8Array;
}

/** One file of a spool, with the places of those of its records that were not released yet, oldest first. */
export class Segment {
  readonly name: string;
  readonly head: SegmentHead;
  readonly places: Place[] = [];
  /** Up to the last record that was written whole. */
  bytes: number;
  readonly #files: SpoolFiles;
  #file: SpoolFile | undefined;

  private constructor(files: SpoolFiles, name: string, head: SegmentHead, bytes: number, file: SpoolFile) {
    this.#files = files;
    this.name = name;
    this.head = head;
    this.bytes = bytes;
    this.#file = file;
  }

  static async create(files: SpoolFiles, head: SegmentHead): Promise<Segment> {
    const name = `${String(head.firstIndex).padStart(16, '0')}.spool`;
    const file = await files.create(name);
    const segment = new Segment(files, name, head, segmentHeadBytes, file);
    try {
      await file.write(0, [encodeSegmentHead(head)]);
    } catch (error) {
      await segment.remove();
      throw error;
    }
    return segment;
  }

  /** @returns why not, when it is no segment that this version reads; the file stays */
  static async open(files: SpoolFiles, name: string): Promise<Segment | SegmentRefusal | 'empty'> {
    const file = await files.open(name);
    const size = await file.size();
    const head = size < segmentHeadBytes ? 'empty' : parseSegmentHead(await file.read(0, segmentHeadBytes));
    if (typeof head === 'object' && head.firstIndex === Number(segmentName.exec(name)?.[1]))
      return new Segment(files, name, head, size, file);
    await file.close();
    return typeof head === 'object' ? 'foreign' : head;
  }

  /** All whole records of the file, those that were released included. */
  async *walk(): AsyncGenerator<FoundRecord> {
    const file = await this.#opened();
    yield* walkSegment((position, bytes) => file.read(position, bytes), this.bytes, this.head);
  }

  /** Appends records at the end. After an error none of them stands in the file. */
  async append(records: readonly NewRecord[]): Promise<void> {
    const file = await this.#opened();
    const parts: Uint8Array[] = [];
    const places: Place[] = [];
    let offset = this.bytes;
    for (const { index, atMs, meta, body } of records) {
      const head = encodeRecordHead(this.head.mark, { index, atMs }, meta, body);
      parts.push(head, body);
      const [metaBytes, bodyBytes] = [meta.length, body.length];
      const place = { index, atMs, offset, metaBytes, bodyBytes, bodyCrc: head.readUInt32LE(28) };
      places.push(place);
      offset = endOf(place);
    }
    try {
      await file.write(this.bytes, parts);
    } catch (error) {
      await file.truncate(this.bytes).catch(() => {});
      throw error;
    }
    this.bytes = offset;
    this.places.push(...places);
  }

  async meta(place: Place): Promise<Buffer> {
    return (await this.#read(place)).meta;
  }

  /** The body is undefined when it is not what was written. */
  async read(place: Place): Promise<{ meta: Buffer; body: Buffer | undefined }> {
    const { meta, body } = await this.#read(place, place.bodyBytes);
    return {
      meta,
      body: body.length === place.bodyBytes && crc32c(body) === place.bodyCrc ? body : undefined,
    };
  }

  async #read(place: Place, bodyBytes = 0): Promise<{ meta: Buffer; body: Buffer }> {
    const headBytes = endOf({ ...place, bodyBytes: 0 }) - place.offset;
    const bytes = await (await this.#opened()).read(place.offset, headBytes + bodyBytes);
    return { meta: bytes.subarray(headBytes - place.metaBytes, headBytes), body: bytes.subarray(headBytes) };
  }

  async sync(): Promise<void> {
    await this.#file?.sync();
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await this.#files.remove(this.name);
  }

  async #opened(): Promise<SpoolFile> {
    return (this.#file ??= await this.#files.open(this.name));
  }
}
