/** A read that takes this share of a frame interval found nothing waiting. */
const waitedShare = 0.25;
/** The schedule is the earliest arrival of the last one to two windows of media time, µs. */
const windowUs = 2_000_000;
/** However late, a frame is shown after skipping for this long, µs. */
const skipAtMostUs = 1_000_000;

export interface LiveArrival {
  readonly mediaTimeUs: number;
  /** When the read of the frame's last packet returned. */
  readonly arrivedAtUs: number;
  /** How long that read took. */
  readonly readUs: number;
  /** Time between frames. */
  readonly intervalUs: number;
}

/**
 * Tells whether a live frame is stale because newer ones already wait behind it in the socket.
 *
 * A read that had to wait found the queue empty: its frame is the newest there is. One that came at once and is
 * later than the schedule by more than a frame interval is backlog, as is all that piled up while the camera was
 * being opened. The schedule is a windowed minimum of
 * (arrival - media time), as in BBR's round-trip filter: it follows clock drift and a new route by itself.
 */
export class LiveBacklog {
  #windowStartUs = Number.NEGATIVE_INFINITY;
  #earlier = Number.POSITIVE_INFINITY;
  #current = Number.POSITIVE_INFINITY;
  #everWaited = false;
  #skippingSinceUs: number | undefined;

  isStale(frame: LiveArrival): boolean {
    const lateUs = this.#lateness(frame);
    const waited = frame.readUs >= frame.intervalUs * waitedShare;
    this.#everWaited ||= waited;
    const backlog = !waited && (!this.#everWaited || lateUs > frame.intervalUs);
    if (backlog) this.#skippingSinceUs ??= frame.arrivedAtUs;
    const stale = backlog && frame.arrivedAtUs - (this.#skippingSinceUs ?? 0) < skipAtMostUs;
    if (!stale) this.#skippingSinceUs = undefined;
    return stale;
  }

  #lateness({ mediaTimeUs, arrivedAtUs }: LiveArrival): number {
    const offsetUs = arrivedAtUs - mediaTimeUs;
    const elapsedUs = mediaTimeUs - this.#windowStartUs;
    if (elapsedUs > windowUs || elapsedUs < 0) {
      this.#earlier = elapsedUs < 0 ? offsetUs : this.#current;
      this.#current = offsetUs;
      this.#windowStartUs = mediaTimeUs;
    }
    this.#current = Math.min(this.#current, offsetUs);
    return offsetUs - Math.min(this.#earlier, this.#current);
  }
}
