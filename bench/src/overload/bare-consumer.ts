import { framesTopic } from '@framegate/contracts';
import { Kafka, logLevel } from 'kafkajs';
import type { RunBus } from '@framegate/service-load';
import type { FrameLoad } from '../frame-load.ts';
import { sendFrames } from '../frame-load.ts';
import { warmUpSeconds } from '../inference-run.ts';

/** What a program makes of the load that reads Kafka by the book. */
export type Way = 'each message' | 'newest in a batch';

export interface BareRun {
  readonly sent: number;
  /** Age of the results that came after the warm-up, ms: in a queue those of later frames would never come. */
  readonly agesMs: readonly number[];
  readonly camerasOfResults: readonly string[];
}

const partitions = 4;
let runs = 0;

/**
 * kafkajs as its documentation shows it, one worker of `serviceMs`: every message in turn (FIFO), or of each batch
 * only the newest of each camera. Ends when the last frame has been sent: what waits then would only be older.
 */
export async function runBare(
  buses: RunBus,
  way: Way,
  load: Omit<FrameLoad, 'site' | 'partitions'>,
  serviceMs: number,
): Promise<BareRun> {
  const site = `bare-${process.pid}-${runs++}`;
  const sender = buses.connect('edge');
  const topic = framesTopic(site);
  await sender.ensureTopics([{ name: topic, partitions }]);
  const kafka = new Kafka({ clientId: 'bare', brokers: [...buses.brokers], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: site });
  const results: { ageMs: number; camera: string }[] = [];
  let warmUntilUs = Infinity;
  const infer = async (camera: string, capturedAtUs: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, serviceMs));
    const doneUs = load.nowUs();
    if (doneUs >= warmUntilUs) results.push({ ageMs: (doneUs - capturedAtUs) / 1000, camera });
  };
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
  await consumer.run(
    way === 'each message'
      ? { eachMessage: async ({ message }) => infer(...stampOf(message)) }
      : {
          eachBatch: async ({ batch }) => {
            const newest = new Map(batch.messages.map((message) => stampOf(message)));
            for (const stamp of newest) await infer(...stamp);
          },
        },
  );
  await joined;
  warmUntilUs = load.nowUs() + warmUpSeconds * 1e6;
  const sent = await sendFrames(sender, {
    ...load,
    seconds: load.seconds + warmUpSeconds,
    site,
    partitions,
  });
  await consumer.disconnect();
  await sender.close();
  return {
    sent,
    agesMs: results.map(({ ageMs }) => ageMs),
    camerasOfResults: results.map(({ camera }) => camera),
  };
}

interface KafkaMessage {
  readonly key: Buffer | null;
  readonly headers?: Readonly<Record<string, unknown>>;
}

function stampOf({ key, headers }: KafkaMessage): [camera: string, capturedAtUs: number] {
  return [String(key), Number(String(headers?.['ce_capturedat']))];
}
