import type { DetectResult } from '@framegate/object-detector';
import type { FrameDetector } from './model-lane.ts';

/** What a detector takes; read again for each frame, so it may change on the way. */
export interface TimedService {
  readonly serviceMs: number;
  /** Frames that may be under way at once. Default 1. */
  readonly workers?: number;
}

/** A detector that takes a given time and finds nothing: what is left of a latency is the pipeline's own. */
export function timedDetector(service: TimedService): FrameDetector {
  let busy = 0;
  return {
    model: { id: 'timed', sha256: '' },
    maxBatch: 1,
    get workers() {
      return service.workers ?? 1;
    },
    get freeWorkers() {
      return Math.max(0, (service.workers ?? 1) - busy);
    },
    async detectBatch(images) {
      busy += 1;
      const { serviceMs } = service;
      const startedAt = performance.now();
      if (serviceMs > 0) await new Promise((resolve) => setTimeout(resolve, serviceMs));
      busy -= 1;
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
