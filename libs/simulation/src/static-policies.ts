import type { Policy, Rung } from '@framegate/control';
import { floorRung, topRung } from './accuracy.ts';
import type { PolicyFactory } from './policy-setup.ts';

/** Every camera at its highest setting, whatever comes. */
export const staticHigh: PolicyFactory = ({ cameras, ladder }) =>
  staticPolicy(
    'static-high',
    cameras.map(({ cameraId }) => cameraId),
    topRung(ladder),
  );

/** Every camera at its lowest setting. */
export const staticLow: PolicyFactory = ({ cameras, ladder }) =>
  staticPolicy(
    'static-low',
    cameras.map(({ cameraId }) => cameraId),
    floorRung(ladder),
  );

/** One setting for all cameras, told once. */
export function staticPolicy(name: string, cameraIds: readonly string[], rung: Rung): Policy<boolean> {
  return {
    name,
    init: () => false,
    step: (told) => ({
      state: true,
      actions: told
        ? []
        : cameraIds.map((cameraId) => ({ kind: 'configure-camera' as const, cameraId, rung })),
      decisions: [],
    }),
  };
}
