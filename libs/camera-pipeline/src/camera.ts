import { Worker } from 'node:worker_threads';
import { createReadMark, defaultSilenceMs, watchReads } from './blocked-read.ts';
import type {
  CameraStart,
  CameraStatus,
  CameraTask,
  FrameTally,
  FromCamera,
  ToCamera,
} from './camera-messages.ts';
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

/** What a read may take longer than the thread's own time-out, ms: the thread tells of that itself. */
const silenceMarginMs = 1000;
/** A read that lasts so long when the camera is to stop isn't waited for, ms. */
const stopBlockedMs = 2000;

/** Starts a camera in a thread of its own. A crash of the thread ends the camera and is told as its status. */
export function startCamera(start: CameraStart, handlers: CameraHandlers): Camera {
  const task: CameraTask = { ...start, reading: createReadMark() };
  const worker = new Worker(new URL('./camera-worker.ts', import.meta.url), {
    workerData: task,
    ...smallThread(),
  });
  const tell = (message: ToCamera): void => worker.postMessage(message);
  const status = (state: CameraStatus['state'], reason: string): void =>
    handlers.onStatus({
      type: 'state',
      state,
      reason,
      fatal: state === 'ended',
      sourceWidth: 0,
      sourceHeight: 0,
    });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let stopping = false;
  const patienceMs = (): number =>
    stopping ? stopBlockedMs : (start.silenceMs ?? defaultSilenceMs) + silenceMarginMs;
  const stopWatching = watchReads(task.reading, patienceMs, (forMs) => {
    status('offline', `no picture for ${Math.round(forMs / 1000)} s, though the camera keeps the connection`);
    // Its held frames stay held in the books. The thread ends at the next picture, or when the camera hangs up.
    if (stopping) end();
  });
  worker.on('message', (message: FromCamera) => {
    if (message.type === 'frames') handlers.onFrames(message);
    else handlers.onStatus(message);
  });
  worker.on('error', (error) =>
    status('ended', `the camera's thread failed: ${error instanceof Error ? error.message : String(error)}`),
  );
  worker.on('exit', () => {
    stopWatching();
    end();
  });
  return {
    configure: (settings) => tell({ type: 'configure', settings }),
    taken: () => tell({ type: 'taken' }),
    ended,
    async stop() {
      // Never terminated: FFmpeg's unfinished work in the thread pool would take the process down with it.
      stopping = true;
      tell({ type: 'stop' });
      await ended;
    },
  };
}
