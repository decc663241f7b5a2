import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { eventually } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import type { SpanRecord } from '../src/index.ts';
import { createLogger, openTracing, readTraceConfig } from '../src/index.ts';

const span: SpanRecord = {
  service: 'edge',
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name: 'frame',
  kind: 'internal',
  startUs: 1.7e15,
  endUs: 1.7e15 + 5,
  attributes: { camera: 'north/door' },
};

async function startCollector(status: number) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return { requests, endpoint, close: () => server.close().closeAllConnections() };
}

/** Prints how many modules of OpenTelemetry's SDK are loaded (its small API comes with prom-client) once tracing was opened with the configuration. */
function loadedWith(config: string): Promise<{ stdout: string }> {
  const program = `
    import { registerHooks } from 'node:module';
    let loaded = 0;
    registerHooks({
      load(url, context, next) {
        if (/@opentelemetry\\/(sdk|exporter|otlp)/.test(url)) loaded += 1;
        return next(url, context);
      },
    });
    const { openTracing } = await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
    const logger = { info() {}, warn() {} };
    const tracing = await openTracing(${config}, { instance: 'a', logger });
    await tracing?.close();
    process.stdout.write(String(loaded));
  `;
  return promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
}

describe('tracing', () => {
  it("loads nothing of OpenTelemetry's SDK while nobody wants traces", async () => {
    expect((await loadedWith('undefined')).stdout).toBe('0');
    const on = `{ url: 'http://127.0.0.1:9/v1/traces', protocol: 'http/protobuf', rate: 1 }`;
    expect(Number((await loadedWith(on)).stdout)).toBeGreaterThan(10);
  });

  it.each([
    ['http/protobuf', 'application/x-protobuf'],
    ['http/json', 'application/json'],
  ])('sends %s to the path of traces, and what still waits when it is closed', async (protocol, type) => {
    const collector = await startCollector(200);
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: protocol };
    const logger = createLogger({ name: 'test', level: 'silent' });
    const tracing = await openTracing(readTraceConfig(env), { instance: 'a', logger });
    tracing?.record([span]);
    await tracing?.close();
    const [request] = collector.requests;
    expect(request?.url).toBe('/v1/traces');
    expect(request?.headers['content-type']).toBe(type);
    collector.close();
  });

  it('says in the log when a collector takes no traces, and goes on', async () => {
    const collector = await startCollector(403);
    const lines: string[] = [];
    const logger = createLogger({ name: 'test', destination: { write: (line) => void lines.push(line) } });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint };
    const tracing = await openTracing(readTraceConfig(env), { instance: 'a', logger });
    tracing?.record([span]);
    await eventually(() => lines.some((line) => line.includes('traces can not be delivered')));
    expect(() => tracing?.record([span])).not.toThrow();
    await tracing?.close();
    collector.close();
  });
});
