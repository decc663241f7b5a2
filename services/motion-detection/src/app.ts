import type { EdgeMemory, EdgeSite, SiteCamera, SpoolSettings } from '@framegate/camera-pipeline';
import { startEdgeSite } from '@framegate/camera-pipeline';
import { clockWarning } from '@framegate/clock-sync';
import type { ClockOffset } from '@framegate/contracts';
import { edgeTopics } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import type { Clock, Health, Logger, Metrics, Tracing } from '@framegate/service-kit';
import {
  createBusMetrics,
  followBusState,
  prepareTopics,
  limitRepeats,
  traceField,
  startTicker,
} from '@framegate/service-kit';
import { createEdgeMetrics } from './metrics.ts';

export interface MotionDetectionDeps {
  readonly site: string;
  readonly timezone: string;
  readonly instance: string;
  readonly cameras: readonly SiteCamera[];
  readonly bus: MessageBus;
  readonly partitions: number;
  readonly clock: Clock;
  readonly memory: EdgeMemory;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Absent: no traces. */
  readonly tracing?: Tracing | undefined;
  readonly health: Health<'bus' | 'cameras'>;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly lossless: boolean;
  readonly configWaitMs: number;
  /** Keeps frames while the bus is away. */
  readonly spool?: SpoolSettings | undefined;
  /** Seconds without a word of a controller until the cameras go to the site's own safe rung; 0 or absent: never. */
  readonly safeAfterSeconds?: number;
  /** Waits until the bus may take another frame; for a lossless run in one process. */
  readonly admit?: (stopping: AbortSignal) => Promise<void>;
}

export interface MotionDetection {
  /** Resolves when all sources have ended (files) and their frames have left, with the cameras that failed for good. */
  readonly ended: Promise<readonly string[]>;
  close(): Promise<void>;
}

const reportEveryMs = 1000;

/** The edge service of one site: cameras in, frames with motion out. */
export async function startMotionDetection(deps: MotionDetectionDeps): Promise<MotionDetection> {
  const { bus, logger, health } = deps;
  const metrics = createEdgeMetrics(deps.metrics, deps.site);
  const stopFollowing = followBusState(
    bus,
    health,
    logger,
    createBusMetrics(deps.metrics, 'motion-detection'),
  );
  const repeated = limitRepeats(logger, () => performance.now());
  const failed = new Set<string>();
  const edge: EdgeSite = await startEdgeSite({
    ...deps,
    prepare: () => prepareTopics({ bus, topics: edgeTopics(deps.site, deps.partitions), health, logger }),
    observer: {
      onStatus(cameraId, status) {
        if (status.fatal) failed.add(cameraId);
        const bindings = {
          cameraId,
          state: status.state,
          ...(status.reason ? { reason: status.reason } : {}),
        };
        logger[status.state === 'offline' || status.fatal ? 'warn' : 'info'](bindings, 'camera');
        metrics.online(cameraId, status.state === 'online');
      },
      onFate: metrics.fate,
      onSent: metrics.sent,
      onAcknowledged: (_cameraId, _frame, ackMs) => metrics.acknowledged(ackMs),
      onUndecoded: metrics.undecoded,
      onSafeRung: (isSafe) => {
        if (isSafe) logger.warn('no controller is heard: the cameras go to the safe rung of this site');
        else logger.info('a controller is heard again: the cameras do what it says');
      },
      onRefusedFrame: (cameraId, seq, fate, traceId) =>
        repeated.warn({ cameraId, seq, ...traceField(traceId) }, `a frame was not published: ${fate}`),
      onRefused: (topic, error) => logger.warn({ topic, err: error }, 'a message was passed over'),
      onSpoolTrouble: (message, error) => repeated.warn(error === undefined ? {} : { err: error }, message),
      onUntold: (error) =>
        logger.warn({ err: error }, 'the last fates were not told: an audit counts those frames as unknown'),
    },
  });
  health.ready('cameras');
  const judgeClock = (offset: ClockOffset): void => {
    metrics.clock(offset);
    const warning = clockWarning(offset);
    if (warning !== '' && warning !== clockComplaint) logger.warn(offset, warning);
    clockComplaint = warning;
  };
  let clockComplaint = '';
  const ticker = startTicker(
    reportEveryMs,
    async () => {
      const telemetry = edge.telemetry();
      metrics.telemetry(telemetry);
      if (telemetry.clock) judgeClock(telemetry.clock);
      await edge.report();
    },
    (error) => logger.warn({ err: error }, 'the report of this second was not sent'),
  );

  return {
    ended: edge.ended.then(() => [...failed]),
    async close() {
      health.notReady('cameras', 'stopping');
      const stopped = ticker.stop();
      // A report that waits for a broker ends with the edge.
      await edge.close();
      await stopped;
      metrics.telemetry(edge.telemetry());
      stopFollowing();
    },
  };
}
