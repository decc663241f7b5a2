import type { Rung } from '../action.ts';
import type { CameraState, ControllerState } from '../controller-state.ts';
import { copyRecord, emptyRecord } from '../record.ts';

/**
 * The state with what cameras are really told, where the loops did not have their way (advice only, a pause, another
 * controller meanwhile): what was asked for and not done counts neither as a switch nor as disobedience.
 *
 * @param before the state whose switches were done
 */
export function withAppliedRungs(
  state: ControllerState,
  applied: (cameraId: string) => Rung | undefined,
  before: ControllerState = state,
): ControllerState {
  const cameras = emptyRecord<CameraState>();
  for (const [cameraId, camera] of Object.entries(state.cameras)) {
    const { switchesUs = [] } = before.cameras[cameraId] ?? {};
    cameras[cameraId] = { ...camera, rung: applied(cameraId) ?? camera.rung, awaiting: null, switchesUs };
  }
  return { ...state, cameras };
}

/**
 * The state with some cameras of which nothing is to be awaited: no new configuration was told. They stand where they
 * were moved to, or where `applied` says.
 */
export function withoutWaiting(
  state: ControllerState,
  cameraIds: readonly string[],
  applied: (cameraId: string) => Rung | undefined = () => undefined,
): ControllerState {
  if (cameraIds.length === 0) return state;
  const cameras = copyRecord(state.cameras);
  for (const cameraId of cameraIds) {
    const camera = cameras[cameraId];
    if (camera) cameras[cameraId] = { ...camera, rung: applied(cameraId) ?? camera.rung, awaiting: null };
  }
  return { ...state, cameras };
}
