import { once } from 'node:events';
import { cloudTopics } from '@framegate/contracts';
import { startTimedPipeline } from '@framegate/inference-pipeline';
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
  const pipeline = await startTimedPipeline({
    instance: `load-${process.pid}`,
    group: 'framegate-inference',
    bus,
    nowUs,
    service: { serviceMs: options['service-ms'] },
    onRefused: (message) => process.stderr.write(`${message}\n`),
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
