import type { Logger } from '../logger.ts';
import type { Tracing } from './span-record.ts';
import type { TraceConfig } from './trace-config.ts';

export interface TracingOptions {
  /** Given: instead of what the environment says of OpenTelemetry's sampler. */
  readonly rate?: number | undefined;
  /** Tells the replicas of a service apart. */
  readonly instance: string;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/**
 * Traces to where the configuration says; undefined where it is undefined. OpenTelemetry's SDK is loaded only then, so
 * that a service without traces starts no later for them.
 */
export async function openTracing(
  config: TraceConfig | undefined,
  { rate = config?.rate ?? 0, instance, logger }: TracingOptions,
): Promise<Tracing | undefined> {
  if (!config) return undefined;
  const { exportSpans } = await import('./export-spans.ts');
  logger.info({ url: config.url, rate }, 'traces are recorded');
  const spans = await exportSpans(config, instance, logger);
  return { ...spans, isSampled: (traceId) => isSampled(traceId, rate) };
}

/** Hexadecimal digits that a number holds exactly. */
const digits = 13;

/** The last digits of an id are as good as random, so a share of the ids is a share of the traces. */
export function isSampled(traceId: string, rate: number): boolean {
  return Number.parseInt(traceId.slice(-digits), 16) < rate * 16 ** digits;
}
