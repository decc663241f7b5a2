import type { Transferable } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { DetectError } from './detect-error.ts';
import { ModelError } from './model-error.ts';
import type { DetectReply, DetectRequest, StartReport, WorkerSettings } from './worker-settings.ts';

/** A worker thread whose model is loaded. It answers one request at a time. */
export interface StartedWorker {
  /** @throws DetectError WORKER_CRASHED when the thread ends before it has answered */
  ask(request: DetectRequest, transfer: Transferable[]): Promise<DetectReply>;
  /** Lets the thread end by itself. */
  close(): Promise<void>;
  /** Resolves with the reason when the thread has ended. */
  readonly ended: Promise<DetectError>;
}

/** Models and pictures are outside of its heap. Without a limit V8 lets 512 MB of garbage lie before it looks. */
const resourceLimits = { maxOldGenerationSizeMb: 128 };

/**
 * @param entry the worker's module
 * @throws ModelError when the model can't be loaded, DetectError when the thread ends before it could say so
 */
export async function startWorker(entry: URL, settings: WorkerSettings): Promise<StartedWorker> {
  const worker = new Worker(entry, { workerData: settings, resourceLimits });
  const ended = endOf(worker);
  const failed = ended.then((reason): StartReport => {
    throw reason;
  });
  const report = await Promise.race([startReport(worker), failed]);
  failed.catch(() => undefined);
  if (!report.ready) {
    await worker.terminate();
    throw new ModelError(report.code, report.message);
  }
  return linkTo(worker, ended);
}

function linkTo(worker: Worker, ended: Promise<DetectError>): StartedWorker {
  let waiting: PromiseWithResolvers<DetectReply> | undefined;
  worker.on('message', (reply: DetectReply) => waiting?.resolve(reply));
  void ended.then((reason) => waiting?.reject(reason));
  return {
    ask: (request, transfer) => {
      waiting = Promise.withResolvers();
      worker.postMessage(request, transfer);
      return waiting.promise;
    },
    close: async () => {
      worker.postMessage('close');
      await ended;
    },
    ended,
  };
}

function endOf(worker: Worker): Promise<DetectError> {
  return new Promise((resolve) => {
    worker.once('error', (error) =>
      resolve(
        new DetectError('WORKER_CRASHED', `a detector thread crashed: ${String(error)}`, { cause: error }),
      ),
    );
    worker.once('exit', (code) =>
      resolve(new DetectError('WORKER_CRASHED', `a detector thread ended with code ${code}`)),
    );
  });
}

function startReport(worker: Worker): Promise<StartReport> {
  return new Promise((resolve) => worker.once('message', resolve));
}
