import { siteTopics } from '@framegate/contracts';
import type { Arrival, CameraServer } from '@framegate/load-generator';
import {
  createEdgeSender,
  renderFramePool,
  renderH264Loops,
  startMjpegServer,
  startRtspServer,
  waitUntilUs,
} from '@framegate/load-generator';
import type { MessageBus } from '@framegate/message-bus';
import type { Part } from './arrivals-for.ts';
import type { LoadOptions } from './load-options.ts';
import { within } from './within.ts';

/** Where a part's frames go. */
export interface LoadTarget {
  send(arrival: Arrival, dueAtUs: number): Promise<void>;
  /** Sent so far. */
  bytes(): number;
  close(): Promise<void>;
}

export interface TargetContext {
  readonly part: Part;
  /** Of the role that sends into one. */
  readonly bus: MessageBus | undefined;
  readonly nowUs: () => number;
  /** Told in a line what there is to be known. */
  readonly tell: (text: string) => void;
  /** Frames to send in place of those that the options ask for. */
  readonly pool?: readonly Uint8Array[] | undefined;
}

/** @throws Error that names a clip that can't be read, or a broker that refuses or does not answer */
export async function openTarget(options: LoadOptions, context: TargetContext): Promise<LoadTarget> {
  if (options.as === 'mjpeg' || options.as === 'rtsp') return openCameras(options, context);
  return context.bus ? openEdge(options, context.bus, context) : delayLine(options, context.nowUs);
}

/** Frames that wait for a broker in each partition: more are refused and counted, a stalled broker fills no memory. */
const waiting = { maxQueuedMessages: 2000, maxQueuedBytes: 128 * 1024 * 1024 };
/** What was not acknowledged by the end of the run has failed and is told. */
const drainMs = 1000;

async function openEdge(
  options: LoadOptions,
  bus: MessageBus,
  { nowUs, pool: given }: TargetContext,
): Promise<LoadTarget> {
  const { site, partitions, size, quality, clip } = options;
  const patienceMs = options['patience-seconds'] * 1000;
  const silence = `the broker did not acknowledge it within ${options['patience-seconds']} s`;
  const pool = given ?? (await renderFramePool({ ...size, quality, clip }));
  await within(
    bus.ensureTopics(siteTopics(site, partitions)),
    patienceMs,
    `the broker can't be reached or does not answer (${options['patience-seconds']} s): is it running, and does KAFKA_BROKERS name it?`,
  );
  const producer = await bus.producer(waiting);
  const sender = createEdgeSender({ site, producer, partitions, pool, ...size, objectiveMs: 500, nowUs });
  const mean = pool.reduce((sum, jpeg) => sum + jpeg.byteLength, 0) / pool.length;
  let sent = 0;
  return {
    send(arrival, dueAtUs) {
      sent += 1;
      return within(sender(arrival, dueAtUs), patienceMs, silence);
    },
    bytes: () => Math.round(sent * mean),
    close: () => producer.close({ drainTimeoutMs: drainMs }),
  };
}

/** The cameras of a part keep their numbers; the others of its server are read by nobody. */
async function openCameras(options: LoadOptions, { part, tell }: TargetContext): Promise<LoadTarget> {
  const { as, size, quality, clip, cameras, host, seconds } = options;
  const port = options.port === 0 ? 0 : options.port + part.index;
  const place = { host, port, cameras };
  const server =
    as === 'rtsp'
      ? await startRtspServer({ ...place, ...(await renderH264Loops({ ...size, clip })) })
      : await startMjpegServer({ ...place, pool: await renderFramePool({ ...size, quality, clip }) });
  const own = Array.from({ length: cameras }, (_, camera) => camera).filter(
    (camera) => camera % part.of === part.index,
  );
  const [first, last] = [own[0] ?? 0, own.at(-1) ?? 0];
  tell(`${own.length} cameras for ${seconds} s: ${server.urlOf(first)} to ${server.urlOf(last)}`);
  const read = await waitForReaders(server, own.length, options['wait-seconds']);
  if (read < own.length)
    tell(
      `${read} of ${own.length} cameras are read after ${options['wait-seconds']} s: frames of the others fail`,
    );
  let bytes = 0;
  return {
    async send({ camera, seq, moves }, dueAtUs) {
      bytes += await server.send(camera, { dueUs: dueAtUs, seq, moves });
    },
    bytes: () => bytes,
    close: () => server.close(),
  };
}

async function waitForReaders(server: CameraServer, all: number, atMostSeconds: number): Promise<number> {
  const untilMs = performance.now() + atMostSeconds * 1000;
  while (server.read() < all && performance.now() < untilMs)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return server.read();
}

function delayLine(options: LoadOptions, nowUs: () => number): LoadTarget {
  const delayUs = options['delay-ms'] * 1000;
  return {
    send: () => waitUntilUs(nowUs() + delayUs, nowUs),
    bytes: () => 0,
    close: async () => {},
  };
}
