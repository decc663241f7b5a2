import type { Catalogue } from '../profile/catalogue.ts';
import type { ControllerState, SiteState } from '../controller-state.ts';
import { observeFeedback, untrimmed } from './feedback.ts';
import type { Observation, SiteObservation } from '../observation/observation.ts';
import type { SiteHealth } from './site-health.ts';
import { isCalm, isLate } from './site-health.ts';
import { emptyQueue, isStanding, observeQueue } from '../capacity/standing-queue.ts';
import type { Status } from '../status/status.ts';
import { isBlamed } from '../status/blamed.ts';
import { bytesPerSecond } from '../profile/pareto-front.ts';
import { shareAtOnce } from '../capacity/multiplexing.ts';
import { observeUplink, refuseUplink, unknownUplink } from '../capacity/uplink-capacity.ts';
import { emptyRecord } from '../record.ts';

/** CoDel's target as a share of the objective, and its interval. */
export const queueTargetShare = 0.25;
export const queueIntervalMs = 1000;

const steadyUs = 3e6;

export function learnSites(
  state: ControllerState,
  observation: Observation,
  health: ReadonlyMap<string, SiteHealth>,
  status: Status,
  catalogue: Catalogue,
): Record<string, SiteState> {
  const sites = emptyRecord<SiteState>();
  const seen = new Map(observation.sites.map((site) => [site.site, site]));
  const camerasAt = Map.groupBy(Object.entries(state.cameras), ([, { site }]) => site);
  for (const [site, cameras] of camerasAt) {
    const own = health.get(site);
    const before = state.sites[site] ?? unknownSite(observation.atUs);
    if (!own) {
      sites[site] = before;
      continue;
    }
    const settings = cameras.map(([cameraId, { rung }]) => catalogue.settingAt(cameraId, rung));
    const isLimiting = cameras.some(([cameraId], index) => settings[index] !== catalogue.top(cameraId));
    const share = shareAtOnce(
      cameras.map(([, camera]) => camera),
      2,
    );
    const plannedBytesPerSecond = cameras.reduce((sum, [, { bytesFactor }], index) => {
      const setting = settings[index];
      return setting ? sum + share * bytesFactor * bytesPerSecond(setting) : sum;
    }, 0);
    const largestFrameBytes = cameras.reduce(
      (most, [, { bytesFactor }], index) =>
        Math.max(most, bytesFactor * (settings[index]?.bytesPerFrame ?? 0)),
      0,
    );
    sites[site] = learnSite(before, seen.get(site), own, {
      atUs: observation.atUs,
      isBlamed: isBlamed(status, ['uplink', 'broker'], site),
      isLimiting,
      plannedBytesPerSecond,
      largestFrameBytes,
      isSettled: cameras.every(([, { awaiting }]) => awaiting === null),
      isSteady: cameras.every(
        ([, { switchesUs }]) => observation.atUs - (switchesUs.at(-1) ?? -Infinity) > steadyUs,
      ),
    });
  }
  return sites;
}

interface SiteContext {
  readonly atUs: number;
  readonly isBlamed: boolean;
  readonly isLimiting: boolean;
  readonly plannedBytesPerSecond: number;
  readonly largestFrameBytes: number;
  readonly isSettled: boolean;
  readonly isSteady: boolean;
}

function learnSite(
  before: SiteState,
  seen: SiteObservation | undefined,
  health: SiteHealth,
  context: SiteContext,
): SiteState {
  const { atUs } = context;
  const frameBytes = health.frameBytes > 0 ? health.frameBytes : before.frameBytes;
  // A probe that always stands behind a frame looks slow, but no frame is faster than the round trip.
  const trips = [seen?.brokerRoundTripMs ?? Number.NaN, health.leastPublishMs].filter((ms) => ms > 0);
  const roundTripMs = leastRoundTrip(before.roundTripMs, Math.min(...trips));
  const late = isLate(health) && context.isBlamed;
  let uplink = observeUplink(before.uplink, {
    atUs,
    goodputBytesPerSecond: seen?.uplinkBytesPerSecond ?? Number.NaN,
    queueBytes: seen?.uplinkQueueBytes ?? Number.NaN,
    receivedBytesPerSecond: health.latencies.length * frameBytes,
    transferMs: health.publishMs - roundTripMs,
    roundTripMs,
    frameBytes,
    objectiveMs: health.objectiveMs,
    plannedBytesPerSecond: context.plannedBytesPerSecond,
    largestFrameBytes: context.largestFrameBytes,
    isLimiting: context.isLimiting,
    isSteady: context.isSteady,
  });
  if (late) uplink = refuseUplink(uplink, atUs);
  const queue = observeQueue(before.queue, uplink.queueMs, queueTargetShare * health.objectiveMs, atUs);
  const feedback = observeFeedback(before.feedback, {
    atUs,
    isLate: late && !uplink.backlogged,
    isCalm: isCalm(health) && !uplink.backlogged && !isStanding(queue, queueIntervalMs, atUs),
    isSettled: context.isSettled && atUs - before.feedback.cutAtUs >= 2e6,
    isAtFloor: uplink.limit === null,
  });
  return { ...before, uplink, queue, feedback, frameBytes, roundTripMs, latenciesMs: health.latencies };
}

/** The least that was seen (Infinity: nothing was), which forgets by 1 % a second: what is above it is waiting. */
function leastRoundTrip(before: number, roundTripMs: number): number {
  if (roundTripMs === Infinity) return before;
  return before > 0 ? Math.min(roundTripMs, before * 1.01) : roundTripMs;
}

export function unknownSite(atUs: number): SiteState {
  return {
    uplink: unknownUplink(atUs),
    queue: emptyQueue,
    feedback: untrimmed,
    rebalancedAtUs: atUs,
    latenciesMs: [],
    frameBytes: 0,
    roundTripMs: 0,
  };
}
