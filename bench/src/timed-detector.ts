import type { FrameDetector } from '@framegate/inference-pipeline';
import type { DetectResult } from '@framegate/object-detector';

/** A detector that takes a given time and finds nothing: what is left of a latency is the pipeline's own. */
export function timedDetector(serviceMs: number): FrameDetector {
  let busy = false;
  return {
    model: { id: `timed-${serviceMs}ms`, sha256: '' },
    maxBatch: 1,
    workers: 1,
    get freeWorkers() {
      return busy ? 0 : 1;
    },
    async detectBatch(images) {
      busy = true;
      const startedAt = performance.now();
      if (serviceMs > 0) await new Promise((resolve) => setTimeout(resolve, serviceMs));
      busy = false;
      const inferenceMs = performance.now() - startedAt;
      const result: DetectResult = {
        detections: [],
        imageWidth: 1280,
        imageHeight: 720,
        decodeMs: 0,
        inferenceMs,
        startedAtMs: performance.timeOrigin + startedAt,
      };
      return images.map(() => result);
    },
  };
}
