import { medianOf, RunningMedian } from './running-median.ts';

/** One compressed frame as it came, undecoded. */
export interface WatchedPacket {
  readonly bytes: number;
  readonly keyFrame: boolean;
}

export interface PacketVerdict {
  /** Something moves: frames were larger than still ones are for long enough. */
  readonly suspicious: boolean;
  /** How much larger inter frames have been of late, summed up, in standard deviations. */
  readonly score: number;
  readonly threshold: number;
  readonly reason: 'learning' | 'calm' | 'larger';
}

/** Whether the packets of this stream can show motion at all, and if not, why. */
export type Watchability =
  | { readonly is: 'learning' }
  | { readonly is: 'watchable' }
  | { readonly is: 'unwatchable'; readonly why: string };

/**
 * Watches compressed frames by their size alone: what moves must be coded, so inter frames grow. Each place in
 * the group of pictures has its own still size (the frames after a key frame mend what that left coarse), and
 * encoders send single large frames by themselves, so that no frame counts for much and what is above the usual adds
 * up: a cumulative sum (Page, Continuous inspection schemes, Biometrika 1954), the quickest for its false alarms.
 * After PacketGame (Yuan et al., SIGCOMM 2023), which learns it with a network; median and deviation do here.
 */
export interface PacketWatch {
  /** @param still the gate sees no motion now, so that the packet may teach what still looks like */
  look(packet: WatchedPacket, still: boolean): PacketVerdict;
  watchability(): Watchability;
  /** Nothing moved after all: from now on it takes more. */
  wasFalse(): void;
  /** Something moved and was not announced: from now on it takes less. */
  wasMissed(): void;
  /** Another stream, or another picture: all that was learned is void. */
  reset(): void;
}

/** Single frames of several times the size, or of half of it, say no more than this, in standard deviations. */
const clip = { least: -1, most: 2 };
/** Of each deviation this is taken off before it is added: about half of what a walker has. */
const drift = 1;
/** What moves is to be noticed by so many frames. */
const noticedWithin = 5;
/** Groups of pictures that are remembered, and from how many on a size is known. */
const remembered = 60;
const known = 10;
/** Longer groups of pictures leave too much undecoded: at 10 frames/s four seconds. */
const longestGroup = 120;
const shortestGroup = 8;
/** Sizes of equal pictures differ by this much at least (standard deviation of the natural logarithm). */
const leastDeviation = 0.03;
const thresholds = { start: 3.5, least: 2.4, most: 5, raise: 1.02, lower: 0.9 };
/** No more is summed up, so that it is forgotten within a second of peace. */
const mostSum = 6;
/**
 * What moves adds to an inter frame about what it costs in a key frame, so growth as a share of a key frame tells
 * how much of the picture must move to be noticed. Watched from about a person of 40x107 pixels at 1280x720 on, and
 * no longer from 49x131 on.
 */
const noticedShares = { begin: 1 / 212, end: 1 / 141 };

export function createPacketWatch(): PacketWatch {
  /** Logarithms of the sizes of still frames, by their place in the group of pictures; key frames are at 0. */
  let sizes: RunningMedian[] = [];
  let sum = 0;
  let place = 0;
  let threshold = thresholds.start;
  /** Frames of the newest complete group; 0 before the first. */
  let group = 0;
  let sawKeyFrame = false;
  let watchable = false;

  function sizesAt(index: number): RunningMedian {
    return (sizes[index] ??= new RunningMedian(remembered));
  }

  function deviationOf(logBytes: number): number | undefined {
    const at = sizes[place];
    if (!at || at.count < known) return undefined;
    const { median, deviation } = at.spread();
    return (logBytes - median) / Math.max(leastDeviation, deviation);
  }

  /** The least growth of an inter frame that is noticed, as a share of a key frame. */
  function noticedShare(): number {
    const inter = sizes.slice(1).filter(({ count }) => count >= known);
    const noticed = drift + threshold / noticedWithin;
    const growth = inter.map((at) => {
      const { median, deviation } = at.spread();
      return Math.expm1(noticed * Math.max(leastDeviation, deviation)) * Math.exp(median);
    });
    return medianOf(growth) / Math.exp(sizesAt(0).spread().median);
  }

  function follow(keyFrame: boolean): void {
    if (keyFrame && sawKeyFrame) group = place + 1;
    place = keyFrame ? 0 : Math.min(place + 1, longestGroup);
    sawKeyFrame ||= keyFrame;
  }

  return {
    look({ bytes, keyFrame }, still) {
      follow(keyFrame);
      const logBytes = Math.log(Math.max(1, bytes));
      const deviation = deviationOf(logBytes);
      if (deviation === undefined) sum = 0;
      else if (!keyFrame) sum = Math.min(mostSum, Math.max(0, sum + clipped(deviation) - drift));
      if (still && sawKeyFrame) sizesAt(place).add(logBytes);
      const suspicious = !keyFrame && sum > threshold;
      const reason = suspicious ? 'larger' : deviation === undefined ? 'learning' : 'calm';
      return { suspicious, score: sum, threshold, reason };
    },
    watchability() {
      if (place >= longestGroup || group > longestGroup)
        return { is: 'unwatchable', why: `its key frames are more than ${longestGroup} frames apart` };
      if (group < shortestGroup && group > 0)
        return { is: 'unwatchable', why: `its key frames are only ${group} frames apart` };
      const learned = sizes.filter(({ count }) => count >= known).length;
      if (group === 0 || learned < group) return { is: 'learning' };
      const share = noticedShare();
      watchable = share <= (watchable ? noticedShares.end : noticedShares.begin);
      if (watchable) return { is: 'watchable' };
      const percent = (100 * share).toFixed(1);
      return {
        is: 'unwatchable',
        why: `its packets show only what fills more than ${percent} % of the picture`,
      };
    },
    wasFalse() {
      threshold = Math.min(thresholds.most, threshold * thresholds.raise);
      sum = 0;
    },
    wasMissed: () => void (threshold = Math.max(thresholds.least, threshold * thresholds.lower)),
    reset() {
      sizes = [];
      sum = 0;
      place = 0;
      group = 0;
      threshold = thresholds.start;
      sawKeyFrame = false;
      watchable = false;
    },
  };
}

function clipped(deviation: number): number {
  return Math.max(clip.least, Math.min(clip.most, deviation));
}
