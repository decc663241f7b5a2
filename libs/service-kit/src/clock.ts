/** Time for everything that is stamped or compared. */
export interface Clock {
  /** Wall-clock time in whole µs since the Unix epoch; never steps back, whatever NTP does to the system's clock. */
  nowUs(): number;
  /** Wall clock less monotonic clock, µs. Pass it to worker threads, so that their clock is the same one. */
  readonly anchorUs: number;
}

/**
 * A clock that reads the wall clock once and then follows the monotonic one, which all threads of a process share.
 * The wall clock counts whole milliseconds, so the anchor is true to ±0.5 ms.
 */
export function createClock({
  wallMs = () => Date.now(),
  monotonicNs = () => process.hrtime.bigint(),
  anchorUs = (wallMs() + 0.5) * 1000 - Number(monotonicNs()) / 1000,
}: { wallMs?: () => number; monotonicNs?: () => bigint; anchorUs?: number } = {}): Clock {
  return { anchorUs, nowUs: () => Math.round(anchorUs + Number(monotonicNs()) / 1000) };
}
