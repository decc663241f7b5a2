import type { Slo } from '../declaration/declaration.ts';
import type { CameraObservation } from '../observation/observation.ts';

/** What one camera's second says of an SLI: samples that meet the objective, samples that don't, and their values. */
export interface SliSamples {
  readonly good: number;
  readonly bad: number;
  readonly values: readonly number[];
}

/** What is carried from one second to the next; NaN before the first. */
export interface SliMemory {
  /** Age of the newest result, ms. */
  readonly resultAgeMs: number;
  /** Frames a second that the camera captures while it is well. */
  readonly usualRate: number;
}

/** Cameras that were not heard of for so long are silent. */
export const silentAfterMs = 3000;

const none: SliSamples = { good: 0, bad: 0, values: [] };

/**
 * The samples of one camera and second. Latency counts frames as they were due (exact meanings: `slo-account.ts`);
 * the others judge the second as one sample, and frame rate and freshness only while frames were due, since a still
 * scene sends none. `goodput` gives its on-time results as a value, for the sum over its scope.
 */
export function samplesOf({ sli, objective }: Slo, camera: CameraObservation, memory: SliMemory): SliSamples {
  const due = countOf(camera.due);
  switch (sli) {
    case 'latency':
      return latencySamples(camera, objective);
    case 'frame-rate':
      return due === 0 ? none : second(countOf(camera.onTime) >= Math.min(objective, due), camera.onTime);
    case 'freshness':
      return due === 0 || !(memory.resultAgeMs >= 0)
        ? none
        : second(memory.resultAgeMs <= objective, memory.resultAgeMs);
    case 'goodput':
      return { good: 0, bad: 0, values: [countOf(camera.onTime)] };
    case 'accuracy':
      return camera.accuracy === undefined || !(camera.accuracy >= 0)
        ? none
        : second(camera.accuracy >= objective, camera.accuracy);
    case 'availability':
      return availability(camera, objective, memory);
  }
}

export function remember(memory: SliMemory | undefined, camera: CameraObservation): SliMemory {
  return {
    resultAgeMs: resultAge(memory?.resultAgeMs ?? Number.NaN, camera),
    usualRate: usualRate(memory?.usualRate ?? Number.NaN, camera.captured),
  };
}

function resultAge(before: number, { latenciesMs, due }: CameraObservation): number {
  const newest = latenciesMs.reduce((least, ms) => (ms < least ? ms : least), Infinity);
  if (newest < Infinity) return Math.max(0, newest);
  // Without frames nothing gets older that anybody waits for.
  return before + (countOf(due) > 0 ? 1000 : 0);
}

/** Follows a camera that is well within a minute, and a slower one within five, so that a fault is none the less seen. */
function usualRate(before: number, captured: number): number {
  if (!(captured > 0 && captured < Infinity)) return before;
  if (Number.isNaN(before)) return captured;
  return before + (isSlow(captured, before) ? 0.005 : 0.05) * (captured - before);
}

/** Counts of a camera of less than two frames a second swing by as much as they are. */
function isSlow(captured: number, usual: number): boolean {
  return usual >= 2 && captured < usual / 2;
}

/**
 * Frames were counted against the camera's objective; a superseded one that was on time there counts here, too. What
 * made way at the edge is late unless something newer was on time.
 */
function latencySamples(camera: CameraObservation, objective: number): SliSamples {
  const values = finiteOf(camera.latenciesMs);
  const madeWay = camera.onTime > 0 ? 0 : countOf(camera.discarded);
  const due = Math.max(countOf(camera.due), values.length) + madeWay;
  const within = (limit: number): number => values.reduce((count, ms) => count + (ms <= limit ? 1 : 0), 0);
  const standIns = Math.max(0, countOf(camera.onTime) - within(camera.objectiveMs));
  const good = Math.min(due, within(objective) + standIns);
  return { good, bad: due - good, values };
}

/** The list itself where all of it counts, as nearly always. */
function finiteOf(values: readonly number[]): readonly number[] {
  return values.every(Number.isFinite) ? values : values.filter(Number.isFinite);
}

/** A camera delivers when it captures at least half of the usual, or is not seen to but frames of it came through. */
function availability(
  camera: CameraObservation,
  objective: number,
  { usualRate: usual }: SliMemory,
): SliSamples {
  if (camera.state === 'ended') return none;
  if (isSlow(camera.captured, usual)) return second(0 >= objective, 0);
  if (camera.captured > 0 || camera.due > 0 || camera.latenciesMs.length > 0) return second(true, 1);
  const isSilent = camera.telemetryAgeMs > silentAfterMs;
  return isSilent || camera.state === 'offline' ? second(0 >= objective, 0) : none;
}

function second(isGood: boolean, value: number): SliSamples {
  return { good: isGood ? 1 : 0, bad: isGood ? 0 : 1, values: [value] };
}

/** A count as it may be told: NaN and negative ones count as nothing. */
function countOf(value: number): number {
  return value > 0 && Number.isFinite(value) ? value : 0;
}
