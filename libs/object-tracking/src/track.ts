import type { Box } from '@framegate/detection';

/** What was found of one thing in one frame. */
export interface TrackedObject {
  /** In pixels of a picture of a constant size. */
  readonly box: Box;
  readonly className: string;
  /** 0..1 */
  readonly score: number;
  readonly zones: readonly string[];
}

/** One thing from when it was seen first until it was seen last. */
export interface Track {
  readonly id: string;
  /** The class that its detections name most, by the sum of their scores. */
  readonly className: string;
  readonly startUs: number;
  readonly lastUs: number;
  /** In how many frames it was found. */
  readonly detections: number;
  /** All in which it was, by name. */
  readonly zones: readonly string[];
  readonly bestScore: number;
  readonly bestAtUs: number;
  /** The frame of its best detection, as the tracker was told it. */
  readonly bestFrame: string;
  readonly bestBox: Box;
  readonly firstBox: Box;
  readonly lastBox: Box;
}

export function beginTrack(id: string, frameId: string, atUs: number, object: TrackedObject): Track {
  const { box, className, score, zones } = object;
  return {
    id,
    className,
    startUs: atUs,
    lastUs: atUs,
    detections: 1,
    zones: zones.toSorted(),
    bestScore: score,
    bestAtUs: atUs,
    bestFrame: frameId,
    bestBox: box,
    firstBox: box,
    lastBox: box,
  };
}

/** Two parts of one thing's time as one; it keeps the name and class of the first argument. */
export function joinTracks(named: Track, other: Track): Track {
  const [earlier, later] = named.startUs <= other.startUs ? [named, other] : [other, named];
  const ending = named.lastUs >= other.lastUs ? named : other;
  const best = named.bestScore >= other.bestScore ? named : other;
  return {
    id: named.id,
    className: named.className,
    startUs: earlier.startUs,
    lastUs: ending.lastUs,
    detections: earlier.detections + later.detections,
    zones: [...new Set([...named.zones, ...other.zones])].toSorted(),
    bestScore: best.bestScore,
    bestAtUs: best.bestAtUs,
    bestFrame: best.bestFrame,
    bestBox: best.bestBox,
    firstBox: earlier.firstBox,
    lastBox: ending.lastBox,
  };
}
