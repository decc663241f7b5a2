import { discarded } from '@framegate/frame-ledger';
import type { RunReport } from '@framegate/run-observer';

/** What a run came to, for a person. */
export function summaryLines(report: RunReport): string[] {
  const { ledger, latencyMs, slo, bandwidth } = report;
  const { edge, cloud } = ledger;
  const saved = bandwidth.fullRateBytes === 0 ? 0 : 1 - bandwidth.publishedBytes / bandwidth.fullRateBytes;
  return [
    `ran ${report.durationSeconds.toFixed(1)} s: ${edge.captured} frames captured, ${edge.stopped} stopped by the gate, ${edge.published} sent, ${cloud.analysed} analysed`,
    latencyMs.count === 0
      ? 'latency: no live frame was analysed'
      : `latency: p50 ${latencyMs.p50.toFixed(0)} ms, p95 ${latencyMs.p95.toFixed(0)} ms, p99 ${latencyMs.p99.toFixed(0)} ms, of which overhead p50 ${latencyMs.overhead.p50.toFixed(1)} ms, p95 ${latencyMs.overhead.p95.toFixed(1)} ms`,
    slo.due === 0
      ? `promise: nothing was due`
      : `promise: ${(slo.onTimeShare * 100).toFixed(1)} % of ${slo.due} due frames on time (objective ${slo.objectiveMs} ms), ${slo.violationSeconds} violation-seconds`,
    `bandwidth: ${(bandwidth.publishedBytes / 1e6).toFixed(1)} MB sent, ${(saved * 100).toFixed(0)} % less than every frame`,
    `ledger: ${ledger.balanced ? 'balanced' : 'NOT BALANCED'} (superseded ${cloud.superseded}, expired ${cloud.expired}, failed ${cloud.failed}, discarded ${discarded(edge)}, left on the bus ${ledger.bus.onBus}, quarantined ${cloud.quarantined})`,
  ];
}
