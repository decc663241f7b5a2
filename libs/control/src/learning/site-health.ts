import { quantileOf } from '../observation/latency-histogram.ts';
import type { CameraObservation } from '../observation/observation.ts';

/** How the results of a site's cameras came in the last two seconds. */
export interface SiteHealth {
  readonly site: string;
  /** 95th percentile of latency over objective; NaN without results. */
  readonly p95OfObjective: number;
  /** Of the frames whose fate became known in this second. */
  readonly lateShare: number;
  readonly objectiveMs: number;
  readonly latencies: readonly number[];
  /** Means over the frames of this second, ms: on the way to the mailbox, and from there. */
  readonly wayMs: number;
  readonly publishMs: number;
  /** Of the camera whose frames were fastest on that way; NaN without any. */
  readonly leastPublishMs: number;
  readonly waitMs: number;
  readonly inferenceMs: number;
  readonly frameBytes: number;
  readonly discarded: number;
}

const lateShareAllowed = 0.05;
const dangerShare = 0.8;
const calmShare = 0.65;

export function isLate({ p95OfObjective, lateShare }: SiteHealth): boolean {
  return p95OfObjective > dangerShare || lateShare > lateShareAllowed;
}

export function isCalm({ p95OfObjective, lateShare }: SiteHealth): boolean {
  return !(p95OfObjective > calmShare) && !(lateShare > lateShareAllowed / 2);
}

/**
 * @param before latencies over objectives of the second before
 * @param objectiveOf the promised latency of a camera, ms
 */
export function siteHealth(
  site: string,
  cameras: readonly CameraObservation[],
  before: readonly number[],
  objectiveOf: (camera: CameraObservation) => number,
): SiteHealth {
  const latencies: number[] = [];
  let leastPublishMs = Number.NaN;
  const sums = { due: 0, onTime: 0, published: 0, bytes: 0, discarded: 0, objective: 0 };
  const stages = { way: createMean(), publish: createMean(), wait: createMean(), inference: createMean() };
  for (const camera of cameras) {
    const objectiveMs = objectiveOf(camera);
    for (const ms of camera.latenciesMs) if (ms >= 0) latencies.push(ms / objectiveMs);
    sums.objective += objectiveMs / cameras.length;
    sums.due += finite(camera.due);
    sums.onTime += finite(camera.onTime);
    sums.published += finite(camera.published);
    sums.bytes += finite(camera.publishedBytes);
    sums.discarded += finite(camera.discarded);
    const { stageMs } = camera;
    if (stageMs.publish > 0 && !(stageMs.publish >= leastPublishMs)) leastPublishMs = stageMs.publish;
    const weight = Math.max(1, camera.latenciesMs.length);
    stages.way.add(stageMs.publish + stageMs.transport, weight);
    stages.publish.add(stageMs.publish, Math.max(1, finite(camera.published)));
    stages.wait.add(stageMs.wait, weight);
    stages.inference.add(stageMs.inference, weight);
  }
  return {
    site,
    p95OfObjective: quantileOf(before.concat(latencies), 0.95),
    lateShare: sums.due > 0 ? 1 - sums.onTime / sums.due : 0,
    objectiveMs: sums.objective,
    latencies,
    wayMs: stages.way.value(),
    publishMs: stages.publish.value(),
    leastPublishMs,
    waitMs: stages.wait.value(),
    inferenceMs: stages.inference.value(),
    frameBytes: sums.published > 0 ? sums.bytes / sums.published : 0,
    discarded: sums.discarded,
  };
}

function finite(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}

/** Leaves out what was not measured; 0 when nothing was. */
function createMean() {
  let sum = 0;
  let count = 0;
  return {
    add(value: number, weight: number): void {
      if (!(value >= 0)) return;
      sum += value * weight;
      count += weight;
    },
    value: (): number => (count > 0 ? sum / count : 0),
  };
}
