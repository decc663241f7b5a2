import { cloudTopics, framesTopic, siteTopics } from '@framegate/contracts';
import type { CloudCounts, Detection } from '@framegate/contracts';
import { startTimedPipeline } from '@framegate/inference-pipeline';
import { observeRun } from '@framegate/run-observer';
import { createClock } from '@framegate/service-kit';
import type { RunBus } from '@framegate/service-load';
import type { FrameLoad } from './frame-load.ts';
import { sendFrames } from './frame-load.ts';

export interface InferenceRun {
  readonly sent: number;
  readonly counts: CloudCounts;
  /**
   * Finished between the warm-up and the last frame sent. Later ones tell of the end of the load: nothing newer takes
   * the place of the frames that wait then, so they grow old as they never do under load.
   */
  readonly detections: readonly Detection[];
  /** Time of one frame in the worker, milliseconds, as measured. */
  readonly serviceMs: readonly number[];
  /** Resident memory, bytes, each second. */
  readonly residentBytes: readonly number[];
}

/** Consumers join, brokers and compilers warm up: frames of the first seconds tell of that and not of the pipeline. */
export const warmUpSeconds = 4;
let runs = 0;

/** Sends a load through the bus to the inference pipeline with a detector of a given service time. */
export async function runInference(
  buses: RunBus,
  load: Omit<FrameLoad, 'nowUs' | 'site' | 'partitions'>,
  serviceMs: number,
): Promise<InferenceRun> {
  const { nowUs } = createClock();
  // A site for each run: none reads what another left on the bus.
  const site = `bench-${process.pid}-${runs++}`;
  const partitions = 4;
  const [bus, sender, watcher] = [buses.connect('cloud'), buses.connect('edge'), buses.connect('watch')];
  await bus.ensureTopics([...cloudTopics(partitions), ...siteTopics(site, partitions)]);
  const observer = await observeRun(watcher, { nowUs, site, instance: site });
  const detections: Detection[] = [];
  const services: number[] = [];
  const pipeline = await startTimedPipeline({
    instance: site,
    group: site,
    bus,
    topics: [framesTopic(site)],
    nowUs,
    service: { serviceMs },
    onRefused: (message) => process.stderr.write(`${message}\n`),
    onBatch: (ms) => services.push(ms),
  });
  const residentBytes: number[] = [];
  const memory = setInterval(() => residentBytes.push(process.memoryUsage.rss()), 1000);
  const warmUntilUs = nowUs() + warmUpSeconds * 1e6;
  observer.onDetection((detection) => detections.push(detection));
  const seconds = warmUpSeconds + load.seconds;
  const sent = await sendFrames(sender, { ...load, seconds, site, partitions, nowUs });
  const sentUs = nowUs();
  await pipeline.subscription.caughtUp();
  clearInterval(memory);
  const { counts } = pipeline.telemetry();
  await pipeline.close();
  await observer.caughtUp();
  await observer.close();
  await Promise.all([...new Set([bus, sender, watcher])].map((client) => client.close()));
  const underLoad = detections.filter(
    ({ timesUs: { emitted } }) => emitted >= warmUntilUs && emitted <= sentUs,
  );
  return { sent, counts, detections: underLoad, serviceMs: services, residentBytes };
}
