import { renderFramePool } from '@framegate/load-generator';
import { createDetector, DetectError, resolveModel } from '@framegate/object-detector';
import { mutateBytes, pick } from '../mutate.ts';
import type { Target } from '../target.ts';

/** JPEG bodies of frames, decoded and looked at by the project's own model. */
export const pictures: Target = {
  name: 'pictures',
  share: 0.001,
  boundMs: 5000,
  async open() {
    const pool = await renderFramePool({ width: 160, height: 96 }, 4);
    const detector = await createDetector({ model: await resolveModel('street-nano') });
    return {
      make: (random) => [mutateBytes(random, pick(random, pool))],
      async run([jpeg]) {
        const [outcome] = await detector.detectBatch([{ kind: 'jpeg', bytes: jpeg ?? new Uint8Array() }]);
        return outcome instanceof DetectError ? 'refused' : 'taken';
      },
      close: () => detector.close(),
    };
  },
};
