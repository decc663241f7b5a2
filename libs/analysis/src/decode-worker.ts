import { parentPort, workerData } from 'node:worker_threads';
import { fitLetterbox } from '@framegate/detection';
import type { GateDecision } from '@framegate/motion-detection';
import { createMotionGate } from '@framegate/motion-detection';
import type { VideoFrame } from '@framegate/video-source';
import { openSource, SourceError } from '@framegate/video-source';
import type { DecodeTask, FromDecoder } from './decode-messages.ts';
import { openCredit } from './shared-credit.ts';

// One file in one thread: decoding blocks it, and what crosses to the detector is already of the model's size.

const port = parentPort;
if (!port) throw new Error('decode-worker runs as a worker thread');
const task: DecodeTask = workerData;
const { source, decoderThreads, model, gated } = task;
const credit = openCredit(task.credit);
const gate = gated ? createMotionGate() : null;
const progressEvery = 16;
let captured = 0;
let stopped = 0;
let unreported = 0;

function post(message: FromDecoder): void {
  port?.postMessage(message, message.type === 'frame' ? [message.rgb.buffer] : []);
}

function reportProgress(): void {
  if (unreported > 0) post({ type: 'progress', frames: unreported });
  unreported = 0;
}

/** False: the thread is to stop. */
function take(frame: VideoFrame): boolean {
  captured += 1;
  unreported += 1;
  const { width, height } = frame;
  const decision = gate?.process({ ...frame.luma, width, height }, frame.mediaTimeUs);
  if (decision?.motion === false) {
    stopped += 1;
    if (unreported >= progressEvery) reportProgress();
    return !credit.isStopped;
  }
  reportProgress();
  if (!credit.take()) return false;
  const scaled = fitLetterbox({ width, height }, model).content;
  const rgb = frame.toRgb(scaled.width, scaled.height);
  const { index, mediaTimeUs: timeUs } = frame;
  post({ type: 'frame', index, timeUs, width, height, rgb, scaled, gate: gateOf(decision) });
  return true;
}

function gateOf(decision: GateDecision | undefined): { score: number | null; regions: Box[] } {
  if (!decision) return { score: null, regions: [] };
  const regions = decision.regions.map(({ x, y, width, height }): Box => [x, y, width, height]);
  return { score: decision.score, regions };
}
type Box = [number, number, number, number];

/** Packets that held no picture. */
async function decodeAll(): Promise<number> {
  const reader = await openSource(source, {
    pace: 'none',
    threads: decoderThreads,
    now: () => performance.now() * 1000,
  });
  try {
    for (let frame = await reader.read(); frame; frame = await reader.read()) {
      const goOn = take(frame);
      frame.close();
      if (!goOn) break;
    }
    return reader.undecodable;
  } finally {
    await reader.close();
  }
}

let problem: string | null = null;
let undecodable = 0;
try {
  undecodable = await decodeAll();
} catch (error) {
  if (!(error instanceof SourceError)) throw error;
  problem = error.message;
}
reportProgress();
post({ type: 'end', captured, stopped, undecodable, problem });
