/**
 * Whether a camera may be watched by its packets, after how that went: false suspicions and misses strain the
 * trust, time mends it. Once it is lost the camera is decoded fully, at first for a minute, then for longer.
 */
export interface WatchTrust {
  falseAlarm(atUs: number): void;
  missed(atUs: number): void;
  holds(atUs: number): boolean;
}

/** A miss weighs as much as this many false suspicions; so many lose the trust; one is forgiven in so long. */
const missWeight = 6;
const mostStrain = 12;
const forgivenEveryUs = 10_000_000;
const [shortestUs, longestUs] = [60_000_000, 3_600_000_000];

export function createWatchTrust(): WatchTrust {
  let strain = 0;
  let strainedAtUs = 0;
  let lostUntilUs = Number.NEGATIVE_INFINITY;
  let awayUs = shortestUs;

  function add(weight: number, atUs: number): void {
    strain = Math.max(0, strain - (atUs - strainedAtUs) / forgivenEveryUs) + weight;
    strainedAtUs = atUs;
    if (strain <= mostStrain || atUs < lostUntilUs) return;
    // A loss long after the last one is no sign that the camera is worse than before.
    const recent = atUs - lostUntilUs < 10 * awayUs;
    awayUs = recent ? Math.min(longestUs, 2 * awayUs) : shortestUs;
    lostUntilUs = atUs + awayUs;
    strain = 0;
  }

  return {
    falseAlarm: (atUs) => add(1, atUs),
    missed: (atUs) => add(missWeight, atUs),
    holds: (atUs) => atUs >= lostUntilUs,
  };
}
