/** A detector worker that fails in the way that `modelPath` names; it fails at its start, or once it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerSettings } from '../src/worker-settings.ts';

const { modelPath: fault }: WorkerSettings = workerData;

if (fault === 'throw at start') throw new Error('no such library');
if (fault === 'exit at start') process.exit(3);
parentPort?.on('message', () => {
  if (fault === 'exit when asked') process.exit(4);
  throw new Error('out of memory');
});
parentPort?.postMessage({ ready: true });
