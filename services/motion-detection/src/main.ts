import { join } from 'node:path';
import { openEdgeMemory } from '@framegate/camera-pipeline';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import {
  createClock,
  createHealth,
  createMetrics,
  limitRepeats,
  openTracing,
  readConfig,
  readTraceConfig,
  readTogether,
  runMain,
  startHttp,
} from '@framegate/service-kit';
import { readSite } from '@framegate/site-file';
import { startMotionDetection } from './app.ts';
import { configSchema, spoolOf } from './config.ts';

const name = 'motion-detection';

await runMain(
  async ({ env, logger }) => {
    const { config, kafka, site, trace } = readTogether({
      config: () => readConfig(configSchema, env),
      kafka: () => parseKafkaEnvironment(env),
      trace: () => readTraceConfig(env),
      // Where it is not named, the configuration says so.
      site: () => readSite(readConfig(configSchema.pick({ siteFile: true }), env).siteFile, env),
    });
    const memory = openEdgeMemory(join(config.stateDir, 'edge.json'), (error) =>
      logger.warn({ err: error }, 'what the edge remembered can not be read; it begins anew'),
    );
    const { traceRate: rate, instance } = config;
    const tracing = await openTracing(trace, { rate, instance, logger });
    const metrics = createMetrics();
    const health = createHealth(['bus', 'cameras']);
    const { httpHost: host, httpPort: port } = config;
    const http = await startHttp({ host, port, health, registry: metrics.registry, logger });
    const bus = createKafkaBus({
      ...kafka,
      clientId: `${name}-${config.instance}`,
      logger: limitRepeats(logger, () => performance.now()),
    });
    const service = await startMotionDetection({
      ...config,
      ...site,
      bus,
      logger,
      metrics,
      tracing,
      health,
      clock: createClock(),
      memory,
      spool: spoolOf(config),
      pace: config.lossless ? 'none' : 'realtime',
    });
    return {
      finished: service.ended.then((failed) => (failed.length === 0 ? 0 : 1)),
      async close() {
        await service.close();
        await bus.close();
        await tracing?.close();
        await http.close();
      },
    };
  },
  {
    name,
    help: 'Framegate motion detection: cameras in, frames with motion out to Kafka.',
    schema: configSchema,
  },
);
