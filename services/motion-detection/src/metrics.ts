import type { EdgeFate } from '@framegate/contracts';
import type { Metrics } from '@framegate/service-kit';

const workBucketsSeconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

/** What the edge service exports, after the Prometheus conventions: base units, few label values. */
export function createEdgeMetrics(metrics: Metrics) {
  const frames = metrics.counter('edge_frames_total', 'Frames by their final fate at the edge', [
    'camera',
    'fate',
  ]);
  const online = metrics.gauge('camera_online', '1 while the camera delivers frames', ['camera']);
  const bytes = metrics.counter('edge_sent_bytes_total', 'Bytes of JPEG handed to the bus', ['camera']);
  const work = metrics.histogram(
    'edge_stage_seconds',
    'Work of each edge stage on a frame that was sent',
    workBucketsSeconds,
    ['stage'],
  );
  return {
    fate: (camera: string, fate: EdgeFate, count: number) => frames.inc({ camera, fate }, count),
    online: (camera: string, isOnline: boolean) => online.set({ camera }, isOnline ? 1 : 0),
    sent(
      camera: string,
      frame: { jpeg: Uint8Array; work: { decodeMs: number; gateMs: number; encodeMs: number } },
    ) {
      bytes.inc({ camera }, frame.jpeg.byteLength);
      work.observe({ stage: 'decode' }, frame.work.decodeMs / 1000);
      work.observe({ stage: 'gate' }, frame.work.gateMs / 1000);
      work.observe({ stage: 'encode' }, frame.work.encodeMs / 1000);
    },
  };
}
