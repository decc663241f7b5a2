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

/**
 * Differences are whole numbers of 1/64 level: which of three is in the middle is chance where there is noise, and whole
 * numbers tell it without a branch, in less than half the time.
 */
const PARTS = 64;
/** Makes every difference positive before it is rounded down. */
const OFFSET = 256 * PARTS;
/** A cell has a spike when it leaves the median of its neighbours in time by so much: 7 levels. */
const SPIKE = 7 * PARTS;
/** Rain and snow give 2-7 % of the cells a spike in every frame; leaves, insects and traffic 1 % on average. */
const FALLING_SHARE = 0.015;
const AVERAGE_SECONDS = 3;
/** While nothing falls every seventh cell tells it. */
const SPARSE_STEP = 7;
/** One frame counts at most this much: headlights that jump are no shower. */
const MOST_SHARE = 0.05;

export function createPrecipitation(cells: number): Precipitation {
  const older = new Int16Array(cells);
  const last = new Int16Array(cells);
  let share = 0;

  /** Takes every cell in, or some while nothing falls. Returns the share of them that had a spike in the frame before. */
  function lookForSpikes(mean: Float32Array, current: Float32Array, falls: boolean): number {
    const step = falls ? 1 : SPARSE_STEP;
    let spikes = 0;
    for (let cell = 0; cell < current.length; cell += step) {
      const expected = mean[cell]!;
      const first = older[cell]!;
      const second = last[cell]!;
      const third = (((current[cell]! - expected) * PARTS + (OFFSET + 0.5)) | 0) - OFFSET;
      const before = second - first;
      const after = second - third;
      spikes += ((SPIKE - before) & (SPIKE - after)) >>> 31;
      spikes += ((SPIKE + before) & (SPIKE + after)) >>> 31;
      if (falls) {
        const most = first + positive(before);
        const least = second - positive(before);
        const upper = most - positive(most - third);
        current[cell] = expected + (least + positive(upper - least)) / PARTS;
      }
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
      const spiky = lookForSpikes(mean, current, share > FALLING_SHARE);
      share += (seconds / (AVERAGE_SECONDS + seconds)) * (Math.min(MOST_SHARE, spiky) - share);
    },
    forget() {
      older.fill(0);
      last.fill(0);
      share = 0;
    },
  };
}

/** The number, or 0 where it is negative. */
function positive(number: number): number {
  return number & ~(number >> 31);
}
