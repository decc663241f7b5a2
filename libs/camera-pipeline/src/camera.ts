import { Worker } from 'node:worker_threads';
import type { CameraStart, CameraStatus, FrameTally, FromCamera, ToCamera } from './camera-messages.ts';
import type { CameraSettings } from './camera-settings.ts';
import { smallThread } from './small-thread.ts';

export interface CameraHandlers {
  onFrames(tally: FrameTally): void;
  onStatus(status: CameraStatus): void;
}

/** A running camera thread. */
export interface Camera {
  configure(settings: CameraSettings): void;
  /** Tells a lossless camera that one of its frames was taken. */
  taken(): void;
  /** Resolves when the source has ended or the camera was stopped, and its last fates were told. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a camera in a thread of its own. A crash of the thread ends the camera and is told as its status. */
export function startCamera(start: CameraStart, handlers: CameraHandlers): Camera {
  const worker = new Worker(new URL('./camera-worker.ts', import.meta.url), {
    workerData: start,
    ...smallThread(),
  });
  const tell = (message: ToCamera): void => worker.postMessage(message);
  worker.on('message', (message: FromCamera) => {
    if (message.type === 'frames') handlers.onFrames(message);
    else handlers.onStatus(message);
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('error', (error) => {
      const reason = `the camera's thread failed: ${error instanceof Error ? error.message : String(error)}`;
      handlers.onStatus({
        type: 'state',
        state: 'ended',
        reason,
        fatal: true,
        sourceWidth: 0,
        sourceHeight: 0,
      });
    });
    worker.on('exit', () => resolve());
  });
  return {
    configure: (settings) => tell({ type: 'configure', settings }),
    taken: () => tell({ type: 'taken' }),
    ended,
    async stop() {
      // Never terminated: FFmpeg's unfinished work in the thread pool would take the process down with it.
      // Reading and connecting end by themselves, at their time-outs at the latest.
      tell({ type: 'stop' });
      await ended;
    },
  };
}
