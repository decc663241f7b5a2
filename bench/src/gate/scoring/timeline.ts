import type { Box } from './mark.ts';

/** What a scene's truth says about one object in one frame. */
export interface TruthObject {
  readonly id: number;
  readonly box: Box;
  /** Share inside the frame and unhidden, 0..1. */
  readonly visible: number;
  /** False while it stands still. */
  readonly moving?: boolean | undefined;
  /** Brightness against the ground behind it, levels; known for probes. */
  readonly contrastLevels?: number | undefined;
}

/** One object's way through the picture: what a gate must see. */
export interface Passage {
  /** From here it is in view by at least `leastVisible`; to be seen within 0.5 s of it. */
  readonly fromFrame: number;
  readonly lastFrame: number;
  /** The largest that it becomes, pixels. */
  readonly width: number;
  readonly height: number;
  readonly contrastLevels: number | null;
}

export interface Sighting {
  /** Index of its passage. */
  readonly passage: number;
  readonly box: Box;
}

/** A scene's truth, as gates are judged by it. */
export interface Timeline {
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Frames without any object, now or in the last 0.5 s, after the gates had time to settle. */
  readonly isEmpty: readonly boolean[];
  readonly passages: readonly Passage[];
  /** For each frame the objects that belong to a passage. */
  readonly sightings: readonly (readonly Sighting[])[];
}

/** Nothing before counts, for no gate. */
export const settleSeconds = 3;
/** An event is seen in time within this; a frame is empty when nothing was there for this long. */
export const graceSeconds = 0.5;
/** Who stands for longer is neither hit nor miss; who then moves on is a passage anew. */
const standingSeconds = 2;
const leastVisible = 0.6;

interface Track {
  seen: { readonly frame: number; readonly object: TruthObject }[];
  lastFrame: number;
  stillFrames: number;
}

export function timelineOf(
  truth: (frame: number) => readonly TruthObject[],
  frames: number,
  framesPerSecond: number,
): Timeline {
  const tracks: Track[] = [];
  const open = new Map<number, Track>();
  const isEmpty: boolean[] = [];
  let lastOccupied = Number.NEGATIVE_INFINITY;
  for (let frame = 0; frame < frames; frame++) {
    const objects = truth(frame);
    if (objects.length > 0) lastOccupied = frame;
    isEmpty.push(
      frame >= settleSeconds * framesPerSecond && frame - lastOccupied > graceSeconds * framesPerSecond,
    );
    for (const object of objects) follow(object, frame);
  }

  function follow(object: TruthObject, frame: number): void {
    let track = open.get(object.id);
    const still = object.moving === false ? (track?.stillFrames ?? 0) + 1 : 0;
    const stood = track !== undefined && track.stillFrames > standingSeconds * framesPerSecond;
    const wasAway = track !== undefined && frame - track.lastFrame > standingSeconds * framesPerSecond;
    if (track === undefined || wasAway || (stood && still === 0)) {
      track = { seen: [], lastFrame: frame, stillFrames: 0 };
      tracks.push(track);
      open.set(object.id, track);
    }
    track.stillFrames = still;
    track.lastFrame = frame;
    if (still <= standingSeconds * framesPerSecond) track.seen.push({ frame, object });
  }

  return { frames, framesPerSecond, isEmpty, ...passagesOf(tracks, frames, framesPerSecond) };
}

function passagesOf(tracks: readonly Track[], frames: number, framesPerSecond: number) {
  const passages: Passage[] = [];
  const sightings: Sighting[][] = Array.from({ length: frames }, () => []);
  for (const { seen } of tracks) {
    const inView = seen.filter(({ object }) => object.visible >= leastVisible);
    const [first] = inView;
    const last = inView.at(-1);
    // Too short to be seen in time, or there before the gates had settled.
    if (!first || !last || inView.length < graceSeconds * framesPerSecond) continue;
    if ((seen[0]?.frame ?? 0) < settleSeconds * framesPerSecond) continue;
    for (const { frame, object } of seen)
      sightings[frame]?.push({ passage: passages.length, box: object.box });
    passages.push({
      fromFrame: first.frame,
      lastFrame: seen.at(-1)?.frame ?? last.frame,
      width: Math.max(...inView.map(({ object }) => object.box[2])),
      height: Math.max(...inView.map(({ object }) => object.box[3])),
      contrastLevels: first.object.contrastLevels ?? null,
    });
  }
  return { passages, sightings };
}
