import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { fitLetterbox, packTensor } from '@framegate/detection';
import sharp from 'sharp';
// The session itself and not the detector around it: that is what is measured against it.
import { createSession } from '../../../libs/object-detector/src/session.ts';
import type { WorkerSettings } from '../../../libs/object-detector/src/worker-settings.ts';

export interface LoopTask {
  readonly session: WorkerSettings;
  /** Decoded in turn; none: the model alone. */
  readonly jpegs: readonly Uint8Array[];
  readonly frames: number;
}

const task: LoopTask = workerData;
const { jpegs, frames } = task;
const session = await createSession(task.session);
const { input: model, batch } = task.session;
const imageLength = session.input.length / batch;

async function fill(jpeg: Uint8Array, place: Float32Array): Promise<void> {
  const image = sharp(jpeg);
  const { content } = fitLetterbox(await image.metadata(), model);
  const pixels = image.resize(content.width, content.height, { fit: 'fill', kernel: 'linear' });
  packTensor(await pixels.raw().toBuffer(), content, model, { order: 'bgr', full: 255 }, place);
}

parentPort?.postMessage('ready');
if (parentPort) await once(parentPort, 'message');
const latenciesMs: number[] = [];
for (let frame = 0; frame < frames; frame += batch) {
  const startedMs = performance.now();
  for (let index = 0; index < batch && jpegs.length > 0; index++) {
    const jpeg = jpegs[(frame + index) % jpegs.length] ?? new Uint8Array();
    await fill(jpeg, session.input.subarray(index * imageLength, (index + 1) * imageLength));
  }
  await session.run(batch);
  latenciesMs.push(performance.now() - startedMs);
}
parentPort?.postMessage(latenciesMs);
await session.close();
parentPort?.close();
