/** The thread in which a model lives: `session.run` blocks its event loop, so nothing else may. */
import { parentPort, workerData } from 'node:worker_threads';
import { detectAll } from './inference.ts';
import { ModelError } from './model-error.ts';
import type { Session } from './session.ts';
import { createSession } from './session.ts';
import type { DetectReply, DetectRequest, StartReport, WorkerSettings } from './worker-settings.ts';

if (parentPort === null) throw new Error('detector-worker.ts is started by the detector, not by hand');
const port = parentPort;
const settings: WorkerSettings = workerData;

try {
  // Once for the life of the thread: creating and releasing sessions leaks (microsoft/onnxruntime#25325).
  const session = await createSession(settings);
  port.on('message', (request: DetectRequest | 'close') => {
    if (request === 'close') void close(session);
    else void answer(request, session).then((reply) => port.postMessage(reply));
  });
  port.postMessage({ ready: true } satisfies StartReport);
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  port.postMessage({ ready: false, code: error.code, message: error.message } satisfies StartReport);
}

async function answer(request: DetectRequest, session: Session): Promise<DetectReply> {
  try {
    return { outcomes: await detectAll(request, session, settings) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { failure: { code: 'INFERENCE_FAILED', message: `the model failed: ${message}` } };
  }
}

async function close(session: Session): Promise<void> {
  port.close();
  await session.close();
}
