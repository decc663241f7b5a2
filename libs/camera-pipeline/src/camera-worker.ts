import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { abortableDelay, backOffMs } from '@framegate/service-kit/back-off';
import { createClock } from '@framegate/service-kit/clock';
import type { VideoFrame } from '@framegate/video-source';
import { openSource, SourceError } from '@framegate/video-source';
import { seededRandom } from './seeded-random.ts';
import { defaultSilenceMs, markReading } from './blocked-read.ts';
import type { CameraTask, FromCamera, ToCamera } from './camera-messages.ts';
import { runSession } from './camera-session.ts';
import type { CameraSettings } from './camera-settings.ts';
import { gateOptionsOf } from './camera-settings.ts';
import { createCameraWatch } from './camera-watch.ts';
import { createCredit } from './credit.ts';
import { openFullPicture } from './full-picture.ts';
import { createFramePolicy } from './frame-policy.ts';
import { createFrameReport } from './frame-report.ts';
import { createInfraredSwitch } from './infrared-switch.ts';
import { createSizedGate } from './sized-gate.ts';

// One camera in one thread: decoding blocks its thread, and a hanging camera must not hold another.

const port = parentPort;
if (!port) throw new Error('camera-worker runs as a worker thread');
// So that the next thread finds it, and not only the next process.
flushCompileCache();
const start: CameraTask = workerData;
/** The picture that the gate sees. */
const watched = start.watch ?? start.source;
const stop = new AbortController();
const gate = createSizedGate();
const infrared = createInfraredSwitch();
const keyFrameGate = createSizedGate();
const policy = createFramePolicy();
const report = createFrameReport();
const random = seededRandom(start.seed);
/** Frames that may be under way at once in lossless mode: enough to keep encoder and network busy. */
const credit = createCredit(start.lossless ? 4 : Number.POSITIVE_INFINITY);
const fullPicture = start.watch
  ? openFullPicture({ ...start, source: start.source }, (reason) => complain(`full picture: ${reason}`))
  : undefined;
const reconnectWait = { initialMs: 500, maxMs: 30_000 };
let settings: CameraSettings = start.settings;
/** Of the picture that the gate is configured for; the next frame configures it anew where there is none. */
let size: { readonly width: number; readonly height: number } | undefined;
let lastComplaint = '';

function fit(width: number, height: number): void {
  if (width === size?.width && height === size.height) return;
  const { options, complaints } = gateOptionsOf(settings, width, height);
  gate.configure(options);
  keyFrameGate.configure(options);
  if (size) watch?.reset();
  size = { width, height };
  complaints.forEach(complain);
}

/** What comes with every frame is said once. */
function complain(complaint: string): void {
  if (complaint === lastComplaint) return;
  lastComplaint = complaint;
  state('online', complaint, size);
}

/** In a lossless run every frame is looked at. */
const watch = start.lossless
  ? undefined
  : createCameraWatch({
      settings: () => settings,
      keyFrameGate,
      keyFrameWanted: (atUs) => policy.keepAliveDue(atUs, settings),
      onMode: (why) => state('online', why && `every frame is decoded: ${why}`, size),
    });

const { nowUs } = createClock({ anchorUs: start.clockAnchorUs });

function post(message: FromCamera): void {
  const transfer = message.type === 'frames' ? message.sent.map((frame) => frame.jpeg.buffer) : [];
  port?.postMessage(message, transfer);
}

function state(
  name: 'connecting' | 'online' | 'offline' | 'ended',
  reason = '',
  picture = { width: 0, height: 0 },
): void {
  post({
    type: 'state',
    state: name,
    reason,
    fatal: false,
    sourceWidth: picture.width,
    sourceHeight: picture.height,
  });
}

port.on('message', (message: ToCamera) => {
  if (message.type === 'stop') {
    stop.abort();
    credit.open();
  } else if (message.type === 'taken') {
    credit.give();
  } else {
    settings = message.settings;
    size = undefined;
  }
});

/** One connection: returns when the source has ended or the camera is to stop. */
async function connect(): Promise<'over' | 'lost'> {
  state('connecting');
  const reader = await openSource(watched, {
    pace: start.pace,
    loop: start.loop,
    now: nowUs,
    signal: stop.signal,
    packets: watch,
    readTimeoutMs: start.silenceMs ?? defaultSilenceMs,
    onReading: markReading(start.reading),
    ...(watched.kind === 'snapshot' ? { framesPerSecond: settings.framesPerSecond } : {}),
  });
  try {
    state('online', '', reader.info);
    gate.reset('reconnect');
    watch?.reset();
    const parts = {
      gate,
      infrared,
      policy,
      report,
      fit,
      complain,
      nowUs,
      post,
      fullPicture,
      watch,
      settings: () => settings,
      timeOf: (frame: VideoFrame) => (start.pace === 'none' ? frame.mediaTimeUs : frame.capturedAtUs),
      room: () => credit.take(),
    };
    await runSession(reader, parts, () => stop.signal.aborted);
  } finally {
    await reader.close();
  }
  return stop.signal.aborted || !reader.info.live ? 'over' : 'lost';
}

async function run(): Promise<void> {
  for (let attempt = 0; !stop.signal.aborted; attempt++) {
    const connectedAt = performance.now();
    try {
      if ((await connect()) === 'over') break;
      state('offline', 'the camera closed the connection');
    } catch (error) {
      if (stop.signal.aborted) break;
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof SourceError && !error.retryable) {
        post({ type: 'state', state: 'offline', reason, fatal: true, sourceWidth: 0, sourceHeight: 0 });
        break;
      }
      state('offline', reason);
    }
    if (performance.now() - connectedAt > 30_000) attempt = 0;
    await abortableDelay(backOffMs(attempt, { ...reconnectWait, random }), stop.signal);
  }
  state('ended');
}

await run();
await fullPicture?.close();
port.close();
