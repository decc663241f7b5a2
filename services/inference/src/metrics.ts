import type { Detection, Frame, InferenceTelemetry, OutcomeName } from '@framegate/contracts';
import type { Metrics } from '@framegate/service-kit';
import { latencyBucketsSeconds } from '@framegate/service-kit';

const workBucketsSeconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** What the inference service exports, after the Prometheus conventions: base units, few label values. */
export function createInferenceMetrics(metrics: Metrics) {
  const outcomes = metrics.counter('frame_outcomes_total', 'Received frames by outcome', [
    'camera',
    'kind',
    'outcome',
  ]);
  const quarantined = metrics.counter('quarantined_messages_total', 'Messages refused, by reason', ['code']);
  const latency = metrics.histogram('result_latency_seconds', 'Capture to detection', latencyBucketsSeconds, [
    'camera',
    'kind',
  ]);
  const work = metrics.histogram(
    'inference_stage_seconds',
    'Work of each stage on a frame',
    workBucketsSeconds,
    ['stage'],
  );
  const service = metrics.histogram(
    'batch_service_seconds',
    'Time of a batch in a worker',
    workBucketsSeconds,
    ['model'],
  );
  const batch = metrics.histogram('batch_frames', 'Frames in a batch', [1, 2, 4, 8, 16, 32], ['model']);
  const depth = metrics.gauge('mailbox_frames', 'Frames that wait in the mailbox');
  const headAge = metrics.gauge('mailbox_head_age_seconds', 'Age of the oldest waiting frame');
  const ledger = metrics.gauge('cloud_ledger_messages', 'The cloud ledger of this instance', ['entry']);
  return {
    quarantined: (code: string) => quarantined.inc({ code }),
    outcome({ frame }: { frame: Frame }, outcome: OutcomeName, { detection }: { detection?: Detection }) {
      outcomes.inc({ camera: frame.cameraId, kind: frame.kind, outcome });
      if (!detection) return;
      const latencyUs = detection.timesUs.inferred - detection.timesUs.captured;
      latency.observe({ camera: frame.cameraId, kind: frame.kind }, latencyUs / 1e6);
      work.observe({ stage: 'jpeg-decode' }, detection.workMs.jpegDecode / 1000);
      work.observe({ stage: 'inference' }, detection.workMs.inference / 1000);
    },
    batch(model: string, frames: number, serviceMs: number) {
      service.observe({ model }, serviceMs / 1000);
      batch.observe({ model }, frames);
    },
    gauges(telemetry: InferenceTelemetry) {
      depth.set(telemetry.mailboxDepth);
      headAge.set(telemetry.headAgeMs / 1000);
      for (const [entry, messages] of Object.entries(telemetry.counts)) ledger.set({ entry }, messages);
    },
  };
}
