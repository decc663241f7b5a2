import type { Observation } from './observation.ts';

/** Leaves out of observations what has just begun. */
export interface Newcomers {
  without(observation: Observation): Observation;
}

/**
 * A camera that connects and a model that was just loaded are slower than they will be, and nothing was promised of
 * their first frames yet: a controller that judged them would begin with cuts that take minutes to take back.
 */
const settleUs = 5e6;

export function createNewcomers(): Newcomers {
  let firstSeenUs = new Map<string, number>();
  return {
    without(observation) {
      const { atUs } = observation;
      const still = new Map<string, number>();
      const hasSettled = (name: string): boolean => {
        const sinceUs = firstSeenUs.get(name) ?? atUs;
        still.set(name, sinceUs);
        return atUs - sinceUs >= settleUs;
      };
      const cameras = observation.cameras.filter(({ cameraId }) => hasSettled(`camera ${cameraId}`));
      const inference = observation.inference.filter(({ instance, model }) =>
        hasSettled(`${instance} ${model}`),
      );
      firstSeenUs = still;
      return { ...observation, cameras, inference };
    },
  };
}
