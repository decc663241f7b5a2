import { encodeFrame, framesTopic } from '@framegate/contracts';
import type { Producer } from '@framegate/message-bus';
import type { Arrival } from './arrivals.ts';

/** A stand-in for a site: frames straight into the bus, as its cameras would send them. */
export interface EdgeLoad {
  readonly site: string;
  readonly producer: Producer;
  readonly partitions: number;
  readonly pool: readonly Uint8Array[];
  readonly width: number;
  readonly height: number;
  readonly objectiveMs: number;
  readonly nowUs: () => number;
}

/** Resolves when a broker has the frame. Its capture time is when it was due, so that a late sender shows as latency. */
export function createEdgeSender(load: EdgeLoad): (arrival: Arrival, dueAtUs: number) => Promise<void> {
  const { site, producer, partitions, pool, width, height, objectiveMs, nowUs } = load;
  const topic = framesTopic(site);
  const epoch = Math.floor(nowUs() / 1e6);
  const constant = {
    epoch,
    kind: 'live',
    configVersion: 0,
    regions: [],
    score: 1,
    objectiveMs,
    width,
    height,
    sourceWidth: width,
    sourceHeight: height,
    work: { decodeMs: 0, gateMs: 0, encodeMs: 0 },
    clock: { offsetUs: 0, errorUs: 0 },
  } as const;
  return async ({ camera, seq }, dueAtUs) => {
    const jpeg = pool[(camera * 7 + seq) % pool.length];
    if (!jpeg) throw new RangeError('the pool of frames is empty, expected at least one');
    const dueUs = Math.round(dueAtUs);
    const message = encodeFrame({
      ...constant,
      cameraId: `${site}/camera-${camera + 1}`,
      seq,
      jpeg,
      capturedAtUs: dueUs,
      gatedAtUs: dueUs,
      encodedAtUs: dueUs,
      publishedAtUs: nowUs(),
    });
    await producer.send(topic, { ...message, partition: camera % partitions });
  };
}
