/** What to do with a frame of a recording that is played in real time. Times in µs. */
export type Playback =
  | { readonly action: 'wait'; readonly untilUs: number }
  | { readonly action: 'show'; readonly dueUs: number }
  | { readonly action: 'skip' };

/** However late, a frame is shown after skipping for this long, µs. */
const skipAtMostUs = 1_000_000;

/**
 * Plays a recording as a camera would: each frame is due at its media time after the first one's.
 * A frame that is late by more than one frame interval is skipped, because a newer one is due already.
 * A reader that can't keep up still gets a frame each second, and the schedule moves with it.
 */
export class PlaybackSchedule {
  #offsetUs: number | undefined;
  #previousMediaUs = 0;
  #intervalUs: number;
  #skippingSinceUs: number | undefined;

  constructor(intervalUs: number) {
    this.#intervalUs = intervalUs;
  }

  /** Asked again for the same frame after a wait. */
  decide(mediaTimeUs: number, nowUs: number): Playback {
    if (this.#offsetUs === undefined) return this.#restart(mediaTimeUs, nowUs);
    if (mediaTimeUs > this.#previousMediaUs) this.#intervalUs = mediaTimeUs - this.#previousMediaUs;
    this.#previousMediaUs = mediaTimeUs;
    const dueUs = mediaTimeUs + this.#offsetUs;
    if (dueUs > nowUs) return { action: 'wait', untilUs: dueUs };
    if (nowUs - dueUs <= this.#intervalUs) return this.#show(dueUs);
    this.#skippingSinceUs ??= nowUs;
    if (nowUs - this.#skippingSinceUs < skipAtMostUs) return { action: 'skip' };
    return this.#restart(mediaTimeUs, nowUs);
  }

  #restart(mediaTimeUs: number, nowUs: number): Playback {
    this.#offsetUs = nowUs - mediaTimeUs;
    this.#previousMediaUs = mediaTimeUs;
    return this.#show(nowUs);
  }

  #show(dueUs: number): Playback {
    this.#skippingSinceUs = undefined;
    return { action: 'show', dueUs };
  }
}
