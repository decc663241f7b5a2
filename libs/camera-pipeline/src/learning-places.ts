import { availableParallelism } from 'node:os';
import type { CameraStatus } from './camera-messages.ts';
import { createCredit } from './credit.ts';

/**
 * Cameras whose packets are learned at once, a core: each has every frame decoded meanwhile, at 720p and
 * 10 frames/s about 4 % of a core, and its start.
 */
const placesPerCore = 8;
/** A camera with motion all the time learns nothing: it holds its place no longer than this, ms. */
const mostMs = 45_000;

/** A camera's place among those that learn. */
export interface LearningPlace {
  /** A camera that decodes for good, is not reached or has ended learns no more. */
  onStatus(status: Pick<CameraStatus, 'state' | 'reason'>): void;
  /** It learns no more. */
  free(): void;
}

/** Lets only so many cameras start at once as the machine can decode; the others wait for their turn. */
export interface LearningPlaces {
  take(): Promise<LearningPlace>;
  /** Nobody waits any more. */
  open(): void;
}

export function createLearningPlaces(places = placesPerCore * availableParallelism()): LearningPlaces {
  const credit = createCredit(places);

  function newPlace(): LearningPlace {
    let taken = true;
    const timer = setTimeout(() => free(), mostMs);
    timer.unref();
    const free = (): void => {
      if (taken) credit.give();
      taken = false;
      clearTimeout(timer);
    };
    return {
      free,
      onStatus({ state, reason }) {
        if (state === 'offline' || state === 'ended' || (state === 'online' && reason !== '')) free();
      },
    };
  }

  return {
    async take() {
      await credit.take();
      return newPlace();
    },
    open: credit.open,
  };
}
