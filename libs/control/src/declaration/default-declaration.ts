import type { Declaration } from './declaration.ts';

/**
 * What holds where no file declares anything: 95 % of the results within 500 ms, cameras that are there, and the
 * levers that need nothing but the pipeline itself.
 *
 * @param cores that inference may use
 */
export function defaultDeclaration(cores: number): Declaration {
  const everywhere = { scope: {}, windowSeconds: 60, weight: 1 };
  return {
    slos: [
      { name: 'latency', sli: 'latency', objective: 500, target: 0.95, priority: 1, ...everywhere },
      { name: 'availability', sli: 'availability', objective: 1, target: 0.95, priority: 2, ...everywhere },
    ],
    levers: [
      { lever: 'frame-rate', scope: 'camera', steps: [1, 2, 3, 5, 8, 10], settleSeconds: 2, cost: 1 },
      { lever: 'resolution', scope: 'camera', steps: [416, 640, 960, 1280], settleSeconds: 2, cost: 1 },
      { lever: 'jpeg-quality', scope: 'camera', steps: [50, 65, 80], settleSeconds: 2, cost: 0.5 },
      { lever: 'batch', scope: 'cloud', steps: [1, 2, 4, 8], settleSeconds: 5, cost: 0.5 },
      {
        lever: 'inference-workers',
        scope: 'cloud',
        steps: Array.from({ length: Math.max(1, cores) }, (_, workers) => workers + 1),
        settleSeconds: 10,
        cost: 4,
      },
    ],
    dependencies: [],
    cameraClasses: {},
  };
}
