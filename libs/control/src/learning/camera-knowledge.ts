import type { Rung } from '../action.ts';
import type { Awaiting, CameraState } from '../controller-state.ts';
import type { ProfilePoint } from '../profile/profile.ts';
import type { CameraObservation } from '../observation/observation.ts';
import { recentSwitches } from '../loops/switching.ts';

/** Telemetry that is older says nothing of the present. */
const silentMs = 3000;
/** A camera's share of motion is learnt over minutes, so that a quiet moment promises nothing. */
const activitySmoothing = 0.01;
const firstWeight = 5;
/** More frames than the rate allows for so long are no queue that empties. */
const excessSeconds = 3;

export function unknownCamera(site: string, rung: Rung, atUs: number): CameraState {
  return {
    site,
    rung,
    version: -1,
    awaiting: null,
    switchesUs: [],
    activity: 0.5,
    activityNow: 0.5,
    heardSeconds: 0,
    bytesFactor: 1,
    stuck: [],
    tooManySeconds: 0,
    isSilent: false,
    seenAtUs: atUs,
    silentSinceUs: null,
  };
}

/**
 * What one second taught of a camera. Samples under an older configuration than the one asked for teach nothing but
 * that the change is not in force yet.
 *
 * @param profile what the camera's profile has of its rung: bytes of a frame, and the share that a deafer gate sends
 */
export function observeCamera(
  camera: CameraState,
  seen: CameraObservation,
  profile: Pick<ProfilePoint, 'bytesPerFrame' | 'sentShare'>,
  atUs: number,
): CameraState {
  const isSilent = !(seen.telemetryAgeMs <= silentMs) || seen.state === 'offline';
  const version = Number.isFinite(seen.configVersion) ? seen.configVersion : camera.version;
  const isInForce = camera.awaiting !== null && version > camera.awaiting.version;
  const heard = {
    ...camera,
    version,
    isSilent,
    seenAtUs: atUs,
    silentSinceUs: isSilent ? (camera.silentSinceUs ?? atUs) : null,
    switchesUs: recentSwitches(camera.switchesUs, atUs),
    stuck: camera.stuck.length > 0 ? camera.stuck.filter(({ untilUs }) => untilUs > atUs) : camera.stuck,
    awaiting: isInForce ? null : waitingOn(camera, isSilent, atUs),
    tooManySeconds: isTooMany(camera, seen) ? camera.tooManySeconds + 1 : 0,
  };
  // The second in which a change came into force is half the old setting's.
  if (isSilent || camera.awaiting !== null) return heard;
  return {
    ...heard,
    ...activityOf(heard, seen, profile.sentShare ?? 1),
    bytesFactor: bytesFactorOf(heard, seen, profile.bytesPerFrame),
  };
}

/** Silence says nothing of obedience: the time to obey begins anew after it. */
function waitingOn({ awaiting }: CameraState, isSilent: boolean, atUs: number): Awaiting | null {
  return awaiting && isSilent ? { ...awaiting, sinceUs: atUs } : awaiting;
}

/** More frames than its rate allows, and not because a queue of older ones empties. */
function isTooMany(
  { rung, awaiting }: CameraState,
  { published, latenciesMs, objectiveMs }: CameraObservation,
): boolean {
  const isFresh = latenciesMs.every((ms) => ms < objectiveMs);
  return awaiting === null && isFresh && published > rung.framesPerSecond * 1.5 + 2;
}

function activityOf(
  camera: CameraState,
  seen: CameraObservation,
  sentShare: number,
): Pick<CameraState, 'activity' | 'activityNow' | 'heardSeconds'> {
  const possible = Math.min(camera.rung.framesPerSecond, seen.captured);
  if (Number.isNaN(possible)) return camera;
  const sent = positive(seen.published) + positive(seen.discarded);
  const weight = Math.max(activitySmoothing, 1 / (camera.heardSeconds + firstWeight));
  // What a deaf gate holds back is motion, too.
  const activityNow = possible > 0 ? Math.min(1, sent / possible / sentShare) : 0;
  return {
    activityNow,
    activity: camera.activity + weight * (activityNow - camera.activity),
    heardSeconds: camera.heardSeconds + 1,
  };
}

/** Larger frames count at once, smaller ones slowly. */
function bytesFactorOf(camera: CameraState, seen: CameraObservation, profileBytes: number): number {
  if (!(seen.published >= 1) || !(seen.publishedBytes > 0) || !(profileBytes > 0)) return camera.bytesFactor;
  const allowed = 1.2 * camera.rung.framesPerSecond + 1;
  // A queue that empties brings frames of older settings: they say nothing of this one.
  if (seen.published > allowed && camera.tooManySeconds < excessSeconds) return camera.bytesFactor;
  // A camera that sends more frames than it may costs as much as if its frames were larger.
  const frames = Math.min(seen.published, allowed);
  const factor = Math.min(20, Math.max(0.05, seen.publishedBytes / frames / profileBytes));
  return camera.bytesFactor + (factor > camera.bytesFactor ? 0.5 : 0.15) * (factor - camera.bytesFactor);
}

/** NaN, negative and absent numbers are no measurement. */
function positive(value: number): number {
  return value > 0 && Number.isFinite(value) ? value : 0;
}
