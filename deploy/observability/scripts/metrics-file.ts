import { join } from 'node:path';
import { describeMetrics } from '../src/metrics/described-metrics.ts';
import { metricsPage } from '../src/metrics/metrics-page.ts';
import type { WatchedRun } from '../test/watched-run-fixture.ts';

export const metricsFile = join(import.meta.dirname, '../../../docs/metrics.md');

/** The reference of all metrics, from the registries of services that run. */
export async function describeRun({ services }: WatchedRun): Promise<string> {
  const described = services.map(async ({ name, metrics }) => ({
    name,
    metrics: await describeMetrics(metrics.registry),
  }));
  return metricsPage(await Promise.all(described));
}
