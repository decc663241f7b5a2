import { z } from 'zod';

/** A metric as its reference describes it. */
export interface DescribedMetric {
  /** As Prometheus stores it; a histogram's series have `_bucket`, `_sum` and `_count` behind it. */
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

/** The part of a registry of prom-client that lists its metrics. */
interface ListsMetrics {
  getMetricsAsArray(): readonly object[];
  getMetricsAsJSON(): Promise<readonly object[]>;
}

const labelsSchema = z.object({ name: z.string(), labelNames: z.array(z.string()).default([]) });
const metricSchema = z.object({
  name: z.string(),
  help: z.string(),
  type: z.string(),
  values: z.array(z.object({ labels: z.record(z.string(), z.unknown()) })),
});
/** Labels that come with the type of a metric. */
const ofType = new Set(['le', 'quantile']);

/** Every metric of a registry, by name. Labels are those that were declared, or else those that its series have. */
export async function describeMetrics(registry: ListsMetrics): Promise<DescribedMetric[]> {
  const told = (await registry.getMetricsAsJSON()).map((metric) => metricSchema.parse(metric));
  const declared = new Map(
    registry.getMetricsAsArray().map((metric) => {
      const { name, labelNames } = labelsSchema.parse(metric);
      return [name, labelNames];
    }),
  );
  const described = told.map(({ name, help, type, values }): DescribedMetric => {
    const seen = values.flatMap(({ labels }) => Object.keys(labels));
    const labels = [...new Set([...(declared.get(name) ?? []), ...seen])].filter(
      (label) => !ofType.has(label),
    );
    return { name: type === 'counter' ? withTotal(name) : name, type, labels, help };
  });
  return described.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** OpenMetrics takes the suffix of a counter off its family's name and puts it back on its series. */
function withTotal(name: string): string {
  return name.endsWith('_total') ? name : `${name}_total`;
}

/** Every name under which Prometheus stores series of a metric. */
export function seriesNames({ name, type }: DescribedMetric): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
