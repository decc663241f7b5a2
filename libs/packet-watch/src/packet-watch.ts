import { medianOf, RunningMedian } from './running-median.ts';

/** One compressed frame as it came, undecoded. */
export interface WatchedPacket {
  readonly bytes: number;
  readonly keyFrame: boolean;
}

export interface PacketVerdict {
  /** Something moves: this many frames in a row were larger than still ones are. */
  readonly suspicious: boolean;
  /** The least deviation of the newest inter frames from their still size, in standard deviations. */
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
 * encoders send single large frames by themselves, so that only several larger ones in a row are suspicious.
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

/** Larger frames in a row that are suspicious. */
const inARow = 4;
/** Groups of pictures that are remembered, and from how many on a size is known. */
const remembered = 60;
const known = 10;
/** Longer groups of pictures leave too much undecoded: at 10 frames/s four seconds. */
const longestGroup = 120;
/** Sizes of equal pictures differ by this much at least (standard deviation of the natural logarithm). */
const leastDeviation = 0.03;
const thresholds = { start: 1.2, least: 0.8, most: 2, raise: 1.02, lower: 0.9 };
/**
 * What moves adds to an inter frame about what it costs in a key frame, so growth as a share of a key frame tells
 * how much of the picture must move to be noticed. Watched from about a person of 34x90 pixels at 1280x720 on, and
 * no longer from 41x110 on.
 */
const noticedShares = { begin: 1 / 300, end: 1 / 200 };

export function createPacketWatch(): PacketWatch {
  /** Logarithms of the sizes of still frames, by their place in the group of pictures; key frames are at 0. */
  let sizes: RunningMedian[] = [];
  let deviations: number[] = [];
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
    const growth = inter.map((at) => {
      const { median, deviation } = at.spread();
      return Math.expm1(threshold * Math.max(leastDeviation, deviation)) * Math.exp(median);
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
      if (!keyFrame) {
        const deviation = deviationOf(logBytes);
        deviations = deviation === undefined ? [] : [...deviations, deviation].slice(-inARow);
      }
      if (still && sawKeyFrame) sizesAt(place).add(logBytes);
      const enough = deviations.length === inARow;
      const score = enough ? Math.min(...deviations) : 0;
      const suspicious = enough && score > threshold;
      return { suspicious, score, threshold, reason: suspicious ? 'larger' : enough ? 'calm' : 'learning' };
    },
    watchability() {
      if (place >= longestGroup || group > longestGroup)
        return { is: 'unwatchable', why: `its key frames are more than ${longestGroup} frames apart` };
      if (group < 2 * inARow && group > 0)
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
    wasFalse: () => void (threshold = Math.min(thresholds.most, threshold * thresholds.raise)),
    wasMissed: () => void (threshold = Math.max(thresholds.least, threshold * thresholds.lower)),
    reset() {
      sizes = [];
      deviations = [];
      place = 0;
      group = 0;
      threshold = thresholds.start;
      sawKeyFrame = false;
      watchable = false;
    },
  };
}
