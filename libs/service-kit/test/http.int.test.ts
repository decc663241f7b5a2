import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningHttp } from '../src/index.ts';
import { createHealth, createLogger, createMetrics, PortInUseError, startHttp } from '../src/index.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const { registry } = createMetrics({ processMetrics: false });
const health = createHealth(['bus']);
const options = { host: '127.0.0.1', port: 0, health, registry, logger };
let http: RunningHttp;

beforeEach(async () => {
  http = await startHttp(options);
});

afterEach(async () => {
  await http.close();
});

describe('the HTTP endpoints of a service', () => {
  it('say that it lives, and whether it is ready or why not', async () => {
    expect((await fetch(`${http.url}/healthz`)).status).toBe(200);
    health.notReady('bus', 'no broker answers');
    const away = await fetch(`${http.url}/readyz`);
    expect(away.status).toBe(503);
    expect(await away.json()).toEqual({
      ready: false,
      checks: { bus: { ready: false, reason: 'no broker answers' } },
    });
    health.ready('bus');
    expect((await fetch(`${http.url}/readyz`)).status).toBe(200);
  });

  it('serve the metrics as Prometheus reads them', async () => {
    registry.clear();
    createMetrics({ registry, processMetrics: false }).counter('frames_total', 'Frames').inc(3);
    const response = await fetch(`${http.url}/metrics`);
    expect(response.headers.get('content-type')).toContain('application/openmetrics-text; version=1.0.0');
    expect(await response.text()).toContain('framegate_frames_total 3');
  });

  it('count requests by the pattern of their route, never by what was asked for', async () => {
    const own = createMetrics({ processMetrics: false });
    const counted = await startHttp({ ...options, registry: own.registry });
    await fetch(`${counted.url}/healthz`);
    await fetch(`${counted.url}/../../etc/passwd`);
    await counted.close();
    const text = await own.registry.metrics();
    expect(text).toMatch(/http_request_seconds_count\{.*route="\/healthz",status="200"/);
    expect(text).toMatch(/http_request_seconds_count\{.*route="unknown",status="404"/);
    expect(text).not.toContain('passwd');
  });

  it('answer 500 without the details when a metric fails', async () => {
    registry.clear();
    const gauge = createMetrics({ registry, processMetrics: false }).gauge('broken', 'Broken');
    Object.assign(gauge, { collect: () => Promise.reject(new Error('rtsp://u:hunter2@cam')) });
    const response = await fetch(`${http.url}/metrics`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
  });

  it('refuse a port that is in use with its number and the way out', async () => {
    const failure = await startHttp({ ...options, port: http.port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PortInUseError);
    expect(String(failure)).toContain(`port ${http.port} on 127.0.0.1 is in use: stop the program`);
  });

  it('listen no more once closed', async () => {
    const stopped = await startHttp(options);
    await stopped.close();
    await expect(fetch(`${stopped.url}/healthz`)).rejects.toThrow('fetch failed');
  });
});
