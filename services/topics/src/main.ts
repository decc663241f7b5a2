import { createKafkaBus, KafkaAdministration, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import type { Logger } from '@framegate/service-kit';
import { limitRepeats, readConfig, readTogether, runMain } from '@framegate/service-kit';
import { arrangeTopics, checkInstallation } from './app.ts';
import { configSchema } from './config.ts';

const name = 'topics';

await runMain(
  async ({ env, logger }) => {
    const { config, kafka } = readTogether({
      config: () => readConfig(configSchema, env),
      kafka: () => parseKafkaEnvironment(env),
    });
    const options = {
      ...kafka,
      clientId: `framegate-${name}`,
      replicationFactor: config.replicationFactor,
      logger: limitRepeats(logger, () => performance.now()),
    };
    const late = AbortSignal.timeout(config.timeoutMs);
    if (config.check) {
      const bus = createKafkaBus(options);
      const finished = within(late, logger, async () => {
        const mistakes = await checkInstallation(bus, config);
        for (const mistake of mistakes) logger.error(mistake);
        if (mistakes.length === 0) logger.info('all topics are there, all services are ready');
        return mistakes.length === 0 ? 0 : 1;
      });
      return { finished, close: async () => bus.close({ drainTimeoutMs: 0 }) };
    }
    const administration = new KafkaAdministration(options);
    const finished = within(late, logger, async () => {
      await arrangeTopics(administration, config, logger);
      return 0;
    });
    return { finished, close: async () => administration.close() };
  },
  {
    name,
    help: 'Framegate topics: creates the topics of a Kafka, or widens them, and lets sites do what they must.',
    schema: configSchema,
  },
);

/** Its exit code; 1 with one line when it fails or takes too long. */
async function within(late: AbortSignal, logger: Logger, task: () => Promise<number>): Promise<number> {
  const { promise: timedOut, reject } = Promise.withResolvers<never>();
  late.addEventListener('abort', () => reject(new Error('the brokers did not answer in time')));
  try {
    return await Promise.race([task(), timedOut]);
  } catch (error) {
    logger.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
