import { parentPort, workerData } from 'node:worker_threads';
import { fitLetterbox, packTensor } from '@framegate/detection';
import { openSource } from '@framegate/video-source';
// The session itself and not the detector around it: that is what is measured against it.
import { createSession } from '../../libs/object-detector/src/session.ts';
import type { WorkerSettings } from '../../libs/object-detector/src/worker-settings.ts';

// The least that any program must do: decode, letterbox, session.run, one after the other in one thread.

export interface BareLoopTask {
  readonly path: string;
  readonly session: WorkerSettings;
}

const task: BareLoopTask = workerData;
const session = await createSession(task.session);
const model = task.session.input;
const reader = await openSource(
  { kind: 'file', path: task.path },
  { pace: 'none', now: () => performance.now() * 1000 },
);
let frames = 0;
for (let frame = await reader.read(); frame; frame = await reader.read()) {
  const { content } = fitLetterbox(frame, model);
  packTensor(
    frame.toRgb(content.width, content.height),
    content,
    model,
    { order: 'bgr', full: 255 },
    session.input,
  );
  frame.close();
  await session.run(1);
  frames += 1;
}
await reader.close();
await session.close();
parentPort?.postMessage(frames);
