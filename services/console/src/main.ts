import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { cloudTopics } from '@framegate/contracts';
import { busOnceReady } from '@framegate/message-bus';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import { observeRun } from '@framegate/run-observer';
import {
  createClock,
  createHealth,
  createMetrics,
  limitRepeats,
  prepareTopics,
  readConfig,
  readTogether,
  runMain,
  startHttp,
} from '@framegate/service-kit';
import { followDeclaration } from '@framegate/slo-file';
import { createInProcessStore, openRedisStore } from '@framegate/state-store';
import { configuredAccess } from './access/configured-access.ts';
import { startConsole } from './app.ts';
import { configSchema } from './config.ts';
import { openChannels, readChannels } from './notifications/channels.ts';
import { openHistory, retentionOf } from './events/open-history.ts';
import { promisesBy } from './run/latency-promise.ts';

const name = 'console';
/** What levers can be set to is the controller's business: it refuses what its machine has not. */
const anyMachine = { cores: 1024 };
/** So long the first page waits for a broker; without one it says so. */
const firstAnswerMs = 5000;

await runMain(
  async ({ env, logger }) => {
    const { config, kafka } = readTogether({
      config: () => readConfig(configSchema, env),
      kafka: () => parseKafkaEnvironment(env),
    });
    const access = configuredAccess(config);
    const declaration = followDeclaration(config.sloFile, anyMachine, logger);
    const channels = config.channelsFile === undefined ? [] : readChannels(config.channelsFile);
    const metrics = createMetrics();
    // Its pages say that no broker answers: people must reach them just then.
    const health = createHealth(['bus', 'pages'], ['bus']);
    const { httpHost: host, httpPort: port, redisUrl: url } = config;
    const http = await startHttp({ host, port, health, registry: metrics.registry, logger });
    const repeated = limitRepeats(logger, () => performance.now());
    const kafkaBus = createKafkaBus({ ...kafka, clientId: `${name}-${config.instance}`, logger: repeated });
    const store = url
      ? openRedisStore({ url, onError: (err) => repeated.warn({ err }, 'no connection to Redis') })
      : createInProcessStore(() => performance.now());
    const history = openHistory(config.history);
    const { nowUs } = createClock();
    const topics = cloudTopics(config.partitions);
    const prepared = prepareTopics({ bus: kafkaBus, topics, health, logger });
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => {});
    const bus = busOnceReady(kafkaBus, prepared, failed.reject);
    await Promise.race([prepared, delay(firstAnswerMs)]);
    const promiseOf = promisesBy(() => declaration?.current(), config.target);
    const run = await observeRun(bus, {
      nowUs,
      objectiveMsOf: (cameraId) => promiseOf(cameraId).objectiveMs,
    });
    const console = await startConsole({
      bus,
      run,
      nowUs,
      store,
      past: { store: history, retention: retentionOf(config) },
      channels: openChannels(channels, (channel, err) =>
        repeated.warn({ channel, err }, 'a notification channel has no connection'),
      ),
      holder: `${config.instance}/${randomUUID()}`,
      promiseOf,
      host: config.consoleHost,
      port: config.consolePort,
      access,
      publicOrigins: config.publicOrigin === undefined ? [] : [config.publicOrigin],
      trustProxy: config.trustProxy,
      logger,
      metrics,
      health,
    });
    return {
      finished: failed.promise,
      async close() {
        declaration?.close();
        await console.close();
        await run.close();
        await store.close();
        await history.close();
        await bus.close();
        await http.close();
      },
    };
  },
  {
    name,
    help: 'Framegate console: shows what cameras see and how the promise stands, and takes what is wanted of cameras.',
    schema: configSchema,
  },
);
