import type { Association, Seen, Sought } from './association.ts';
import { associate } from './association.ts';
import type { BoxMotion } from './box-motion.ts';
import { beginBox, boxOf, correctBox, predictBox } from './box-motion.ts';
import type { Track, TrackedObject } from './track.ts';
import { beginTrack, joinTracks } from './track.ts';

export interface TrackerOptions {
  /** Detections from here on begin tracks; lower ones only continue those that were seen in the last frame. */
  readonly highScore: number;
  /** A thing is told of when it was found in so many frames: a single one is often a mistake. */
  readonly minDetections: number;
  /** Not seen for so long, it is gone. More than the interval of keep-alive frames keeps those who stand still. */
  readonly endAfterUs: number;
  /** A longer track goes on as another one. */
  readonly maxTrackUs: number;
  /** Classes among which a detector wavers are one group. */
  readonly groupOf: (className: string) => string;
}

const vehicles = new Set(['car', 'truck', 'bus', 'van', 'vehicle']);

export const defaultTrackerOptions: TrackerOptions = {
  highScore: 0.5,
  minDetections: 2,
  endAfterUs: 15e6,
  maxTrackUs: 3600e6,
  groupOf: (className) => (vehicles.has(className) ? 'vehicle' : className),
};

export interface TrackEvent {
  readonly kind: 'started' | 'updated' | 'ended';
  readonly track: Track;
}

/** Follows the things that one camera sees. Deterministic: the same frames give the same tracks with the same ids. */
export interface Tracker {
  /**
   * @param frameId unique and short; ids of tracks begin with it
   * @param atUs when the frame was taken: never before `nowUs`, at any interval
   */
  frame(frameId: string, atUs: number, objects: readonly TrackedObject[]): TrackEvent[];
  /** Ends what was not seen for too long, although no frames come. */
  endSilent(nowUs: number): TrackEvent[];
  /** Ends all. */
  endAll(): TrackEvent[];
  /** Goes on with a track of an earlier run, or of an earlier part of it. */
  resume(track: Track): void;
  /** Adds what became known late to a track that goes on. False where it does not. */
  absorb(id: string, part: Track): boolean;
  /** Of the newest frame, 0 before the first. */
  readonly nowUs: number;
}

interface Followed {
  readonly track: Track;
  readonly motion: BoxMotion;
  readonly group: string;
  readonly scoreOfClass: ReadonlyMap<string, number>;
  /** Whether it was told of. */
  readonly confirmed: boolean;
  readonly seenInLastFrame: boolean;
}

/** Overlaps of buffered boxes that are asked for: of confident detections, of weak ones, and of what only began. */
const minOverlap = { high: 0.2, low: 0.5, tentative: 0.2 };
/** What a thing may have gone since it was seen beyond what is predicted, in its own lengths a second, and at most. */
const reachPerSecond = 0.5;
const maxReach = 0.5;

/**
 * ByteTrack (Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022): first
 * the confident detections look for their tracks, then the weak ones for those that are left, so that who is half
 * hidden is not lost. Ours counts in seconds and not in frames, as frames come at 1 to 10 a second, irregularly.
 */
export function createTracker(options: TrackerOptions = defaultTrackerOptions): Tracker {
  const { highScore, endAfterUs, maxTrackUs, groupOf } = options;
  let followed: Followed[] = [];
  let newestUs = 0;

  const drop = (isGone: (one: Followed) => boolean): TrackEvent[] => {
    const gone = followed.filter(isGone);
    followed = followed.filter((one) => !isGone(one));
    return gone.filter(({ confirmed }) => confirmed).map(({ track }) => ({ kind: 'ended', track }));
  };
  const begin = (frameId: string, atUs: number, found: readonly TrackedObject[]): Followed[] =>
    found.map((object, i) => ({
      track: beginTrack(`${frameId}.${i}`, frameId, atUs, object),
      motion: beginBox(object.box),
      group: groupOf(object.className),
      scoreOfClass: new Map([[object.className, object.score]]),
      confirmed: options.minDetections <= 1,
      seenInLastFrame: true,
    }));

  return {
    frame(frameId, atUs, objects) {
      if (atUs < newestUs)
        throw new RangeError(`frame ${frameId} is of ${atUs} µs, and ${newestUs} has been seen`);
      const ended = drop(
        ({ track }) => atUs - track.lastUs > endAfterUs || atUs - track.startUs > maxTrackUs,
      );
      newestUs = atUs;
      const high = objects.filter(({ score }) => score >= highScore);
      const low = objects.filter(({ score }) => score < highScore);
      const { matched, unmatched, unmatchedHigh } = cascade(followed, high, low, atUs, groupOf);
      const continued = matched.map(([one, object]) =>
        seenAgain(one, object, { frameId, atUs }, options.minDetections),
      );
      const begun = begin(frameId, atUs, unmatchedHigh);
      followed = [...continued, ...unmatched.map((one) => ({ ...one, seenInLastFrame: false })), ...begun];
      const wasConfirmed = new Set(matched.flatMap(([one]) => (one.confirmed ? [one.track.id] : [])));
      const told = [...continued, ...begun].filter(({ confirmed }) => confirmed);
      return [
        ...ended,
        ...told.map(({ track }): TrackEvent => ({
          kind: wasConfirmed.has(track.id) ? 'updated' : 'started',
          track,
        })),
      ];
    },
    endSilent: (nowUs) => drop(({ track }) => nowUs - track.lastUs > endAfterUs),
    endAll: () => drop(() => true),
    resume(track) {
      followed.push({
        track,
        motion: beginBox(track.lastBox),
        group: groupOf(track.className),
        scoreOfClass: new Map([[track.className, track.bestScore * track.detections]]),
        confirmed: true,
        seenInLastFrame: true,
      });
      newestUs = Math.max(newestUs, track.lastUs);
    },
    absorb(id, part) {
      const at = followed.findIndex(({ track }) => track.id === id);
      const one = followed[at];
      if (!one) return false;
      followed[at] = { ...one, track: joinTracks(one.track, part) };
      return true;
    },
    get nowUs() {
      return newestUs;
    },
  };
}

interface Cascade {
  readonly matched: readonly (readonly [Followed, TrackedObject])[];
  readonly unmatched: readonly Followed[];
  readonly unmatchedHigh: readonly TrackedObject[];
}

/** The three associations of ByteTrack. */
function cascade(
  all: readonly Followed[],
  high: readonly TrackedObject[],
  low: readonly TrackedObject[],
  atUs: number,
  groupOf: (className: string) => string,
): Cascade {
  const sought = (one: Followed): Sought => {
    const seconds = (atUs - one.track.lastUs) / 1e6;
    const reach = Math.min(maxReach, reachPerSecond * seconds);
    return { box: boxOf(predictBox(one.motion, seconds)), group: one.group, reach };
  };
  const seen = ({ box, className, score }: TrackedObject): Seen => ({
    box,
    group: groupOf(className),
    score,
  });
  const round = (ones: readonly Followed[], objects: readonly TrackedObject[], overlap: number) => {
    const found = associate(ones.map(sought), objects.map(seen), overlap);
    return {
      matched: pick(found, ones, objects),
      ones: itemsAt(ones, found.unmatchedSought),
      objects: itemsAt(objects, found.unmatchedSeen),
    };
  };
  const confirmed = all.filter((one) => one.confirmed);
  const tentative = all.filter((one) => !one.confirmed);
  const first = round(confirmed, high, minOverlap.high);
  const lost = first.ones.filter((one) => !one.seenInLastFrame);
  const second = round(
    first.ones.filter((one) => one.seenInLastFrame),
    low,
    minOverlap.low,
  );
  const third = round(tentative, first.objects, minOverlap.tentative);
  return {
    matched: [...first.matched, ...second.matched, ...third.matched],
    unmatched: [...lost, ...second.ones, ...third.ones],
    unmatchedHigh: third.objects,
  };
}

function seenAgain(
  one: Followed,
  object: TrackedObject,
  { frameId, atUs }: { readonly frameId: string; readonly atUs: number },
  minDetections: number,
): Followed {
  const { className, score } = object;
  const scoreOfClass = new Map(one.scoreOfClass);
  scoreOfClass.set(className, (scoreOfClass.get(className) ?? 0) + score);
  const joined = joinTracks(one.track, beginTrack(one.track.id, frameId, atUs, object));
  const track = { ...joined, className: heaviest(scoreOfClass) };
  const predicted = predictBox(one.motion, (atUs - one.track.lastUs) / 1e6);
  return {
    ...one,
    track,
    scoreOfClass,
    motion: correctBox(predicted, object.box),
    confirmed: one.confirmed || track.detections >= minDetections,
    seenInLastFrame: true,
  };
}

function heaviest(scores: ReadonlyMap<string, number>): string {
  return [...scores].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function pick<A, B>({ pairs }: Association, as: readonly A[], bs: readonly B[]): [A, B][] {
  return pairs.flatMap(([i, j]): [A, B][] => {
    const [a, b] = [as[i], bs[j]];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
}

function itemsAt<T>(items: readonly T[], indexes: readonly number[]): T[] {
  return indexes.flatMap((index) => items[index] ?? []);
}
