/** Rain and snow: takes out of a picture what stays at a place for a single frame. */
export interface Precipitation {
  /** True while it rains or snows. */
  readonly falls: boolean;
  /**
   * While it falls, sets each cell to the background plus the median of its last three differences to it: what
   * falls is gone, an object comes one frame later.
   */
  clear(mean: Float32Array, current: Float32Array, seconds: number): void;
  forget(): void;
}

/** A cell has a spike when it leaves the median of its neighbours in time by so many levels. */
const SPIKE_LEVELS = 7;
/** Rain and snow give 2-7 % of the cells a spike in every frame; leaves, insects and traffic 1 % on average. */
const FALLING_SHARE = 0.015;
const AVERAGE_SECONDS = 3;
/** One frame counts at most this much: headlights that jump are no shower. */
const MOST_SHARE = 0.05;

export function createPrecipitation(cells: number): Precipitation {
  const older = new Float32Array(cells);
  const last = new Float32Array(cells);
  let share = 0;

  /** Returns how many cells had a spike in the frame before. */
  function takeMedians(mean: Float32Array, current: Float32Array, replaces: boolean): number {
    let spikes = 0;
    for (let cell = 0; cell < current.length; cell++) {
      const expected = mean[cell]!;
      const first = older[cell]!;
      const second = last[cell]!;
      const third = current[cell]! - expected;
      const median = Math.max(Math.min(first, second), Math.min(Math.max(first, second), third));
      if (Math.abs(second - median) > SPIKE_LEVELS) spikes++;
      if (replaces) current[cell] = expected + median;
      older[cell] = second;
      last[cell] = third;
    }
    return spikes;
  }

  return {
    get falls() {
      return share > FALLING_SHARE;
    },
    clear(mean, current, seconds) {
      const spikes = takeMedians(mean, current, share > FALLING_SHARE);
      const frameShare = Math.min(MOST_SHARE, spikes / current.length);
      share += (seconds / (AVERAGE_SECONDS + seconds)) * (frameShare - share);
    },
    forget() {
      older.fill(0);
      last.fill(0);
      share = 0;
    },
  };
}
