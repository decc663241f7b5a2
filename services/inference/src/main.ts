import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import { createDetector, ModelError, resolveModel } from '@framegate/object-detector';
import {
  ConfigError,
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
import { startInference } from './app.ts';
import { configSchema } from './config.ts';

const name = 'inference';
/** What the controller may raise the batch to, where the model leaves it open. */
const mostBatch = 8;

await runMain(
  async ({ env, logger }) => {
    const { config, kafka, trace } = readTogether({
      config: () => readConfig(configSchema, env),
      kafka: () => parseKafkaEnvironment(env),
      trace: () => readTraceConfig(env),
    });
    await refuseUnusable(config.model);
    const { traceRate: rate, instance } = config;
    const tracing = await openTracing(trace, { rate, instance, logger });
    const metrics = createMetrics();
    const health = createHealth(['bus', 'model', 'frames']);
    const { httpHost: host, httpPort: port } = config;
    const http = await startHttp({ host, port, health, registry: metrics.registry, logger });
    const bus = createKafkaBus({
      ...kafka,
      clientId: `${name}-${config.instance}`,
      logger: limitRepeats(logger, () => performance.now()),
    });
    const { workers, threads: threadsPerWorker, provider } = config;
    const service = await startInference({
      ...config,
      bus,
      logger,
      metrics,
      tracing,
      health,
      clock: createClock(),
      defaultModel: config.model,
      openDetector: async (model) =>
        createDetector({
          model: await resolveModel(model),
          workers,
          maxBatch: Math.max(config.maxBatch, mostBatch),
          threadsPerWorker,
          provider,
        }),
    });
    return {
      async close() {
        await service.close();
        await bus.close();
        await tracing?.close();
        await http.close();
      },
    };
  },
  { name, help: 'Framegate inference: frames from Kafka in, detections out.', schema: configSchema },
);

/** The model of every camera that names none is part of the configuration. */
async function refuseUnusable(model: string): Promise<void> {
  try {
    await resolveModel(model);
  } catch (error) {
    throw error instanceof ModelError ? new ConfigError([`FRAMEGATE_MODEL: ${error.message}`]) : error;
  }
}
