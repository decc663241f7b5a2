import type { CameraState, ControllerState } from '../controller-state.ts';
import type { Declaration, LeverName } from '../declaration/declaration.ts';
import type { Finding } from './move-decisions.ts';
import { disobedienceOf, holdLever } from './obedience.ts';
import type { CameraObservation, Observation } from '../observation/observation.ts';
import { settingText } from '../profile/setting-text.ts';
import { leverOf } from '../profile/settings.ts';
import { copyRecord } from '../record.ts';

const defaultSettleSeconds = 2;

/** Finds the levers that do not obey, holds them where they are and says so; the loops then choose others. */
export function obey(
  state: ControllerState,
  observation: Observation,
  declaration: Declaration,
): { readonly state: ControllerState; readonly findings: readonly Finding[] } {
  let seen: ReadonlyMap<string, CameraObservation> | undefined;
  const seenOf = (cameraId: string): CameraObservation | undefined =>
    (seen ??= new Map(observation.cameras.map((camera) => [camera.cameraId, camera]))).get(cameraId);
  const settleSeconds = (lever: LeverName): number =>
    leverOf(declaration, lever)?.settleSeconds ?? defaultSettleSeconds;
  const findings: Finding[] = [];
  const held = new Map<string, CameraState>();
  for (const [cameraId, camera] of Object.entries(state.cameras)) {
    const disobedience = disobedienceOf(cameraId, camera, seenOf, settleSeconds, observation.atUs);
    if (!disobedience) continue;
    const [lever = 'frame-rate'] = disobedience.levers;
    const left = holdLever(camera, disobedience, observation.atUs);
    held.set(cameraId, left);
    findings.push({
      loop: 'fast',
      slo: '',
      sli: 'latency',
      value: Number.NaN,
      objective: Number.NaN,
      cause: 'camera',
      at: cameraId,
      lever,
      subjects: [cameraId],
      from: settingText(camera.rung),
      to: settingText(left.rung),
      reason: `${cameraId} does not obey: ${disobedience.text}, so it is left as it is for a minute and others make room`,
    });
  }
  if (held.size === 0) return { state, findings };
  const cameras = copyRecord(state.cameras);
  for (const [cameraId, camera] of held) cameras[cameraId] = camera;
  return { state: { ...state, cameras }, findings };
}
