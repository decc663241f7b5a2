import { parentPort, workerData } from 'node:worker_threads';
import { createMotionGate, downscaleFactor, downscaleLuma } from '@framegate/motion-detection';
import { openSource } from '@framegate/video-source';

// Decodes a file to its end as a camera's thread does, with or without the gate.

export interface DecodeTask {
  readonly path: string;
  /** What is done with each picture: nothing, the gate's small plane, or the whole gate. */
  readonly afterwards: 'nothing' | 'box mean' | 'gate';
}

/** CPU of the whole process from opening to closing, and the frames that were decoded. */
export interface DecodeRun {
  readonly cpuSeconds: number;
  readonly frames: number;
}

const { path, afterwards }: DecodeTask = workerData;
const before = process.cpuUsage();
const reader = await openSource(
  { kind: 'file', path },
  { pace: 'none', now: () => performance.now() * 1000 },
);
const factor = downscaleFactor(reader.info.width, 320);
const small = new Uint8Array(Math.ceil(reader.info.width / factor) * Math.ceil(reader.info.height / factor));
const gate = createMotionGate();
let frames = 0;
for (let frame = await reader.read(); frame; frame = await reader.read()) {
  const luma = { ...frame.luma, width: frame.width, height: frame.height };
  if (afterwards === 'box mean') downscaleLuma(luma, factor, small);
  else if (afterwards === 'gate') gate.process(luma, frame.mediaTimeUs);
  frame.close();
  frames += 1;
}
await reader.close();
const { user, system } = process.cpuUsage(before);
parentPort?.postMessage({ cpuSeconds: (user + system) / 1e6, frames } satisfies DecodeRun);
