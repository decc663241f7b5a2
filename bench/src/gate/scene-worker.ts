import { parentPort } from 'node:worker_threads';
import { judgeScene } from './judge-scene.ts';
import type { SceneTask } from './judge-scene.ts';
import type { FamilyResult } from './results/family-result.ts';

/** A scene's results, or why there are none. */
export type SceneAnswer = { readonly results: FamilyResult[] } | { readonly failure: string };

const port = parentPort;
if (!port) throw new Error('scene-worker runs as a worker thread');
port.on('message', (task: SceneTask) => {
  judgeScene(task).then(
    (results) => port.postMessage({ results } satisfies SceneAnswer),
    (error: unknown) =>
      port.postMessage({
        failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies SceneAnswer),
  );
});
