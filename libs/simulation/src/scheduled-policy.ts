import type { Action, Policy, Rung } from '@framegate/control';

/** A setting for each camera, in the scenario's order. */
export type Settings = readonly Rung[];

/** Knows beforehand what it will do: settings by segment of time, whatever is seen. */
export function scheduledPolicy(
  name: string,
  cameraIds: readonly string[],
  schedule: readonly Settings[],
  segmentSeconds: number,
): Policy<number> {
  return {
    name,
    init: () => 0,
    step(second) {
      const isNext = second % segmentSeconds === 0;
      const settings = isNext ? schedule[second / segmentSeconds] : undefined;
      const before = schedule[second / segmentSeconds - 1];
      const actions = cameraIds.flatMap((cameraId, camera): Action[] => {
        const rung = settings?.[camera];
        return rung && rung !== before?.[camera] ? [{ kind: 'configure-camera', cameraId, rung }] : [];
      });
      return { state: second + 1, actions, decisions: [] };
    },
  };
}
