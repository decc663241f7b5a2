import { parentPort, workerData } from 'node:worker_threads';
import { createClock } from '@framegate/service-kit/clock';
import { openSource } from '@framegate/video-source';
import type { FullPictureStart, PictureReply, PictureRequest } from './full-picture-messages.ts';
import { takePicture } from './take-picture.ts';

// A camera's full picture in a thread of its own, beside the one that watches the small picture: reading blocks.

const port = parentPort;
if (!port) throw new Error('full-picture-worker runs as a worker thread');
const start: FullPictureStart = workerData;
let request: PictureRequest | undefined;
const stop = new AbortController();
port.on('message', (message: PictureRequest | 'stop') => {
  if (message === 'stop') stop.abort();
  else request = message;
});

const reader = await openSource(start.source, {
  pace: start.pace,
  loop: start.loop,
  signal: stop.signal,
  now: createClock({ anchorUs: start.clockAnchorUs }).nowUs,
});
while (!stop.signal.aborted) {
  const frame = await reader.read();
  if (frame === null) break;
  if (request) {
    const asked = request;
    request = undefined;
    await reply(() => takePicture(frame, asked));
  }
  frame.close();
  await new Promise((resolve) => setImmediate(resolve));
}
await reader.close();
port.close();
if (!stop.signal.aborted) throw new Error('the full picture has ended');

async function reply(take: () => ReturnType<typeof takePicture>): Promise<void> {
  try {
    const picture = await take();
    port?.postMessage({ picture } satisfies PictureReply, [picture.bytes.buffer]);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    port?.postMessage({ failure } satisfies PictureReply);
  }
}
