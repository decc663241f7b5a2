import type { OpenMetricsContentType } from 'prom-client';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Fractions of an objective: dense around it, because what is asked is how many results were late, and how late. */
export const objectiveFractions = [0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 4, 10] as const;

/** Where nothing else is said, results are promised within this. */
const usualObjectiveSeconds = 0.5;

/** For latencies in seconds: the fractions of an objective of 500 ms. */
export const latencyBucketsSeconds = objectiveFractions.map(
  (fraction) => Math.round(fraction * usualObjectiveSeconds * 1e6) / 1e6,
);

/** For the work and waits within one stage, in seconds: each bound about twice the one before. */
export const stageBucketsSeconds = [
  0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5,
] as const;

export type MetricsRegistry = Registry<OpenMetricsContentType>;

/** A histogram whose buckets point to an example: the trace of a frame that fell into them. */
export interface TracedHistogram<Label extends string> {
  /** @param traceId of a trace that is recorded; undefined where there is none */
  observe(labels: Readonly<Record<Label, string>>, value: number, traceId?: string): void;
}

/** Makers of metrics that belong to one registry; a name gets the prefix `framegate_`. Asked twice, they give the same. */
export interface Metrics {
  readonly registry: MetricsRegistry;
  counter<const Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
  ): Counter<Label>;
  gauge<const Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
  ): Gauge<Label>;
  /** @param buckets upper bounds, in the unit that the name ends with */
  histogram<const Label extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels?: readonly Label[],
  ): Histogram<Label>;
  tracedHistogram<const Label extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels?: readonly Label[],
  ): TracedHistogram<Label>;
}

/**
 * A service's metrics, in the OpenMetrics format because only that carries exemplars. Each service passes its own
 * registry, so that several run in one process without a collision.
 * @param processMetrics also collect CPU, memory, garbage collection and event loop lag; once a process is enough
 */
export function createMetrics({
  registry = openMetricsRegistry(),
  processMetrics = true,
}: { registry?: MetricsRegistry; processMetrics?: boolean } = {}): Metrics {
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const common = <Label extends string>(name: string, help: string, labels: readonly Label[] = []) => ({
    name: `framegate_${name}`,
    help,
    labelNames: labels,
    registers: [registry],
  });
  const known = (name: string): unknown => registry.getSingleMetric(`framegate_${name}`);
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels: readonly Label[] | undefined,
    enableExemplars: boolean,
  ): Histogram<Label> => {
    const found = known(name);
    if (found instanceof Histogram) return found;
    return new Histogram({ ...common(name, help, labels), buckets: [...buckets], enableExemplars });
  };
  return {
    registry,
    counter(name, help, labels) {
      const found = known(name);
      return found instanceof Counter ? found : new Counter(common(name, help, labels));
    },
    gauge(name, help, labels) {
      const found = known(name);
      return found instanceof Gauge ? found : new Gauge(common(name, help, labels));
    },
    histogram: (name, help, buckets, labels) => histogram(name, help, buckets, labels, false),
    tracedHistogram(name, help, buckets, labels) {
      const traced = histogram<string>(name, help, buckets, labels, true);
      return {
        observe: (of, value, traceId) =>
          traced.observe({
            labels: of,
            value,
            ...(traceId === undefined ? {} : { exemplarLabels: { trace_id: traceId } }),
          }),
      };
    },
  };
}

function openMetricsRegistry(): MetricsRegistry {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}
