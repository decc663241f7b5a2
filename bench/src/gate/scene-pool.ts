import { Worker } from 'node:worker_threads';
import type { SceneTask } from './judge-scene.ts';
import type { FamilyResult } from './results/family-result.ts';
import type { SceneAnswer } from './scene-worker.ts';

/** Judges scenes side by side, each worker one at a time, in the order of the tasks. */
export async function judgeScenes(
  tasks: readonly SceneTask[],
  workers: number,
  onResult: (task: SceneTask, results: readonly FamilyResult[]) => Promise<void>,
): Promise<void> {
  const waiting = [...tasks];
  async function work(): Promise<void> {
    const worker = new Worker(new URL('scene-worker.ts', import.meta.url));
    try {
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        const answered = answerOf(worker);
        worker.postMessage(task);
        const answer = await answered;
        if ('failure' in answer)
          throw new Error(`${task.condition} ${task.subject} seed ${task.seed}: ${answer.failure}`);
        await onResult(task, answer.results);
      }
    } finally {
      await worker.terminate();
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, work));
}

function answerOf(worker: Worker): Promise<SceneAnswer> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: SceneAnswer) => {
      worker.off('error', reject);
      resolve(answer);
    });
  });
}
