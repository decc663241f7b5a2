import type { DetectOptions, Detector, DetectResult, ImageInput } from '@framegate/object-detector';
import { DetectError } from '@framegate/object-detector';

/** With a request for each frame a detector thread spent 6 % of its time waiting for messages (measured, 2 cores). */
export const maxFramesPerRequest = 4;

interface Waiting extends PromiseWithResolvers<DetectResult> {
  readonly image: ImageInput;
}

/**
 * Asks a detector frame by frame and gives it several at once. The detector must have `maxBatch` 1: frames that share
 * a run could have other results than alone, and which ones share depends on time.
 * @param workers so many requests run at once
 */
export function groupRequests(
  detector: Pick<Detector, 'detectBatch'>,
  workers: number,
  options: DetectOptions,
): (image: ImageInput) => Promise<DetectResult> {
  const waiting: Waiting[] = [];
  let running = 0;

  const answer = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const images = group.map(({ image }) => image);
      const outcomes = await detector.detectBatch(images, options);
      for (const [index, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined || outcome instanceof DetectError)
          reject(outcome ?? new Error('no outcome'));
        else resolve(outcome);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const dispatch = (): void => {
    while (running < workers && waiting.length > 0) {
      const share = Math.ceil(waiting.length / workers);
      running += 1;
      void answer(waiting.splice(0, Math.min(share, maxFramesPerRequest))).then(() => {
        running -= 1;
        dispatch();
      });
    }
  };
  return async (image) => {
    const answered = Promise.withResolvers<DetectResult>();
    waiting.push({ image, ...answered });
    dispatch();
    return answered.promise;
  };
}
