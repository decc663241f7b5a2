import { answerClock } from '@framegate/clock-sync';
import { followDirectory } from '@framegate/camera-directory';
import { cameraConfigEvent, cloudTopics, topicNames } from '@framegate/contracts';
import { nextToken, planConfiguration } from '@framegate/control';
import type { MessageBus } from '@framegate/message-bus';
import type { Health, Logger, Metrics } from '@framegate/service-kit';
import { abortableDelay, followBusState } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import { followLeadership } from '@framegate/state-store';
import { createControllerMetrics } from './metrics.ts';

/** One time of leading. */
interface Term {
  readonly leaseToken: number;
  /** What it writes carries this. */
  token?: number;
}

export interface ControllerDeps {
  readonly bus: MessageBus;
  readonly partitions: number;
  /** The time that sites are told when they ask, µs since the Unix epoch. */
  readonly nowUs: () => number;
  /** Where replicas agree on who leads. */
  readonly store: StateStore;
  /** Unique for each process. */
  readonly holder: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health<'bus' | 'directory'>;
}

const retryMs = 1000;
/** A standby leads after this and a third at most, when the leader was killed. */
const leaseMs = 3000;

/**
 * The controller: turns what operators want of their cameras into the configurations that cameras obey. Of several
 * replicas one leads; the others know all that it knows, and wait.
 */
export async function startController(deps: ControllerDeps): Promise<{ close(): Promise<void> }> {
  const { bus, logger, health, partitions } = deps;
  const metrics = createControllerMetrics(deps.metrics);
  const stopFollowing = followBusState(bus, health, logger);
  await bus.ensureTopics(cloudTopics(partitions));
  const producer = await bus.producer();
  let term: Term | null = null;
  const clock = await answerClock(bus, {
    nowUs: deps.nowUs,
    producer,
    isLeading: () => term !== null,
    onRefused: (topic, error) => logger.warn({ topic, err: error }, 'a message was passed over'),
  });
  let changed = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const onChange = (): void => changed.resolve();

  const directory = await followDirectory(bus, {
    onChange,
    onRefused: (topic, error) => logger.warn({ topic, err: error }, 'a message was passed over'),
  });
  const leadership = followLeadership({
    store: deps.store,
    name: 'controller',
    holder: deps.holder,
    ttlMs: leaseMs,
    onLeading(leaseToken) {
      term = { leaseToken };
      onChange();
    },
    onStandby() {
      term = null;
      metrics.standsBy();
      logger.warn('another controller leads; this one stands by');
    },
    onTrouble: (error) => logger.warn({ err: error }, 'the store of the lease does not answer'),
  });
  health.ready('directory');

  /** The token is settled once the configurations of all leaders before are known. */
  const begin = async (begun: Term): Promise<void> => {
    await directory.caughtUp();
    begun.token = nextToken(begun.leaseToken, directory.configs.values());
    metrics.leads(begun.token);
    logger.info({ token: begun.token }, 'leads');
  };

  /** Published configurations come back through the directory, so a plan is made only from what stands in the topic. */
  const publishPlan = async (token: number): Promise<void> => {
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
        const current = term;
        if (current && current.token === undefined) await begin(current);
        if (current?.token !== undefined && current === term) await publishPlan(current.token);
        await changed.promise;
      } catch (error) {
        if (stopping.signal.aborted) return;
        logger.warn({ err: error }, `a configuration was not published; tried again in ${retryMs / 1000} s`);
        await abortableDelay(retryMs, stopping.signal);
      }
    }
  };
  void run();
  await leadership.check().catch((error: unknown) => {
    logger.warn({ err: error }, 'the store of the lease does not answer; asked again until it does');
  });

  return {
    async close() {
      stopping.abort();
      stopFollowing();
      health.notReady('bus', 'stopping');
      changed.resolve();
      // A send that waits for a broker ends here, and with it the running plan.
      await producer.close();
      await leadership.close();
      await clock.close();
      await directory.close();
    },
  };
}
