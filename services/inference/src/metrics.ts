import type { Detection, Frame, InferenceTelemetry, ModelTelemetry, OutcomeName } from '@framegate/contracts';
import { latencyMs, siteOf } from '@framegate/contracts';
import type { DetectErrorCode } from '@framegate/object-detector';
import type { Metrics } from '@framegate/service-kit';
import {
  boundLabel,
  latencyBucketsSeconds,
  objectiveFractions,
  stageBucketsSeconds,
} from '@framegate/service-kit';

/** What the inference service exports, after the Prometheus conventions: base units, few label values. */
export function createInferenceMetrics(metrics: Metrics) {
  const cameraLabel = boundLabel();
  const siteLabel = boundLabel();
  const outcomes = metrics.counter('frame_outcomes_total', 'Received frames by outcome', [
    'camera',
    'kind',
    'outcome',
  ]);
  const quarantined = metrics.counter('quarantined_messages_total', 'Messages refused, by reason', ['code']);
  const latency = metrics.tracedHistogram(
    'result_latency_seconds',
    'Capture to detection',
    latencyBucketsSeconds,
    ['site', 'kind'],
  );
  const ofObjective = metrics.tracedHistogram(
    'result_objective_ratio',
    "Capture to detection of live frames as a multiple of their camera's objective: above 1 is late",
    objectiveFractions,
    ['site'],
  );
  const stages = metrics.histogram(
    'inference_stage_seconds',
    'Time of each stage for an analysed frame: transport and wait are waits, jpeg-decode and inference are work, emit runs until the bus has the result',
    stageBucketsSeconds,
    ['stage'],
  );
  const errors = metrics.counter('inference_stage_errors_total', 'Frames that failed, by stage and reason', [
    'stage',
    'reason',
  ]);
  const service = metrics.histogram(
    'batch_service_seconds',
    'Time of a batch in a worker',
    stageBucketsSeconds,
    ['model'],
  );
  const batch = metrics.histogram('batch_frames', 'Frames in a batch', [1, 2, 4, 8, 16, 32], ['model']);
  const lag = metrics.gauge('consumer_lag_messages', 'Frames on the bus, here, that have no outcome yet');
  const missed = metrics.counter(
    'consumer_missed_messages_total',
    'Messages that the retention of their topic removed before they were read',
  );
  let missedBefore = 0;
  const ledger = metrics.gauge('cloud_ledger_messages', 'The cloud ledger of this instance', ['entry']);
  const lanes = laneGauges(metrics);
  return {
    quarantined: (code: string) => quarantined.inc({ code }),
    /** @param traceId of the frame, where its trace is recorded */
    outcome(
      { frame }: { frame: Frame },
      outcome: OutcomeName,
      { detection, reason }: { detection?: Detection; reason?: string },
      traceId?: string,
    ) {
      const { cameraId, kind } = frame;
      outcomes.inc({ camera: cameraLabel(cameraId), kind, outcome });
      if (outcome === 'failed') errors.inc(failureOf(reason));
      if (!detection) return;
      const { timesUs, workMs, objectiveMs } = detection;
      const site = siteLabel(siteOf(cameraId));
      latency.observe({ site, kind }, latencyMs(detection) / 1000, traceId);
      if (kind === 'live' && objectiveMs > 0)
        ofObjective.observe({ site }, latencyMs(detection) / objectiveMs, traceId);
      stages.observe({ stage: 'transport' }, Math.max(0, timesUs.received - timesUs.published) / 1e6);
      stages.observe({ stage: 'wait' }, (timesUs.started - timesUs.received) / 1e6);
      stages.observe({ stage: 'jpeg-decode' }, workMs.jpegDecode / 1000);
      stages.observe({ stage: 'inference' }, workMs.inference / 1000);
    },
    told: (tookMs: number) => stages.observe({ stage: 'emit' }, tookMs / 1000),
    batch(model: string, frames: number, serviceMs: number) {
      service.observe({ model }, serviceMs / 1000);
      batch.observe({ model }, frames);
    },
    consumer(behind: number, missedNow: number) {
      lag.set(behind);
      missed.inc(Math.max(0, missedNow - missedBefore));
      missedBefore = missedNow;
    },
    telemetry({ counts, models = [] }: InferenceTelemetry) {
      for (const [entry, messages] of Object.entries(counts)) ledger.set({ entry }, messages);
      for (const model of models) lanes(model);
    },
  };
}

/** What can be seen of each model's mailbox and workers. */
function laneGauges(metrics: Metrics): (telemetry: ModelTelemetry) => void {
  const depth = metrics.gauge('mailbox_frames', 'Frames that wait in the mailbox', ['model']);
  const headAge = metrics.gauge('mailbox_head_age_seconds', 'Age of the oldest waiting frame', ['model']);
  const workers = metrics.gauge('inference_workers', 'Worker threads', ['model']);
  const batch = metrics.gauge('inference_batch_limit_frames', 'Frames in one run at most, as set', ['model']);
  const busy = metrics.counter('inference_worker_busy_seconds_total', 'What the workers worked', ['model']);
  const before = new Map<string, number>();
  return ({ model, mailboxDepth, headAgeMs, workers: count, batch: limit, busyMs }) => {
    depth.set({ model }, mailboxDepth);
    headAge.set({ model }, headAgeMs / 1000);
    workers.set({ model }, count);
    batch.set({ model }, limit);
    busy.inc({ model }, Math.max(0, busyMs - (before.get(model) ?? 0)) / 1000);
    before.set(model, busyMs);
  };
}

/** What the detector says of a picture that it can't decode. */
const pictureFailures: ReadonlySet<string> = new Set<DetectErrorCode>(['BAD_IMAGE', 'TOO_LARGE']);

function failureOf(reason = 'UNKNOWN'): { stage: string; reason: string } {
  return { stage: pictureFailures.has(reason) ? 'jpeg-decode' : 'inference', reason };
}
