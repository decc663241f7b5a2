import { lockFolder } from './folder-lock.ts';
import type { Spool, SpoolOptions, SpoolRecord, SpoolState } from './port.ts';
import { recover } from './recover.ts';
import { maxBodyBytes, maxMetaBytes, recordHeadBytes } from './segment-format.ts';
import { SegmentStore } from './segment-store.ts';
import type { NewRecord } from './segment.ts';
import { SpoolError } from './spool-error.ts';
import { isCode, openFolder } from './spool-files.ts';

const mebibyte = 1024 * 1024;
const maxSegmentBytes = 16 * mebibyte;
const maxGroupBytes = 8 * mebibyte;
const defaultWaitingBytes = 32 * mebibyte;
const cursorEveryMs = 250;
/** For so long nothing more is given up to a disk that somebody else fills. */
const inVainMs = 60_000;

/** @throws SpoolError `IN_USE`, or what the file system says of a folder that can't be written */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const files = options.files ?? (await openFolder(options.folder));
  const unlock = options.files ? async () => {} : await lockFolder(options.folder);
  const segmentBytes = options.segmentBytes ?? Math.min(maxSegmentBytes, options.maxBytes / 8);
  try {
    const store = new SegmentStore(
      { ...options, files, segmentBytes },
      await recover(files, options.observer),
    );
    return new DiskSpool({ ...options, segmentBytes }, store, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

interface Waiting {
  readonly record: Omit<NewRecord, 'index'>;
  readonly bytes: number;
  readonly resolve: (index: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Takes turns with the files, so that nothing meets one that is half written, and writes what waits in groups. */
class DiskSpool implements Spool {
  readonly #options: SpoolOptions & { readonly segmentBytes: number };
  readonly #store: SegmentStore;
  readonly #unlock: () => Promise<void>;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #cursorTimer: NodeJS.Timeout | undefined;
  #syncTimer: NodeJS.Timeout | undefined;
  #noRoomBeforeMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(
    options: SpoolOptions & { readonly segmentBytes: number },
    store: SegmentStore,
    unlock: () => Promise<void>,
  ) {
    this.#options = options;
    this.#store = store;
    this.#unlock = unlock;
  }

  append(meta: Uint8Array, body: Uint8Array): Promise<number> {
    const bytes = recordHeadBytes + meta.length + body.length;
    const refusal = this.#refusal(meta, body, bytes);
    if (refusal) return Promise.reject(refusal);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#waiting.push({ record: { atMs: this.#options.nowMs(), meta, body }, bytes, resolve, reject });
    this.#waitingBytes += bytes;
    if (this.#waiting.length === 1) void this.#inTurn(() => this.#writeWaiting());
    return promise;
  }

  peek(max = 1): Promise<SpoolRecord[]> {
    return this.#inTurn(async () => {
      await this.#store.dropAged();
      return this.#store.takeInHand(max);
    });
  }

  release(through: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#store.release(through);
      this.#cursorTimer ??= this.#later(cursorEveryMs, async () => {
        this.#cursorTimer = undefined;
        await this.#store.saveCursor();
      });
    });
  }

  trim(): Promise<void> {
    return this.#inTurn(() => this.#store.dropAged());
  }

  state(): SpoolState {
    return this.#store.state();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#waiting.length > 0) await this.#inTurn(() => this.#writeWaiting());
    clearTimeout(this.#cursorTimer);
    clearTimeout(this.#syncTimer);
    await this.#inTurn(() => this.#store.close());
    await this.#unlock();
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(task);
    this.#turn = done.catch(() => {});
    return done;
  }

  #refusal(meta: Uint8Array, body: Uint8Array, bytes: number): SpoolError | undefined {
    const { maxBytes, maxWaitingBytes = defaultWaitingBytes } = this.#options;
    if (this.#closed) return new SpoolError('CLOSED', 'the spool is closed');
    const isTooLarge = meta.length > maxMetaBytes || body.length > maxBodyBytes;
    if (isTooLarge || this.#store.growth(bytes) > maxBytes)
      return new SpoolError(
        'TOO_LARGE',
        `a record of ${bytes} bytes is too large for a spool of ${maxBytes}`,
      );
    if (this.#waiting.length > 0 && this.#waitingBytes + bytes > maxWaitingBytes)
      return new SpoolError(
        'TOO_SLOW',
        `the disk is too slow: ${this.#waitingBytes} bytes wait to be written`,
      );
    return undefined;
  }

  async #writeWaiting(): Promise<void> {
    const group = this.#takeGroup();
    if (group.length === 0) return;
    try {
      const first = await this.#write(group);
      group.forEach(({ resolve }, i) => resolve(first + i));
    } catch (error) {
      group.forEach(({ reject }) => reject(error));
    }
    if (this.#waiting.length > 0) void this.#inTurn(() => this.#writeWaiting());
  }

  #takeGroup(): Waiting[] {
    const limit = Math.min(maxGroupBytes, this.#options.segmentBytes);
    let [count, bytes] = [0, 0];
    for (const waiting of this.#waiting) {
      if (count > 0 && bytes + waiting.bytes > limit) break;
      count += 1;
      bytes += waiting.bytes;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  /** @returns the index of the first; the others follow */
  async #write(group: readonly Waiting[]): Promise<number> {
    const { maxBytes, sync } = this.#options;
    const bytes = group.reduce((sum, waiting) => sum + waiting.bytes, 0);
    const isTooMuch = (): boolean => this.#store.state().bytes + this.#store.growth(bytes) > maxBytes;
    await this.#store.dropAged();
    while (isTooMuch() && (await this.#makeRoom()));
    if (isTooMuch()) throw new SpoolError('FULL', `the spool holds its ${maxBytes} bytes`);
    const first = await this.#appendOrDrop(group, bytes);
    if (typeof sync === 'object')
      this.#syncTimer ??= this.#later(sync.everyMs, async () => {
        this.#syncTimer = undefined;
        await this.#store.sync();
      });
    return first;
  }

  /**
   * A full disk is met as a full spool is, but only until as much has gone as is to come: where that makes no room, somebody
   * else fills the disk, and giving up more for each further record would help nobody.
   */
  async #appendOrDrop(group: readonly Waiting[], bytes: number): Promise<number> {
    const before = this.#store.state().bytes;
    const needed = this.#store.growth(bytes);
    for (;;) {
      try {
        const records = group.map(({ record }) => record);
        return await this.#store.append(records, bytes);
      } catch (cause) {
        const isFull = isCode(cause, 'ENOSPC', 'EDQUOT');
        if (!isFull)
          throw new SpoolError('DISK_FAILED', `the spool can't be written: ${String(cause)}`, { cause });
        const isInVain = before - this.#store.state().bytes >= needed;
        if (isInVain) this.#noRoomBeforeMs = this.#options.nowMs() + inVainMs;
        if (this.#options.nowMs() < this.#noRoomBeforeMs || !(await this.#makeRoom()))
          throw new SpoolError('DISK_FULL', `there is no room for the spool: ${String(cause)}`, { cause });
      }
    }
  }

  /** False when nothing may or can go. */
  async #makeRoom(): Promise<boolean> {
    return this.#options.whenFull !== 'refuse' && (await this.#store.dropOldest());
  }

  #later(delayMs: number, task: () => Promise<void>): NodeJS.Timeout {
    return setTimeout(() => {
      void this.#inTurn(task).catch(this.#options.observer.onTrouble);
    }, delayMs).unref();
  }
}
