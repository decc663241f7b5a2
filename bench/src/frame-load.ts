import type { Frame } from '@framegate/contracts';
import { encodeFrame, framesTopic } from '@framegate/contracts';
import { waitUntilUs } from '@framegate/load-generator';
import type { MessageBus } from '@framegate/message-bus';

export interface FrameLoad {
  readonly site: string;
  readonly cameras: number;
  readonly framesPerSecond: number;
  readonly seconds: number;
  readonly frameBytes: number;
  readonly objectiveMs: number;
  readonly partitions: number;
  readonly nowUs: () => number;
}

/**
 * Sends frames of several cameras by schedule and never waits for replies (open loop), each camera in its own phase.
 * `capturedAtUs` is when a frame was due, so a late sender shows as latency. @returns how many were sent
 */
export async function sendFrames(bus: MessageBus, load: FrameLoad): Promise<number> {
  const producer = await bus.producer();
  const jpeg = filler(load.frameBytes);
  const intervalUs = 1e6 / load.framesPerSecond;
  const epoch = Math.floor(load.nowUs() / 1e6);
  const startUs = load.nowUs() + 100_000;
  const frames = load.seconds * load.framesPerSecond * load.cameras;
  const sends: Promise<unknown>[] = [];
  for (let index = 0; index < frames; index++) {
    const camera = index % load.cameras;
    const seq = Math.floor(index / load.cameras) + 1;
    const dueUs = Math.round(startUs + (seq - 1 + camera / load.cameras) * intervalUs);
    await waitUntilUs(dueUs, load.nowUs);
    const frame = { cameraId: `${load.site}/c${camera}`, epoch, seq, jpeg, objectiveMs: load.objectiveMs };
    const message = encodeFrame({ ...frame, ...stamped(dueUs, load.nowUs()) });
    sends.push(producer.send(framesTopic(load.site), { ...message, partition: camera % load.partitions }));
  }
  await Promise.all(sends);
  await producer.close();
  return sends.length;
}

function stamped(dueUs: number, publishedAtUs: number) {
  const times = { capturedAtUs: dueUs, gatedAtUs: dueUs, encodedAtUs: dueUs, publishedAtUs };
  const sizes = { width: 1280, height: 720, sourceWidth: 1280, sourceHeight: 720 };
  const work = { decodeMs: 0, gateMs: 0, encodeMs: 0 };
  return {
    ...times,
    ...sizes,
    work,
    kind: 'live',
    configVersion: 0,
    regions: [],
    score: 1,
    clock: { offsetUs: 0, errorUs: 0 },
  } satisfies Partial<Frame>;
}

/** Bytes that start as a JPEG does and do not compress. */
function filler(bytes: number): Uint8Array {
  const body = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i++) body[i] = (i * 2_654_435_761) >>> 24;
  body.set([0xff, 0xd8]);
  return body;
}
