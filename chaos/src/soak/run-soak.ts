import { cloudTopics, siteTopics } from '@framegate/contracts';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { abortableDelay, createClock } from '@framegate/service-kit';
import { experimentSchema } from '../experiment.ts';
import { partitions, site, startPlant } from '../local/plant.ts';
import { startWatch } from '../report/watch.ts';
import { drain, injectAll, until } from '../run-experiment.ts';
import { seededRandom } from '../seeded-random.ts';
import { planSoak, readSoakFaults } from './plan-soak.ts';
import type { ProcessSample } from './process-sample.ts';
import { leastMemory, sampleProcess } from './process-sample.ts';
import type { SoakMeasured } from './soak-report.ts';

export interface SoakOptions {
  readonly hours: number;
  readonly seed: number;
  /** Of logs and state. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Takes each sample as it comes: hours of them shall not be lost with the end. */
  readonly keep: (sample: ProcessSample) => void;
  /** Asked for once there is something to report; aborted, the soak comes to rest early. */
  readonly onEarlyEnd: () => AbortSignal;
}

/** Cameras on the network: scenes would be drawn by the edge itself, which then mostly compiles the drawing. */
const start = {
  cameras: 8,
  source: 'network',
  framesPerSecond: 2,
  inferences: 2,
  controllers: 2,
  redis: true,
};
const sampleEveryMs = 30_000;
/** A thread looks for the wish to collect each 50 ms and is done in a few more; nine of them on busy cores take longer. */
const collectMs = 3000;
const startMs = 180_000;

/** Runs everything for hours with a fault each few minutes, and looks at each process. */
export async function runSoak(options: SoakOptions): Promise<SoakMeasured> {
  const { hours, seed, folder, say, keep, onEarlyEnd } = options;
  const random = seededRandom(seed);
  const lastsSeconds = hours * 3600;
  const faults = planSoak(readSoakFaults(), hours, random);
  const experiment = experimentSchema.parse({
    schema: 'framegate.chaos/1',
    title: 'soak',
    hypothesis: 'soak',
    start,
    durationSeconds: 1,
    statements: [{ says: 'balanced', field: 'ledger.balanced', is: true }],
  });
  const plant = await startPlant(experiment, folder, random);
  const bus = createKafkaBus({ brokers: [...plant.brokers], clientId: 'soak' });
  try {
    await bus.ensureTopics([...cloudTopics(partitions), ...siteTopics(site, partitions)]);
    const watch = await startWatch(bus, createClock(), site);
    await until(() => watch.run.cloud().analysed >= start.cameras, startMs, 'first results');
    const startedAt = new Date();
    watch.restart();
    const signal = onEarlyEnd();
    say(`results come; ${hours} h with ${faults.length} faults begin`);
    const samples: ProcessSample[] = [];
    const sampling = (async () => {
      while (watch.now() < lastsSeconds && !signal.aborted) {
        for (const pod of plant.pods) pod.collect?.();
        const memories = await leastMemory(plant.pods, collectMs);
        for (const pod of plant.pods) {
          const sample = await sampleProcess(pod, memories, folder, watch.now() / 3600);
          if (!sample) continue;
          samples.push(sample);
          keep(sample);
        }
        await abortableDelay(sampleEveryMs, signal);
      }
    })();
    const windows = await injectAll(faults, plant, watch, say, signal);
    await sampling;
    const lastedHours = Math.min(hours, watch.now() / 3600);
    say('coming to rest');
    const audit = await drain(plant, bus, watch);
    const results = [...watch.results];
    const measured = { startedAt, hours, lastedHours, seed, samples, results, windows, audit };
    await watch.close();
    return measured;
  } finally {
    await bus.close({ drainTimeoutMs: 0 });
    await plant.close();
  }
}
