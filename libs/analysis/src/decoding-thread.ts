import { Worker } from 'node:worker_threads';
import type { DecodedFrame, DecodeEnd, DecodeTask, FromDecoder } from './decode-messages.ts';

const entry = new URL('./decode-worker.ts', import.meta.url);

export interface DecodeListener {
  onFrame(frame: DecodedFrame): void;
  onProgress(frames: number): void;
}

/** Decodes a file in a thread of its own; resolves when the thread has ended. It is stopped through its credit. */
export async function decodeInThread(task: DecodeTask, listener: DecodeListener): Promise<DecodeEnd> {
  const worker = new Worker(entry, { workerData: task });
  let end: DecodeEnd | undefined;
  worker.on('message', (message: FromDecoder) => {
    if (message.type === 'frame') listener.onFrame(message);
    else if (message.type === 'progress') listener.onProgress(message.frames);
    else end = message;
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (end) resolve(end);
      else reject(new Error(`The decoding thread ended early with code ${code}.`));
    });
  });
}
