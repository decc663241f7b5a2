/**
 * Whether a camera's thread is held up by a read. It can't tell so itself, and FFmpeg ends a read only when its socket is
 * silent: a camera whose video has stopped while RTCP goes on holds the thread for as long as it likes.
 */

/** Without a picture from a camera, ms. */
export const defaultSilenceMs = 10_000;

const lookEveryMs = 250;

/** Since when a thread reads: nanoseconds of the process, which all its threads share; 0 while it doesn't. */
export function createReadMark(): SharedArrayBuffer {
  return new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
}

/** For the thread that reads. */
export function markReading(mark: SharedArrayBuffer): (reading: boolean) => void {
  const since = new BigInt64Array(mark);
  return (reading) => void Atomics.store(since, 0, reading ? process.hrtime.bigint() : 0n);
}

/** For another thread: how long the read has lasted that is under way, ms. */
function readingForMs(mark: SharedArrayBuffer): number {
  const since = Atomics.load(new BigInt64Array(mark), 0);
  return since === 0n ? 0 : Number(process.hrtime.bigint() - since) / 1e6;
}

/** Calls `onBlocked` once for each read that lasts longer than `boundMs()`. @returns what ends the watch */
export function watchReads(
  mark: SharedArrayBuffer,
  boundMs: () => number,
  onBlocked: (forMs: number) => void,
): () => void {
  let told = false;
  const timer = setInterval(() => {
    const forMs = readingForMs(mark);
    const blocked = forMs > boundMs();
    if (blocked && !told) onBlocked(forMs);
    told = blocked;
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
