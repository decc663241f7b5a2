import { createLogger, openTracing, readTraceConfig } from '@framegate/service-kit';
import { eventually } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import { needCollector, startCollector } from './collector-fixture.ts';
import { startOtlpReceiver } from './otlp-receiver-fixture.ts';
import { shapeOf, tracesOf, wholeTrace } from './trace-shape-fixture.ts';
import { startWatchedRun } from './watched-run-fixture.ts';

describe.skipIf(!needCollector())('a real OpenTelemetry collector', () => {
  it('hands on the traces of three services, each frame from capture to the reader of its detection', async () => {
    const backend = await startOtlpReceiver();
    const collector = await startCollector(backend.endpoint);
    const config = readTraceConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
    const logger = createLogger({ name: 'test', level: 'silent' });
    const tracing = await openTracing(config, { rate: 1, instance: 'test', logger });
    const run = await startWatchedRun({ tracing, onLogLine: () => {} });
    try {
      const trace = await eventually(
        () => tracesOf(backend.spans).find((spans) => spans.length >= wholeTrace.length),
        { timeoutMs: 60_000 },
      );
      expect(shapeOf(trace)).toEqual(wholeTrace);
    } finally {
      await run.close();
      await tracing?.close();
      await collector.stop();
      await backend.close();
    }
  });
});
