import { describe, expect, it } from 'vitest';
import { createMetrics, latencyBucketsSeconds } from './metrics.ts';

describe('metrics', () => {
  it('of two services in one process do not collide', async () => {
    const [a, b] = [createMetrics({ processMetrics: false }), createMetrics({ processMetrics: false })];
    a.counter('frames_total', 'Frames', ['fate']).inc({ fate: 'stopped' }, 2);
    b.counter('frames_total', 'Frames', ['fate']).inc({ fate: 'stopped' }, 5);
    expect(await a.registry.metrics()).toContain('framegate_frames_total{fate="stopped"} 2');
    expect(await b.registry.metrics()).toContain('framegate_frames_total{fate="stopped"} 5');
  });

  it('have gauges, histograms and, when asked, those of the process', async () => {
    const metrics = createMetrics();
    metrics.gauge('queue_frames', 'Waiting').set(3);
    metrics.histogram('latency_seconds', 'Capture to detection', latencyBucketsSeconds).observe(0.4);
    const text = await metrics.registry.metrics();
    expect(text).toContain('framegate_queue_frames 3');
    expect(text).toContain('framegate_latency_seconds_bucket{le="0.5"} 1');
    expect(text).toContain('framegate_latency_seconds_bucket{le="0.3"} 0');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  it('are the same ones when they are asked for twice', async () => {
    const metrics = createMetrics({ processMetrics: false });
    metrics.counter('frames_total', 'Frames').inc();
    metrics.counter('frames_total', 'Frames').inc();
    expect(await metrics.registry.metrics()).toContain('framegate_frames_total 2');
  });

  it('name the trace of a frame as the example of its bucket, where there is one', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const latency = metrics.tracedHistogram('latency_seconds', 'Latency', [0.1, 1], ['kind']);
    latency.observe({ kind: 'live' }, 0.05);
    latency.observe({ kind: 'live' }, 0.5, '0af7651916cd43dd8448eb211c80319c');
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/le="0.1",kind="live"\} 1$/m);
    expect(text).toMatch(/le="1",kind="live"\} 2 # \{trace_id="0af7651916cd43dd8448eb211c80319c"\} 0.5/);
    expect(text).toMatch(/# EOF\n$/);
  });
});
