import { setTimeout as delay } from 'node:timers/promises';
import type { Detector } from '@framegate/object-detector';

/** The detector, `slowdown()` times as slow: its worker stays taken for so long. */
export function slowedDetector(detector: Detector, slowdown: () => number): Detector {
  let held = 0;
  const slowed: Detector['detectBatch'] = async (images, options) => {
    const startedAt = performance.now();
    const outcomes = await detector.detectBatch(images, options);
    const restMs = (slowdown() - 1) * (performance.now() - startedAt);
    if (restMs <= 0) return outcomes;
    held += 1;
    await delay(restMs).finally(() => (held -= 1));
    return outcomes;
  };
  return {
    model: detector.model,
    maxBatch: detector.maxBatch,
    get freeWorkers() {
      return Math.max(0, detector.freeWorkers - held);
    },
    get workers() {
      return detector.workers;
    },
    setWorkers: (workers) => detector.setWorkers(workers),
    detect: (image, options) => detector.detect(image, options),
    detectBatch: slowed,
    close: () => detector.close(),
  };
}
