import { randomUUID } from 'node:crypto';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import {
  createClock,
  createHealth,
  createMetrics,
  limitRepeats,
  readConfig,
  readTogether,
  runMain,
  startHttp,
} from '@framegate/service-kit';
import { createInProcessStore, openRedisStore } from '@framegate/state-store';
import { startController } from './app.ts';
import { configSchema } from './config.ts';

const name = 'controller';

await runMain(
  async ({ env, logger }) => {
    const { config, kafka } = readTogether({
      config: () => readConfig(configSchema, env),
      kafka: () => parseKafkaEnvironment(env),
    });
    const metrics = createMetrics();
    const health = createHealth(['bus', 'directory']);
    const { httpHost: host, httpPort: port, partitions } = config;
    const http = await startHttp({ host, port, health, registry: metrics.registry, logger });
    const repeated = limitRepeats(logger, () => performance.now());
    const bus = createKafkaBus({ ...kafka, clientId: `${name}-${config.instance}`, logger: repeated });
    const { redisUrl: url } = config;
    const store = url
      ? openRedisStore({ url, onError: (err) => repeated.warn({ err }, 'no connection to Redis') })
      : createInProcessStore(() => performance.now());
    const { nowUs } = createClock();
    const holder = `${config.instance}/${randomUUID()}`;
    const service = await startController({ bus, nowUs, partitions, store, holder, logger, metrics, health });
    return {
      async close() {
        await service.close();
        await store.close();
        await bus.close();
        await http.close();
      },
    };
  },
  { name, help: 'Framegate controller: tells cameras what to send.', schema: configSchema },
);
