import type { Rung } from '../action.ts';
import type { ControllerState } from '../controller-state.ts';

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
  const cameras = Object.entries(state.cameras).map(([cameraId, camera]) => {
    const { switchesUs = [] } = before.cameras[cameraId] ?? {};
    return [cameraId, { ...camera, rung: applied(cameraId) ?? camera.rung, awaiting: null, switchesUs }];
  });
  return { ...state, cameras: Object.fromEntries(cameras) };
}
