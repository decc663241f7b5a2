import type { RateProfile } from './rate-profile.ts';

/** A frame that is due, whatever became of those before it. */
export interface Arrival {
  /** From the beginning of the run. */
  readonly dueUs: number;
  readonly camera: number;
  /** Counts from 1 for each camera. */
  readonly seq: number;
  /** Whether the camera sees motion. */
  readonly moves: boolean;
}

export interface ArrivalOptions {
  readonly cameras: number;
  /** Of each camera, at the nominal rate. */
  readonly framesPerSecond: number;
  readonly seconds: number;
  readonly profile: RateProfile;
  /** `even`: a frame each interval, cameras in phases of their own. `poisson`: independent arrivals. */
  readonly spacing: 'even' | 'poisson';
  /** Share of the time in which a camera sees motion, 0..1. */
  readonly motionShare: number;
  /** What comes without motion: nothing, as a site sends it, or frames all the same, as a camera does. */
  readonly whileStill?: 'nothing' | 'frames';
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** How long a camera sees motion at a time, on average. */
const meanMotionSeconds = 10;

/** The arrivals of all cameras in the order of their times: known before anything is sent, so no reply delays them. */
export function* arrivalsOf(options: ArrivalOptions): Generator<Arrival> {
  const cameras = Array.from({ length: options.cameras }, (_, camera) => cameraArrivals(camera, options));
  const heap: Pending[] = [];
  for (const source of cameras) pushNext(heap, source);
  for (let first = heap[0]; first; first = heap[0]) {
    yield first.arrival;
    popFirst(heap);
    pushNext(heap, first.source);
  }
}

/** One camera's: thinning of a process at the profile's highest rate (Lewis, Shedler 1979), so any profile is met. */
function* cameraArrivals(camera: number, options: ArrivalOptions): Generator<Arrival> {
  const { framesPerSecond, seconds, profile, spacing, motionShare, random } = options;
  const { whileStill = 'nothing' } = options;
  const interval = 1 / (framesPerSecond * profile.highest);
  const moves = motion(motionShare, random);
  const keeps = thinning(spacing, profile.highest, random);
  let at = spacing === 'even' ? (interval * (camera + 0.5)) / options.cameras : exponential(interval, random);
  for (let seq = 1; at < seconds;) {
    // Asked in any case: what a camera sees does not depend on the profile.
    const isMoving = moves(at);
    if (keeps(profile.at(at)) && (isMoving || whileStill === 'frames')) {
      yield { dueUs: Math.round(at * 1e6), camera, seq, moves: isMoving };
      seq += 1;
    }
    at += spacing === 'even' ? interval : exponential(interval, random);
  }
}

/** Even frames are thinned evenly, as a rate sampler does, others by chance. */
function thinning(spacing: ArrivalOptions['spacing'], highest: number, random: () => number) {
  let credit = 1;
  return (rate: number): boolean => {
    if (spacing === 'poisson') return random() * highest < rate;
    credit += rate / highest;
    if (credit < 1) return false;
    credit -= 1;
    return true;
  };
}

/** On and off in turns, both exponential. */
function motion(share: number, random: () => number): (seconds: number) => boolean {
  if (share >= 1) return () => true;
  if (share <= 0) return () => false;
  const means = { on: meanMotionSeconds, off: (meanMotionSeconds * (1 - share)) / share };
  let isOn = random() < share;
  let until = exponential(isOn ? means.on : means.off, random);
  return (seconds) => {
    while (seconds >= until) {
      isOn = !isOn;
      until += exponential(isOn ? means.on : means.off, random);
    }
    return isOn;
  };
}

function exponential(mean: number, random: () => number): number {
  return -mean * Math.log(1 - random());
}

interface Pending {
  readonly arrival: Arrival;
  readonly source: Generator<Arrival>;
}

function pushNext(heap: Pending[], source: Generator<Arrival>): void {
  const next = source.next();
  if (next.done) return;
  let at = heap.push({ arrival: next.value, source }) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(heap, at, parent)) break;
    swap(heap, at, parent);
    at = parent;
  }
}

function popFirst(heap: Pending[]): void {
  swap(heap, 0, heap.length - 1);
  heap.pop();
  for (let at = 0; ;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2])
      if (child < heap.length && isBefore(heap, child, least)) least = child;
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function isBefore(heap: readonly Pending[], a: number, b: number): boolean {
  return (heap[a]?.arrival.dueUs ?? Infinity) < (heap[b]?.arrival.dueUs ?? Infinity);
}

function swap(heap: Pending[], a: number, b: number): void {
  const [one, other] = [heap[a], heap[b]];
  if (!one || !other) return;
  heap[a] = other;
  heap[b] = one;
}
