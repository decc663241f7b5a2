import { randomInt } from 'node:crypto';
import { writeCursor } from './cursor.ts';
import type { DropReason, SpoolOptions, SpoolRecord, SpoolRecordHead, SpoolState } from './port.ts';
import type { Recovered } from './recover.ts';
import { segmentHeadBytes } from './segment-format.ts';
import type { NewRecord, Place } from './segment.ts';
import { Segment } from './segment.ts';
import type { SpoolFiles } from './spool-files.ts';

type StoreOptions = Pick<SpoolOptions, 'maxAgeMs' | 'nowMs' | 'observer' | 'sync'> & {
  readonly files: SpoolFiles;
  readonly segmentBytes: number;
};

interface StoredRecord {
  readonly segment: Segment;
  readonly place: Place;
}

/** The files of a spool. Only one of its methods runs at a time: whoever calls sees to that. */
export class SegmentStore {
  readonly #options: StoreOptions;
  readonly #segments: Segment[];
  /** The one that is appended to, also the last of the segments. Earlier processes' files are never written again. */
  #active: Segment | undefined;
  #nextIndex: number;
  /** Whoever holds the records up to this one gives them their fate, even if their file goes meanwhile. */
  #inHandThrough = -1;
  /** Those of them whose file is gone: dropped, unless their holder releases them before it asks again. */
  #goneInHand: { readonly index: number; readonly head: SpoolRecordHead | undefined }[] = [];

  constructor(options: StoreOptions, { segments, nextIndex }: Recovered) {
    this.#options = options;
    this.#segments = segments;
    this.#nextIndex = nextIndex;
  }

  state(): SpoolState {
    return {
      records: this.#segments.reduce((sum, { places }) => sum + places.length, 0),
      bytes: this.#segments.reduce((sum, { bytes }) => sum + bytes, 0),
      oldestAtMs: this.#oldest()?.place.atMs,
    };
  }

  /** What appending so many bytes may add to the files. */
  growth(bytes: number): number {
    return bytes + segmentHeadBytes;
  }

  /** @returns the index of the first; the others follow */
  async append(records: readonly Omit<NewRecord, 'index'>[], bytes: number): Promise<number> {
    const segment = await this.#segmentFor(bytes);
    const first = this.#nextIndex;
    await segment.append(records.map((record, i) => ({ ...record, index: first + i })));
    this.#nextIndex += records.length;
    if (this.#options.sync === 'always') await segment.sync();
    return first;
  }

  /** Takes the oldest records in hand; those that are damaged go. */
  async takeInHand(max: number): Promise<SpoolRecord[]> {
    this.#tellGoneInHand();
    const taken: SpoolRecord[] = [];
    for (const { segment, place } of this.#first(max)) {
      const { index, atMs } = place;
      const { meta, body } = await segment.read(place);
      if (body) taken.push({ index, atMs, meta, body });
      else if (taken.length > 0) break;
      else {
        await this.#forget(segment);
        this.#options.observer.onDropped({ index, atMs, meta }, 'damaged');
      }
    }
    this.#inHandThrough = taken.at(-1)?.index ?? -1;
    return taken.length > 0 || !this.#oldest() ? taken : this.takeInHand(max);
  }

  async release(through: number): Promise<void> {
    for (let oldest = this.#oldest(); oldest && oldest.place.index <= through; oldest = this.#oldest())
      await this.#forget(oldest.segment);
    this.#goneInHand = this.#goneInHand.filter(({ index }) => index > through);
    if (through >= this.#inHandThrough) this.#inHandThrough = -1;
  }

  async dropAged(): Promise<void> {
    const before = this.#options.nowMs() - this.#options.maxAgeMs;
    for (let oldest = this.#oldest(); oldest && oldest.place.atMs < before; oldest = this.#oldest()) {
      if (oldest.place.index <= this.#inHandThrough) return;
      const head = await this.#headOf(oldest.segment, oldest.place);
      await this.#forget(oldest.segment);
      this.#tellDropped(head, 'aged');
    }
  }

  /** Drops the oldest file with all its records; false when there is none. */
  async dropOldest(): Promise<boolean> {
    const [segment] = this.#segments;
    if (!segment) return false;
    if (segment === this.#active) this.#active = undefined;
    const gone = [];
    for (const place of segment.places.splice(0))
      gone.push({ index: place.index, head: await this.#headOf(segment, place) });
    await this.#removeFirst();
    // Told when they can't come back any more.
    for (const { index, head } of gone) {
      if (index <= this.#inHandThrough) this.#goneInHand.push({ index, head });
      else this.#tellDropped(head, 'full');
    }
    return true;
  }

  #tellGoneInHand(): void {
    for (const { head } of this.#goneInHand.splice(0)) this.#tellDropped(head, 'full');
  }

  async sync(): Promise<void> {
    await this.#active?.sync();
  }

  async saveCursor(): Promise<void> {
    const { files, observer, sync } = this.#options;
    const next = this.#oldest()?.place.index ?? this.#nextIndex;
    await writeCursor(files, next, sync !== 'never').catch(observer.onTrouble);
  }

  async close(): Promise<void> {
    const { observer, sync } = this.#options;
    if (sync !== 'never') await this.sync().catch(observer.onTrouble);
    this.#tellGoneInHand();
    await this.saveCursor();
    for (const segment of this.#segments) {
      const closed = segment.places.length > 0 ? segment.close() : segment.remove();
      await closed.catch(observer.onTrouble);
    }
  }

  async #segmentFor(bytes: number): Promise<Segment> {
    const { files, segmentBytes, sync } = this.#options;
    const full = this.#active;
    if (full && full.bytes + bytes <= segmentBytes) return full;
    if (sync !== 'never') await full?.sync();
    const segment = await Segment.create(files, { mark: randomInt(2 ** 32), firstIndex: this.#nextIndex });
    if (sync !== 'never') await files.sync();
    this.#active = segment;
    this.#segments.push(segment);
    if (full?.places.length === 0) await this.#removeFirst();
    return segment;
  }

  #oldest(): StoredRecord | undefined {
    return this.#first(1)[0];
  }

  #first(max: number): StoredRecord[] {
    const first: StoredRecord[] = [];
    for (const segment of this.#segments) {
      for (const place of segment.places.slice(0, max - first.length)) first.push({ segment, place });
      if (first.length === max) break;
    }
    return first;
  }

  /** The oldest record is done with; so is its file behind its last one, unless more is to come into it. */
  async #forget(segment: Segment): Promise<void> {
    segment.places.shift();
    if (segment.places.length === 0 && segment !== this.#active) await this.#removeFirst();
  }

  async #headOf(segment: Segment, place: Place): Promise<SpoolRecordHead | undefined> {
    const { index, atMs } = place;
    const meta = await segment.meta(place).catch(() => undefined);
    return meta?.length === place.metaBytes ? { index, atMs, meta } : undefined;
  }

  #tellDropped(head: SpoolRecordHead | undefined, why: DropReason): void {
    if (head) this.#options.observer.onDropped(head, why);
    else this.#options.observer.onMissing(1);
  }

  /** The cursor first: a crash in between must not look as if records were missing. */
  async #removeFirst(): Promise<void> {
    await this.saveCursor();
    await this.#segments.shift()?.remove().catch(this.#options.observer.onTrouble);
  }
}
