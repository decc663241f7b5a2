import { followDirectory } from '@framegate/camera-directory';
import { cameraConfigEvent, cloudTopics, topicNames } from '@framegate/contracts';
import { nextToken, planConfiguration } from '@framegate/control';
import type { MessageBus } from '@framegate/message-bus';
import type { Health, Logger, Metrics } from '@framegate/service-kit';
import { abortableDelay, followBusState } from '@framegate/service-kit';
import { createControllerMetrics } from './metrics.ts';

export interface ControllerDeps {
  readonly bus: MessageBus;
  readonly partitions: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health<'bus' | 'directory'>;
}

const retryMs = 1000;

/** The controller: turns what operators want of their cameras into the configurations that cameras obey. */
export async function startController(deps: ControllerDeps): Promise<{ close(): Promise<void> }> {
  const { bus, logger, health, partitions } = deps;
  const metrics = createControllerMetrics(deps.metrics);
  const stopFollowing = followBusState(bus, health, logger);
  await bus.ensureTopics(cloudTopics(partitions));
  const producer = await bus.producer();
  let changed = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const onChange = (): void => changed.resolve();

  const directory = await followDirectory(bus, {
    onChange,
    onRefused: (topic, error) => logger.warn({ topic, err: error }, 'a message was passed over'),
  });
  const token = nextToken(0, directory.configs.values());
  health.ready('directory');

  /** Published configurations come back through the directory, so a plan is made only from what stands in the topic. */
  const publishPlan = async (): Promise<void> => {
    for (const config of planConfiguration(directory.intents, directory.configs, { token, partitions })) {
      await producer.send(topicNames.cameraConfig, cameraConfigEvent.encode(config));
      metrics.published(config.cameraId, config.version);
      const { cameraId, version, partition, reason } = config;
      logger.info({ cameraId, version, partition }, `configuration published: ${reason}`);
    }
    await directory.caughtUp();
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      changed = Promise.withResolvers<void>();
      try {
        await publishPlan();
        await changed.promise;
      } catch (error) {
        if (stopping.signal.aborted) return;
        logger.warn({ err: error }, `a configuration was not published; tried again in ${retryMs / 1000} s`);
        await abortableDelay(retryMs, stopping.signal);
      }
    }
  };
  void run();

  return {
    async close() {
      stopping.abort();
      stopFollowing();
      health.notReady('bus', 'stopping');
      changed.resolve();
      // A send that waits for a broker ends here, and with it the running plan.
      await producer.close();
      await directory.close();
    },
  };
}
