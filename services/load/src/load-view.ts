import { createHdrHistogram } from '@framegate/load-generator';
import { createHealth, createLogger, createMetrics, startHttp } from '@framegate/service-kit';
import { showProgress } from './show-progress.ts';
import type { LoadView } from './run-load.ts';
import type { PartProgress } from './run-part.ts';

const quantiles = [0.5, 0.95, 0.99];

/** A line that is written over. */
export function terminalView(): LoadView {
  return {
    onProgress(parts) {
      const { sent, completed, failed, latencyUs } = merged(parts);
      const p95 = (latencyUs.quantile(0.95) / 1000).toFixed(1);
      showProgress(`sent ${sent}, through ${completed}, failed ${failed}, p95 ${p95} ms`);
    },
    tell: (text) => process.stderr.write(`${text}\n`),
  };
}

/**
 * `/metrics` for Prometheus while the load runs. Quantiles are of the whole run so far.
 * @throws PortInUseError
 */
export async function startMetricsView(host: string, port: number) {
  const metrics = createMetrics();
  const frames = metrics.counter('load_frames_total', 'Frames of the load by what became of them', ['state']);
  const latency = metrics.gauge(
    'load_latency_seconds',
    'From when a frame was due until it had come through',
    ['quantile'],
  );
  const lateness = metrics.gauge('load_schedule_error_seconds', 'How much later than due frames were begun', [
    'quantile',
  ]);
  let told = { sent: 0, completed: 0, failed: 0 };
  const health = createHealth([]);
  const logger = createLogger({ name: 'load', level: 'silent' });
  const http = await startHttp({ host, port, health, registry: metrics.registry, logger });
  return {
    url: `${http.url}/metrics`,
    onProgress(parts: readonly PartProgress[]) {
      const { latencyUs, scheduleErrorUs, ...counts } = merged(parts);
      for (const state of ['sent', 'completed', 'failed'] as const)
        frames.inc({ state }, counts[state] - told[state]);
      told = counts;
      for (const quantile of quantiles) {
        if (latencyUs.count > 0) latency.set({ quantile }, latencyUs.quantile(quantile) / 1e6);
        lateness.set({ quantile }, scheduleErrorUs.quantile(quantile) / 1e6);
      }
    },
    close: () => http.close(),
  };
}

function merged(parts: readonly PartProgress[]) {
  const [latencyUs, scheduleErrorUs] = [createHdrHistogram(), createHdrHistogram()];
  const counts = { sent: 0, completed: 0, failed: 0 };
  for (const part of parts) {
    latencyUs.merge(part.latencyUs);
    scheduleErrorUs.merge(part.scheduleErrorUs);
    for (const state of ['sent', 'completed', 'failed'] as const) counts[state] += part[state];
  }
  return { ...counts, latencyUs, scheduleErrorUs };
}
