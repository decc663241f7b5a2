import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** For latencies around an objective of 500 ms, in seconds. */
export const latencyBucketsSeconds = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10];

/** Makers of metrics that belong to one registry; a name gets the prefix `framegate_`. */
export interface Metrics {
  readonly registry: Registry;
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
}

/**
 * A service's metrics. Each service passes its own registry, so that several run in one process without a collision.
 * @param processMetrics also collect CPU, memory, garbage collection and event loop lag; once a process is enough
 */
export function createMetrics({
  registry = new Registry(),
  processMetrics = true,
}: { registry?: Registry; processMetrics?: boolean } = {}): Metrics {
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const common = <Label extends string>(name: string, help: string, labels: readonly Label[] = []) => ({
    name: `framegate_${name}`,
    help,
    labelNames: labels,
    registers: [registry],
  });
  return {
    registry,
    counter: (name, help, labels) => new Counter(common(name, help, labels)),
    gauge: (name, help, labels) => new Gauge(common(name, help, labels)),
    histogram: (name, help, buckets, labels) =>
      new Histogram({ ...common(name, help, labels), buckets: [...buckets] }),
  };
}
