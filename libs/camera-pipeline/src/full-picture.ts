import { Worker } from 'node:worker_threads';
import { smallThread } from './small-thread.ts';
import type {
  FullPictureStart,
  PictureReply,
  PictureRequest,
  TakenPicture,
} from './full-picture-messages.ts';

/** The full picture of a camera whose small one is watched. */
export interface FullPicture {
  /** The next frame of the full picture; undefined when it does not come in time. */
  next(request: PictureRequest): Promise<TakenPicture | undefined>;
  close(): Promise<void>;
}

/** A frame of the small picture is better than none, and later is of no use. */
const replyWithinMs = 1000;
/** Between a failed connection and the next. */
const reopenAfterMs = 5000;

export function openFullPicture(start: FullPictureStart, onFailure: (reason: string) => void): FullPicture {
  let worker: Worker | undefined;
  let answer: ((picture: TakenPicture | undefined) => void) | undefined;
  let reopening: NodeJS.Timeout | undefined;
  let closing = false;

  const open = (): void => {
    const opened = new Worker(new URL('./full-picture-worker.ts', import.meta.url), {
      workerData: start,
      ...smallThread(),
    });
    opened.on('message', (reply: PictureReply) => {
      if ('failure' in reply) onFailure(reply.failure);
      answer?.('picture' in reply ? reply.picture : undefined);
    });
    opened.on('error', (error) => {
      if (closing) return;
      onFailure(error instanceof Error ? error.message : String(error));
      worker = undefined;
      answer?.(undefined);
      reopening = setTimeout(open, reopenAfterMs);
    });
    worker = opened;
  };
  open();

  return {
    next(request) {
      if (!worker) return Promise.resolve(undefined);
      const { promise, resolve } = Promise.withResolvers<TakenPicture | undefined>();
      const timer = setTimeout(resolve, replyWithinMs, undefined);
      answer = (picture) => {
        clearTimeout(timer);
        resolve(picture);
      };
      worker.postMessage(request);
      return promise;
    },
    async close() {
      closing = true;
      clearTimeout(reopening);
      if (!worker) return;
      // Never terminated: FFmpeg's unfinished work in the thread pool would take the process down with it.
      const ended = Promise.withResolvers<void>();
      worker.on('exit', () => ended.resolve());
      worker.postMessage('stop');
      await ended.promise;
    },
  };
}
