import { randomUUID } from 'node:crypto';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
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
import { followDeclaration } from '@framegate/slo-file';
import { createInProcessStore, openRedisStore } from '@framegate/state-store';
import { controlApi } from './api.ts';
import type { Controller } from './app.ts';
import { startController } from './app.ts';
import { configSchema } from './config.ts';
import { openScaling } from './open-scaling.ts';
import { followProfiles } from './profile-files.ts';

const name = 'controller';

await runMain(
  async ({ env, logger }) => {
    const { config, kafka, trace } = readTogether({
      config: () => readConfig(configSchema, env),
      kafka: () => parseKafkaEnvironment(env),
      trace: () => readTraceConfig(env),
    });
    const { traceRate: rate, instance } = config;
    const tracing = await openTracing(trace, { rate, instance, logger });
    const metrics = createMetrics();
    const health = createHealth(['bus', 'directory']);
    const { httpHost: host, httpPort: port, partitions, cores, apiToken: token } = config;
    if (token === undefined && !isLoopback(host))
      throw new ConfigError([
        `FRAMEGATE_HTTP_HOST=${host} is reached from other machines: set FRAMEGATE_API_TOKEN, or use 127.0.0.1`,
      ]);
    const { scaling, profiles, declaration } = readTogether({
      scaling: () => openScaling(config, env),
      profiles: () => followProfiles(config.profileFiles, logger),
      declaration: () => followDeclaration(config.sloFile, { cores, partitions }, logger),
    });
    let service: Controller | null = null;
    const routes = controlApi({ controller: () => service, token });
    const http = await startHttp({ host, port, health, registry: metrics.registry, logger, routes });
    const repeated = limitRepeats(logger, () => performance.now());
    const bus = createKafkaBus({ ...kafka, clientId: `${name}-${config.instance}`, logger: repeated });
    const { redisUrl: url } = config;
    const store = url
      ? openRedisStore({ url, onError: (err) => repeated.warn({ err }, 'no connection to Redis') })
      : createInProcessStore(() => performance.now());
    const { nowUs } = createClock();
    const holder = `${config.instance}/${randomUUID()}`;
    const started = (service = await startController({
      bus,
      nowUs,
      partitions,
      cores,
      mode: config.mode,
      declaration: () => declaration?.current(),
      ...(profiles && { profiles: profiles.current }),
      scaling,
      store,
      holder,
      logger,
      metrics,
      tracing,
      health,
    }));
    return {
      async close() {
        declaration?.close();
        profiles?.close();
        await started.close();
        await store.close();
        await scaling.scaler?.close();
        await bus.close();
        await tracing?.close();
        await http.close();
      },
    };
  },
  {
    name,
    help: 'Framegate controller: keeps the latency objectives by telling cameras and inference what to do.',
    schema: configSchema,
  },
);

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
