import type { LeverName } from '../declaration/declaration.ts';
import type { CameraState } from '../controller-state.ts';
import type { CameraObservation } from '../observation/observation.ts';
import { changedLevers } from '../profile/setting-text.ts';

/** A lever that was moved and did nothing. */
export interface Disobedience {
  readonly cameraId: string;
  /** The first is the one that was moved; a configuration that never came into force holds all of them. */
  readonly levers: readonly LeverName[];
  readonly text: string;
}

/** How long a lever that did not obey is left alone. */
const heldForSeconds = 60;
/** On top of the lever's own settle time: the way to the edge and the way back of the telemetry. */
const graceSeconds = 3;
const cameraLevers = ['frame-rate', 'resolution', 'jpeg-quality', 'motion-sensitivity', 'model'] as const;

/**
 * Whether a camera does what it was asked: the configuration's version must come back within the settle time, and
 * then its frames must not come faster than was allowed.
 */
export function disobedienceOf(
  cameraId: string,
  camera: CameraState,
  seenOf: (cameraId: string) => CameraObservation | undefined,
  settleSeconds: (lever: LeverName) => number,
  atUs: number,
): Disobedience | undefined {
  if (camera.isSilent) return undefined;
  const { awaiting } = camera;
  if (awaiting) {
    const lever = changedLevers(awaiting.from, camera.rung)[0] ?? 'frame-rate';
    const limit = settleSeconds(lever) + graceSeconds;
    if (atUs - awaiting.sinceUs < limit * 1e6) return undefined;
    return {
      cameraId,
      levers: [lever, ...cameraLevers],
      text: `its new configuration is not in force after ${limit} s`,
    };
  }
  const allowed = camera.rung.framesPerSecond;
  const isKnown = camera.stuck.some(({ lever }) => lever === 'frame-rate');
  if (isKnown || camera.tooManySeconds < settleSeconds('frame-rate') + graceSeconds) return undefined;
  const seen = seenOf(cameraId);
  if (!seen) return undefined;
  return {
    cameraId,
    levers: ['frame-rate'],
    text: `it sends ${seen.published} frames/s where ${allowed} are allowed`,
  };
}

/** The lever is held where it was, so that others are moved in its place. */
export function holdLever(camera: CameraState, { levers }: Disobedience, atUs: number): CameraState {
  return {
    ...camera,
    rung: camera.awaiting ? camera.awaiting.from : camera.rung,
    awaiting: null,
    stuck: [...new Set(levers)].map((lever) => ({ lever, untilUs: atUs + heldForSeconds * 1e6 })),
  };
}
