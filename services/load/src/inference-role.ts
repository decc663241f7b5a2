import { once } from 'node:events';
import { cloudTopics } from '@framegate/contracts';
import { startInferencePipeline, timedDetector } from '@framegate/inference-pipeline';
import { createClock } from '@framegate/service-kit';
import { openBus } from './open-bus.ts';
import { showProgress } from './show-progress.ts';
import type { LoadOptions } from './load-options.ts';

/** In place of the inference: takes frames of every site and finds nothing, in a given time. Until Ctrl-C. */
export async function serveInference(options: LoadOptions): Promise<void> {
  const { nowUs } = createClock();
  const buses = await openBus(options.bus);
  const bus = buses.connect('load-inference');
  await bus.ensureTopics(cloudTopics(options.partitions));
  const pipeline = await startInferencePipeline({
    instance: `load-${process.pid}`,
    group: 'framegate-inference',
    bus,
    nowUs,
    lossless: false,
    minScore: 0.3,
    maxBatchOf: () => 1,
    batchWaitMs: 0,
    detectorFor: async () => timedDetector({ serviceMs: options['service-ms'] }),
    modelOf: () => 'timed',
    intentOf: () => undefined,
    observer: {
      onRefused: (_code, message) => process.stderr.write(`${message}\n`),
      onOutcome: () => {},
      onBatch: () => {},
      onModelMissing: () => {},
    },
  });
  const view = setInterval(() => {
    const { received, analysed, superseded, expired } = pipeline.telemetry().counts;
    showProgress(`received ${received}, analysed ${analysed}, superseded ${superseded}, expired ${expired}`);
  }, 500);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(view);
  await pipeline.close();
  await bus.close();
  await buses.stop();
}
