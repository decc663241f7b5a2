import type { SpanContext } from '@opentelemetry/api';
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { limitRepeats } from '../limit-repeats.ts';
import type { Logger } from '../logger.ts';
import type { SpanRecord, Tracing } from './span-record.ts';
import type { TraceConfig } from './trace-config.ts';

const kinds = { internal: SpanKind.INTERNAL, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };
/** Spans that wait while the collector is slow or away; newer ones are dropped. Some hundred frames. */
const maxQueueSize = 4096;
const closeWithinMs = 3000;

/** Spans over OpenTelemetry's SDK. Its own variables (headers, certificates, resource attributes) hold as always. */
export async function exportSpans(
  config: TraceConfig,
  instance: string,
  logger: Pick<Logger, 'warn'>,
): Promise<Pick<Tracing, 'record' | 'close'>> {
  tellTrouble(logger);
  const processor = new BatchSpanProcessor({
    exporter: await openExporter(config),
    maxQueueSize,
    scheduledDelayMillis: 1000,
  });
  const fromEnvironment = detectResources({ detectors: [envDetector] });
  const ids = createNextIds();
  const providers = new Map<string, TracerProvider>();
  const tracerOf = (service: string) => {
    let provider = providers.get(service);
    if (!provider) {
      const resource = resourceFromAttributes({
        'service.namespace': 'framegate',
        'service.name': service,
        'service.instance.id': instance,
      }).merge(fromEnvironment);
      // Which frames are recorded was decided before.
      const sampler = new AlwaysOnSampler();
      provider = new TracerProvider({ resource, sampler, idGenerator: ids, spanProcessors: [processor] });
      providers.set(service, provider);
    }
    return provider.getTracer('framegate');
  };

  return {
    record(spans) {
      for (const span of spans) {
        ids.next(span);
        const started = tracerOf(span.service).startSpan(
          span.name,
          { kind: kinds[span.kind], startTime: timeOf(span.startUs), attributes: span.attributes },
          parentOf(span),
        );
        if (span.error !== undefined) started.setStatus({ code: SpanStatusCode.ERROR, message: span.error });
        started.end(timeOf(Math.max(span.startUs, span.endUs)));
      }
    },
    async close() {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, closeWithinMs);
      await Promise.race([processor.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}

/** One of the two is loaded: each brings a serialisation of its own. */
async function openExporter({ url, protocol }: TraceConfig): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter({ url });
}

/** Ids come with the records, because both sides of the bus must have the same ones. */
function createNextIds() {
  let now: Pick<SpanRecord, 'traceId' | 'spanId'> = { traceId: '', spanId: '' };
  return {
    next: (ids: typeof now) => void (now = ids),
    generateTraceId: () => now.traceId,
    generateSpanId: () => now.spanId,
  };
}

function parentOf({ traceId, parentSpanId }: SpanRecord) {
  if (parentSpanId === undefined) return ROOT_CONTEXT;
  const parent: SpanContext = {
    traceId,
    spanId: parentSpanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** Seconds and nanoseconds: a number would be taken for milliseconds and lose the µs. */
function timeOf(us: number): [number, number] {
  const seconds = Math.floor(us / 1e6);
  return [seconds, Math.round((us - seconds * 1e6) * 1000)];
}

function tellTrouble(logger: Pick<Logger, 'warn'>): void {
  const repeated = limitRepeats({ warn: logger.warn.bind(logger), error: logger.warn.bind(logger) }, () =>
    performance.now(),
  );
  const tell = (message: string): void => repeated.warn({ why: message }, 'traces can not be delivered');
  const ignore = (): void => {};
  diag.setLogger(
    { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore },
    // Several services of one process tell the same log.
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
