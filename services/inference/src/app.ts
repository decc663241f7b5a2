import type { FollowedCapacity } from '@framegate/camera-directory';
import { followCapacity, followDirectory } from '@framegate/camera-directory';
import { cloudTopics, inferenceTelemetryEvent, topicNames } from '@framegate/contracts';
import { createCloudTracer } from '@framegate/frame-trace';
import { startInferencePipeline } from '@framegate/inference-pipeline';
import type { MessageBus } from '@framegate/message-bus';
import type { Detector } from '@framegate/object-detector';
import type { Clock, Health, Logger, Metrics, Tracing } from '@framegate/service-kit';
import {
  createBusMetrics,
  followBusState,
  prepareTopics,
  limitRepeats,
  parseTraceparent,
  traceField,
  startTicker,
} from '@framegate/service-kit';
import { createInferenceMetrics } from './metrics.ts';

export interface InferenceDeps {
  readonly instance: string;
  readonly group: string;
  /** Where the frames are. Default: every site's topic. */
  readonly topics?: readonly (string | RegExp)[];
  /** Where a group begins that has read nothing yet. Default `earliest`. */
  readonly from?: 'earliest' | 'latest';
  readonly bus: MessageBus;
  readonly partitions: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Absent: no traces. */
  readonly tracing?: Tracing | undefined;
  readonly health: Health<'bus' | 'model' | 'frames'>;
  /** Opens the detector of a model; called once for each. */
  readonly openDetector: (model: string) => Promise<Detector>;
  /** For cameras without a configuration; opened at start. */
  readonly defaultModel: string;
  readonly minScore: number;
  readonly maxBatch: number;
  readonly batchWaitMs: number;
  readonly lossless: boolean;
}

export interface Inference {
  /** Resolves when every frame that is on the bus now has its outcome. */
  caughtUp(): Promise<void>;
  /** Frames that are on the bus and have no outcome yet. */
  lag(): Promise<number>;
  close(): Promise<void>;
}

const reportEveryMs = 1000;
/** The lag is asked of the broker, so it is asked less often. */
const lagEveryMs = 5000;

/** The cloud service: frames in, detections out. */
export async function startInference(deps: InferenceDeps): Promise<Inference> {
  const { bus, clock, logger, health } = deps;
  const metrics = createInferenceMetrics(deps.metrics);
  const detectors = new Map<string, Promise<Detector>>();
  let capacity: FollowedCapacity | undefined;
  /** Frames don't wait for it: those that are there work on while others start. */
  const setWorkers = async (model: string, workers: number): Promise<void> => {
    const detector = await detectors.get(model)?.catch(() => undefined);
    if (!detector || detector.workers === workers) return;
    const before = detector.workers;
    await detector.setWorkers(workers).catch((error: unknown) => {
      logger.error({ model, err: error }, `only ${detector.workers} of ${workers} workers could be started`);
    });
    logger.info({ model, before, workers: detector.workers }, 'workers changed');
  };
  const detectorFor = (model: string): Promise<Detector> => {
    let detector = detectors.get(model);
    if (!detector) {
      detectors.set(model, (detector = deps.openDetector(model)));
      detector.then(
        // It starts with what holds then.
        ({ workers }) => setWorkers(model, capacity?.of(model)?.workers ?? workers),
        () => detectors.delete(model),
      );
    }
    return detector;
  };

  await detectorFor(deps.defaultModel);
  const onRefused = (topic: string, error: unknown): void =>
    logger.warn({ topic, err: error }, 'a message was passed over');
  health.ready('model');
  const stopFollowing = followBusState(bus, health, logger, createBusMetrics(deps.metrics, 'inference'));
  await prepareTopics({ bus, topics: cloudTopics(deps.partitions), health, logger });
  capacity = await followCapacity(bus, {
    onChange: ({ models }) => {
      for (const [model, { workers }] of Object.entries(models)) void setWorkers(model, workers);
    },
    onRefused,
  });
  const directory = await followDirectory(bus, {
    onChange: () => {},
    onRefused,
  });
  const producer = await bus.producer();
  const repeated = limitRepeats(logger, () => performance.now());
  const pipeline = await startInferencePipeline({
    ...deps,
    nowUs: clock.nowUs,
    detectorFor,
    maxBatchOf: (model) => capacity?.of(model)?.batch ?? deps.maxBatch,
    modelOf: (cameraId) => directory.configs.get(cameraId)?.model ?? deps.defaultModel,
    intentOf: (cameraId) => directory.intents.get(cameraId),
    trace: deps.tracing && createCloudTracer(deps.tracing),
    observer: {
      onRefused(code, message, { topic, partition, offset, headers }) {
        metrics.quarantined(code);
        const traceId = parseTraceparent(headers['traceparent'] ?? '')?.traceId;
        const place = { topic, partition, offset: String(offset), code, ...traceField(traceId) };
        logger.warn(place, `a message went to quarantine: ${message}`);
      },
      onOutcome(received, outcome, result, traceId) {
        metrics.outcome(received, outcome, result, traceId);
        if (outcome !== 'failed') return;
        const { cameraId, seq } = received.frame;
        const { reason } = result;
        repeated.warn({ cameraId, seq, ...traceField(traceId) }, `a frame was not analysed: ${reason}`);
      },
      onTold: (_received, _outcome, tookMs) => metrics.told(tookMs),
      onBatch: metrics.batch,
      onModelMissing: (model, error) => logger.error({ model, err: error }, 'a model can not be used'),
    },
  });
  health.ready('frames');

  const report = async (): Promise<void> => {
    const telemetry = pipeline.telemetry();
    metrics.telemetry(telemetry);
    await producer.send(topicNames.telemetry, inferenceTelemetryEvent.encode(telemetry));
  };
  const onReportFailed = (error: unknown): void =>
    logger.warn({ err: error }, 'the report of this second was not sent');
  const ticker = startTicker(reportEveryMs, report, onReportFailed);
  const { subscription } = pipeline;
  const lagTicker = startTicker(
    lagEveryMs,
    async () => {
      if (bus.state() === 'connected') metrics.consumer(await subscription.lag(), subscription.expired());
    },
    (error) => logger.debug({ err: error }, 'the lag could not be asked for'),
  );

  return {
    caughtUp: () => pipeline.subscription.caughtUp(),
    lag: () => pipeline.subscription.lag(),
    async close() {
      stopFollowing();
      health.notReady('bus', 'stopping');
      const stopped = Promise.all([ticker.stop(), lagTicker.stop()]);
      await Promise.all([pipeline.close(), directory.close(), capacity?.close()]);
      const lastReport = report().catch(onReportFailed);
      // Reports that wait for a broker end here.
      await producer.close({ drainTimeoutMs: bus.state() === 'connected' ? 1000 : 0 });
      await Promise.all([stopped, lastReport]);
      await Promise.all([...detectors.values()].map(async (detector) => (await detector).close()));
    },
  };
}
