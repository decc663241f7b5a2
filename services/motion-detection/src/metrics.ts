import type { CameraTelemetry, ClockOffset, EdgeFate } from '@framegate/contracts';
import { discarded } from '@framegate/frame-ledger';
import type { Metrics } from '@framegate/service-kit';

const workBucketsSeconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

/** What the edge service exports, after the Prometheus conventions: base units, few label values. */
export function createEdgeMetrics(metrics: Metrics) {
  const frames = metrics.counter('edge_frames_total', 'Frames by their final fate at the edge', [
    'camera',
    'fate',
  ]);
  const undecoded = metrics.counter(
    'edge_undecoded_frames_total',
    'Frames that were stopped without being decoded, because packets and key frames showed no motion',
    ['camera'],
  );
  const online = metrics.gauge('camera_online', '1 while the camera delivers frames', ['camera']);
  const bytes = metrics.counter('edge_sent_bytes_total', 'Bytes of JPEG handed to the bus', ['camera']);
  const work = metrics.histogram(
    'edge_stage_seconds',
    'Work of each edge stage on a frame that was sent',
    workBucketsSeconds,
    ['stage'],
  );
  const ledger = metrics.gauge('edge_ledger_frames', 'The ledger of the camera since its start', [
    'camera',
    'entry',
  ]);
  const clockOffset = metrics.gauge('site_clock_offset_seconds', 'Cloud clock less clock of this site');
  const clockError = metrics.gauge('site_clock_error_seconds', 'How far that may be off');
  return {
    clock({ offsetUs, errorUs }: ClockOffset) {
      clockOffset.set(offsetUs / 1e6);
      clockError.set(errorUs / 1e6);
    },
    ledger(cameras: readonly CameraTelemetry[]) {
      for (const { cameraId: camera, counts } of cameras) {
        const { discarded: _byReason, ...entries } = counts;
        for (const [entry, count] of Object.entries(entries)) ledger.set({ camera, entry }, count);
        ledger.set({ camera, entry: 'discarded' }, discarded(counts));
      }
    },
    fate: (camera: string, fate: EdgeFate, count: number) => frames.inc({ camera, fate }, count),
    undecoded: (camera: string, count: number) => undecoded.inc({ camera }, count),
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
