import type { Random } from './random.ts';
import { createRandom } from './random.ts';
import type { CameraModel } from './scenario.ts';

/** What a camera sees, frame by frame: the same for every policy that is tried with this seed. */
export interface CameraSource {
  /** Draws the next frame's chances; call it once for each frame. */
  next(atUs: number): SourceFrame;
  readonly firstFrameUs: number;
  readonly intervalUs: number;
  /** How much larger than the mean this camera's JPEGs are, as a normal deviate. */
  readonly sizeDeviation: number;
}

export interface SourceFrame {
  readonly motion: boolean;
  /** Uniform: what the gate makes of it. */
  readonly gateChance: number;
  readonly sizeDeviation: number;
}

export function createCameraSource(model: CameraModel, seed: number): CameraSource {
  const random = createRandom(seed, 'camera', model.cameraId);
  const intervalUs = 1e6 / model.sourceFramesPerSecond;
  const fromUs = (model.fromSeconds ?? 0) * 1e6;
  const motion = createMotion(model, random, fromUs);
  return {
    intervalUs,
    firstFrameUs: fromUs + random.uniform() * intervalUs,
    sizeDeviation: random.normal(),
    next: (atUs) => ({
      motion: motion(atUs),
      gateChance: random.uniform(),
      sizeDeviation: random.normal(),
    }),
  };
}

/** An alternating renewal process; its own stream, so that its events don't depend on the frame rate. */
function createMotion(
  { motion, cameraId }: CameraModel,
  random: Random,
  fromUs: number,
): (atUs: number) => boolean {
  const own = createRandom(Math.floor(random.uniform() * 2 ** 31), 'motion', cameraId);
  const { meanOnSeconds, meanOffSeconds } = motion;
  let isOn = own.uniform() < meanOnSeconds / (meanOnSeconds + meanOffSeconds);
  const lengthUs = (): number => own.exponential(isOn ? meanOnSeconds : meanOffSeconds) * 1e6;
  let untilUs = fromUs + lengthUs();
  return (atUs) => {
    while (atUs >= untilUs) {
      isOn = !isOn;
      untilUs += lengthUs();
    }
    return isOn;
  };
}
