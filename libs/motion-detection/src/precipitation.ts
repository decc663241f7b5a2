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
/** While nothing falls every seventh cell tells it. */
const SPARSE_STEP = 7;
/** One frame counts at most this much: headlights that jump are no shower. */
const MOST_SHARE = 0.05;

export function createPrecipitation(cells: number): Precipitation {
  const older = new Float32Array(cells);
  const last = new Float32Array(cells);
  const medians = new Float32Array(cells);
  let share = 0;

  /** Takes every `step`-th cell in. Returns the share of them that had a spike in the frame before. */
  function lookForSpikes(mean: Float32Array, current: Float32Array, step: number): number {
    let spikes = 0;
    for (let cell = 0; cell < current.length; cell += step) {
      const second = last[cell]!;
      const third = current[cell]! - mean[cell]!;
      const before = second - older[cell]!;
      const after = second - third;
      if (
        (before > SPIKE_LEVELS && after > SPIKE_LEVELS) ||
        (before < -SPIKE_LEVELS && after < -SPIKE_LEVELS)
      )
        spikes++;
      medians[cell] =
        before * after > 0 ? (before * before < after * after ? second - before : third) : second;
      older[cell] = second;
      last[cell] = third;
    }
    return (spikes * step) / current.length;
  }

  return {
    get falls() {
      return share > FALLING_SHARE;
    },
    clear(mean, current, seconds) {
      const falls = share > FALLING_SHARE;
      const spiky = lookForSpikes(mean, current, falls ? 1 : SPARSE_STEP);
      if (falls)
        for (let cell = 0; cell < current.length; cell++) current[cell] = mean[cell]! + medians[cell]!;
      share += (seconds / (AVERAGE_SECONDS + seconds)) * (Math.min(MOST_SHARE, spiky) - share);
    },
    forget() {
      older.fill(0);
      last.fill(0);
      share = 0;
    },
  };
}
