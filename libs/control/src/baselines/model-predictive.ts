import { harmonicMean } from '../capacity/harmonic-mean.ts';
import { bytesPerSecond, servicePerSecond } from '../profile/pareto-front.ts';
import type { ProfilePoint } from '../profile/profile.ts';
import type { CameraRule, CameraView } from './per-camera.ts';

interface Own {
  /** Bytes/s and frames' service, of the last seconds. */
  readonly throughputs: readonly number[];
  readonly serviceMs: number;
  readonly workers: number;
  /** Largest relative error of the last predictions (RobustMPC). */
  readonly errors: readonly number[];
  readonly accuracy: number;
  readonly framesPerSecond: number;
  /** Share of frames with motion, averaged: cameras don't all move at once. */
  readonly activity: number;
}

export interface MpcOptions {
  readonly horizonSeconds: number;
  /** Utility lost for each second that is late, and for each unit of accuracy that changes. */
  readonly latePenalty: number;
  readonly switchPenalty: number;
  /** Share of the predicted capacity that is planned with. */
  readonly caution: number;
}

const kept = 5;

/**
 * Model predictive control over 5 s (RobustMPC, Yin, Jindal, Sekar, Sinopoli, SIGCOMM 2015, which Pensieve is judged
 * against; its utility as Chameleon's accuracy under a resource budget, SIGCOMM 2018). Throughput is predicted by the
 * harmonic mean of the last 5 s over one plus the largest recent error; each setting of the profile is played over the
 * horizon against a queue, and the one with the best accuracy less penalties is taken.
 */
export function modelPredictive(options: MpcOptions): CameraRule<Own> {
  return {
    name: 'mpc-5s',
    init: () => ({
      throughputs: [],
      serviceMs: 0,
      workers: 0,
      errors: [],
      accuracy: 1,
      framesPerSecond: 10,
      activity: 0.6,
    }),
    next(own, view) {
      const learnt = learn(own, view);
      let best: { readonly setting: ProfilePoint; readonly value: number } | undefined;
      for (const setting of view.settings) {
        const value = valueOf(setting, learnt, view, options);
        if (!best || value > best.value) best = { setting, value };
      }
      if (!best) throw new RangeError('a camera has no setting, expected at least one');
      return {
        own: { ...learnt, accuracy: best.setting.accuracy, framesPerSecond: best.setting.framesPerSecond },
        setting: best.setting,
      };
    },
  };
}

function learn(own: Own, { camera, site, observation }: CameraView): Own {
  const pool = observation.inference.filter(({ serviceMs }) => serviceMs > 0);
  const workers = observation.inference.reduce((sum, one) => sum + one.workers, 0);
  const served = pool.reduce((sum, one) => sum + one.serviceMs / Math.max(1, one.batch), 0) / pool.length;
  const next = {
    ...own,
    workers,
    serviceMs: pool.length > 0 ? served : own.serviceMs,
    activity: activityOf(own, camera),
  };
  const sample = throughputOf(camera, site);
  if (sample === undefined) return next;
  const predicted = harmonicMean(own.throughputs);
  const error = Number.isNaN(predicted) ? 0 : Math.abs(predicted - sample) / sample;
  return {
    ...next,
    throughputs: [...own.throughputs, sample].slice(-kept),
    errors: [...own.errors, error].slice(-kept),
  };
}

function activityOf(
  { activity, framesPerSecond }: Own,
  { published, captured }: CameraView['camera'],
): number {
  const possible = Math.min(framesPerSecond, captured);
  return published >= 0 && possible > 0
    ? activity + 0.02 * (Math.min(1, published / possible) - activity)
    : activity;
}

/** A busy link shows its rate; an idle one shows how fast single frames pass (a chunk's download, in MPC's words). */
function throughputOf(camera: CameraView['camera'], site: CameraView['site']): number | undefined {
  if (!site || !(site.uplinkBytesPerSecond > 0)) return undefined;
  if (site.uplinkQueueBytes > 0.1 * site.uplinkBytesPerSecond) return site.uplinkBytesPerSecond;
  const ms = camera.stageMs.publish - (site.brokerRoundTripMs > 0 ? site.brokerRoundTripMs : 0);
  const bytes = camera.published > 0 ? camera.publishedBytes / camera.published : Number.NaN;
  return bytes > 0 && ms > 0.1 ? Math.max(site.uplinkBytesPerSecond, (bytes / ms) * 1000) : undefined;
}

function valueOf(setting: ProfilePoint, own: Own, view: CameraView, options: MpcOptions): number {
  const { camera, site, camerasAtSite, cameras } = view;
  const robust =
    own.throughputs.length > 0 ? harmonicMean(own.throughputs) / (1 + Math.max(0, ...own.errors)) : Infinity;
  const bytesEach = (options.caution * robust) / Math.max(1, camerasAtSite * own.activity);
  const factor = own.serviceMs > 0 && setting.serviceMs > 0 ? own.serviceMs / setting.serviceMs : 1;
  const load =
    own.workers > 0
      ? (servicePerSecond(setting) * factor * Math.max(1, cameras * own.activity)) /
        (own.workers * 1000 * options.caution)
      : 0;
  let queue = site && site.uplinkQueueBytes > 0 ? site.uplinkQueueBytes / camerasAtSite : 0;
  let value = -options.switchPenalty * Math.abs(setting.accuracy - own.accuracy);
  for (let second = 0; second < options.horizonSeconds; second += 1) {
    queue = Math.max(0, queue + bytesPerSecond(setting) - bytesEach);
    const transferMs = ((queue + setting.bytesPerFrame) / bytesEach) * (1000 / camerasAtSite);
    const waitMs = queue > 0 ? (queue / bytesEach) * 1000 : 0;
    const computeMs = own.serviceMs * (1 + load);
    const lateness = (transferMs + waitMs + computeMs) / camera.objectiveMs;
    const lateShare = Math.max(0, load - 1);
    value +=
      setting.accuracy * (1 - Math.min(1, lateShare)) -
      options.latePenalty * (Math.max(0, lateness - 0.8) + lateShare);
  }
  return value;
}
