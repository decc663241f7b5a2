import type { Rung } from '../action.ts';
import type { Catalogue } from '../profile/catalogue.ts';
import { observeCamera, unknownCamera } from './camera-knowledge.ts';
import { observeCompute } from '../capacity/compute-capacity.ts';
import type { CameraState, CloudState, ControllerState } from '../controller-state.ts';
import { observeFeedback, untrimmed } from './feedback.ts';
import type { ControllerOptions } from '../controller.ts';
import type { CameraObservation, Observation } from '../observation/observation.ts';
import { learnSites, queueIntervalMs, queueTargetShare } from './learn-sites.ts';
import { restingReplicas } from '../loops/replica-loop.ts';
import { restingService } from '../loops/service-loop.ts';
import { rungOf } from '../profile/settings.ts';
import type { SiteHealth } from './site-health.ts';
import { isLate, siteHealth } from './site-health.ts';
import { createStatusInference, inferStatus } from '../status/infer-status.ts';
import type { Declaration } from '../declaration/declaration.ts';
import { emptyQueue, isStanding, observeQueue } from '../capacity/standing-queue.ts';
import { isBlamed } from '../status/blamed.ts';
import type { Status } from '../status/status.ts';
import { emptyRecord } from '../record.ts';

/** What one observation says, and the state that knows it. */
export interface Learnt {
  readonly state: ControllerState;
  readonly health: ReadonlyMap<string, SiteHealth>;
  readonly status: Status;
  readonly objectiveMs: number;
}

interface Setup {
  readonly declaration: Declaration;
  readonly catalogue: Catalogue;
  readonly options: ControllerOptions;
}

/** A camera that was not heard of for so long is forgotten. */
const forgetSeconds = 60;

export function unknownController(): ControllerState {
  return {
    cameras: {},
    sites: {},
    compute: {},
    cloud: { queue: emptyQueue, feedback: untrimmed },
    service: restingService,
    replicas: restingReplicas,
    decisions: 0,
    inference: null,
  };
}

export function learn(before: ControllerState, observation: Observation, setup: Setup): Learnt {
  const { atUs } = observation;
  const seen = uniqueCameras(observation.cameras);
  const cameras = learnCameras(before, seen, setup, atUs);
  const objectiveOf = (camera: CameraObservation): number =>
    setup.catalogue.promises(camera.cameraId).latency?.objective ?? camera.objectiveMs;
  const bySite = Map.groupBy(seen, ({ site }) => site);
  const health = new Map(
    [...bySite].map(([site, own]) => [
      site,
      siteHealth(site, own, before.sites[site]?.latenciesMs ?? [], objectiveOf),
    ]),
  );
  const objectiveMs = Math.min(...[...health.values()].map((one) => one.objectiveMs), 60_000);
  const { state: inference, status } = inferStatus(
    before.inference ?? createStatusInference(setup.declaration),
    observation,
  );
  const compute = observeCompute(before.compute, observation.inference);
  const state = { ...before, cameras, compute, inference };
  const sites = learnSites(state, observation, health, status, setup.catalogue);
  const cloud = learnCloud(state, observation, health, status, objectiveMs);
  return { state: { ...state, sites, cloud }, health, status, objectiveMs };
}

/** The last word counts when a camera is told of twice. */
function uniqueCameras(cameras: readonly CameraObservation[]): CameraObservation[] {
  const byId = new Map(cameras.map((camera) => [camera.cameraId, camera]));
  return byId.size === cameras.length ? [...cameras] : [...byId.values()];
}

function learnCameras(
  before: ControllerState,
  seen: readonly CameraObservation[],
  { catalogue, options }: Setup,
  atUs: number,
): Record<string, CameraState> {
  const cameras = emptyRecord<CameraState>();
  for (const [cameraId, camera] of Object.entries(before.cameras))
    if (atUs - camera.seenAtUs < forgetSeconds * 1e6) cameras[cameraId] = camera;
  for (const one of seen) {
    if (one.state === 'ended') {
      delete cameras[one.cameraId];
      continue;
    }
    const camera =
      cameras[one.cameraId] ??
      unknownCamera(
        one.site,
        options.initialRung?.(one.cameraId) ?? topRung(catalogue, one.cameraId, options),
        atUs,
      );
    cameras[one.cameraId] = observeCamera(camera, one, catalogue.settingAt(one.cameraId, camera.rung), atUs);
  }
  return cameras;
}

function topRung(
  catalogue: Catalogue,
  cameraId: string,
  { motionSensitivity = 50 }: ControllerOptions,
): Rung {
  return rungOf(catalogue.top(cameraId), motionSensitivity);
}

function learnCloud(
  state: ControllerState,
  { atUs, inference }: Observation,
  health: ReadonlyMap<string, SiteHealth>,
  status: Status,
  objectiveMs: number,
): CloudState {
  const { cloud } = state;
  const heads = inference.map(({ headAgeMs }) => headAgeMs).filter((ms) => ms >= 0);
  const queue = observeQueue(cloud.queue, Math.max(0, ...heads), queueTargetShare * objectiveMs, atUs);
  const late = [...health.values()].some(isLate) && isBlamed(status, ['inference-compute', 'mailbox'], '');
  const isSettled = Object.values(state.cameras).every(({ awaiting }) => awaiting === null);
  const feedback = observeFeedback(cloud.feedback, {
    atUs,
    isLate: late,
    isCalm: !late && !isStanding(queue, 2 * queueIntervalMs, atUs),
    isSettled: isSettled && atUs - cloud.feedback.cutAtUs >= 2e6,
    isAtFloor: false,
  });
  return { queue, feedback };
}
