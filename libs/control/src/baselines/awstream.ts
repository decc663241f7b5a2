import { bytesPerSecond } from '../profile/pareto-front.ts';
import type { ProfilePoint } from '../profile/profile.ts';
import type { CameraRule, CameraView } from './per-camera.ts';

interface Own {
  readonly state: 'steady' | 'degrade' | 'probe';
  /** Index in the profile by bandwidth. */
  readonly level: number;
  readonly seconds: number;
  /** Seconds without congestion before the next probe; doubles when a probe fails. */
  readonly patience: number;
}

export interface AwstreamOptions {
  /** Share of the measured throughput that the degraded rate takes. */
  readonly backOff: number;
  readonly probeSeconds: number;
  readonly patienceSeconds: number;
  /** What waits, in seconds of the throughput, from which on it is congestion. */
  readonly queueSeconds: number;
}

/**
 * AWStream (Zhang, Jin, Ratnasamy, Wawrzynek, Lee, SIGCOMM 2018): an offline Pareto profile by bandwidth, and a state
 * machine over congestion and an empty queue. Congestion degrades at once to the level whose bandwidth fits in a share
 * of what was received; an empty queue for a while probes one level up, and keeps it when no congestion follows.
 * What an application at the receiver can't keep up with counts as congestion, too. Cameras of a site share its
 * throughput equally.
 */
export function awstream(options: AwstreamOptions): CameraRule<Own> {
  return {
    name: 'awstream',
    init: (settings) => ({
      state: 'steady',
      level: byBandwidth(settings).length - 1,
      seconds: 0,
      patience: options.patienceSeconds,
    }),
    next(own, view) {
      const levels = byBandwidth(view.settings);
      const next = nextState(own, view, levels, options);
      const setting = levels[next.level] ?? levels[0];
      if (!setting) throw new RangeError('a profile has no level, expected at least one');
      return { own: next, setting };
    },
  };
}

function nextState(
  own: Own,
  view: CameraView,
  levels: readonly ProfilePoint[],
  options: AwstreamOptions,
): Own {
  const seconds = own.seconds + 1;
  if (isCongested(view, options)) {
    // The rate was cut a moment ago: what is late was sent before.
    if (own.state === 'degrade' && seconds < 2) return { ...own, seconds };
    const patience = own.state === 'probe' ? Math.min(30, own.patience * 2) : own.patience;
    const fitting = levels.findLastIndex(
      (level) => bytesPerSecond(level) <= options.backOff * receivedBytesPerSecond(view),
    );
    const level = Math.max(0, Math.min(fitting, own.level - 1));
    return { state: 'degrade', level, seconds: 0, patience };
  }
  if (own.state === 'probe' && seconds >= options.probeSeconds)
    return { state: 'steady', level: own.level, seconds: 0, patience: options.patienceSeconds };
  const isPatient = own.state !== 'probe' && seconds >= own.patience && own.level < levels.length - 1;
  if (isPatient) return { ...own, state: 'probe', level: own.level + 1, seconds: 0 };
  return { ...own, state: own.state === 'degrade' && seconds >= 2 ? 'steady' : own.state, seconds };
}

function isCongested({ site, lateness }: CameraView, { queueSeconds }: AwstreamOptions): boolean {
  const waits = site ? site.uplinkQueueBytes > queueSeconds * Math.max(1, site.uplinkBytesPerSecond) : false;
  return waits || lateness > 1;
}

/** This camera's share of what its site brought through, or what became results of it when that is less. */
function receivedBytesPerSecond({ camera, site, camerasAtSite, settings }: CameraView): number {
  const share = (site && site.uplinkBytesPerSecond > 0 ? site.uplinkBytesPerSecond : 0) / camerasAtSite;
  const bytesEach =
    camera.published > 0 ? camera.publishedBytes / camera.published : (settings[0]?.bytesPerFrame ?? 0);
  const analysed = camera.latenciesMs.length * bytesEach;
  return camera.due > 0 && analysed < share ? Math.max(analysed, share / 4) : share;
}

/** The profile by bandwidth alone, as AWStream knows no other cost. */
function byBandwidth(settings: readonly ProfilePoint[]): ProfilePoint[] {
  const front: ProfilePoint[] = [];
  for (const point of settings.toSorted(
    (a, b) => bytesPerSecond(a) - bytesPerSecond(b) || b.accuracy - a.accuracy,
  ))
    if (point.accuracy > (front.at(-1)?.accuracy ?? -Infinity)) front.push(point);
  return front;
}
