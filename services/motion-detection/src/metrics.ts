import type {
  CameraState,
  CameraTelemetry,
  ClockOffset,
  EdgeFate,
  EdgeTelemetry,
} from '@framegate/contracts';
import { addEdgeCounts, discarded } from '@framegate/frame-ledger';
import type { Metrics } from '@framegate/service-kit';
import { boundLabel, stageBucketsSeconds } from '@framegate/service-kit';

const states: readonly CameraState[] = ['connecting', 'online', 'offline', 'ended'];
const frameBytesBuckets = [5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];

/** Of a fate that is a failure: the stage that failed. Frames that come late were too many for their decoder. */
const stageOfReason: Readonly<Record<string, string>> = {
  late: 'decode',
  gateFailed: 'gate',
  encodeFailed: 'encode',
};

/** A frame whose stages are over. */
interface SentTimes {
  readonly jpeg: Uint8Array;
  readonly gatedAtUs: number;
  readonly encodedAtUs: number;
  readonly work: { readonly decodeMs: number; readonly gateMs: number; readonly encodeMs: number };
}

/** What the edge service of a site exports, after the Prometheus conventions: base units, few label values. */
export function createEdgeMetrics(metrics: Metrics, site: string) {
  const cameraLabel = boundLabel();
  const of = (camera: string) => ({ site, camera: cameraLabel(camera) });
  const frames = metrics.counter('edge_frames_total', 'Frames by their final fate at the edge', [
    'site',
    'camera',
    'fate',
  ]);
  const undecoded = metrics.counter(
    'edge_undecoded_frames_total',
    'Frames that were stopped without being decoded, because packets and key frames showed no motion',
    ['site', 'camera'],
  );
  const online = metrics.gauge('camera_online', '1 while the camera delivers frames', ['site', 'camera']);
  const cameras = metrics.gauge('cameras', 'Cameras of the site by their state', ['site', 'state']);
  const bytes = metrics.counter('edge_sent_bytes_total', 'Bytes of JPEG handed to the bus', [
    'site',
    'camera',
  ]);
  const size = metrics.histogram('edge_frame_bytes', 'Size of a JPEG handed to the bus', frameBytesBuckets, [
    'site',
  ]);
  const stages = metrics.histogram(
    'edge_stage_seconds',
    'Time of each stage for a frame that was sent: decode, gate and encode are work, publish runs until a broker has it',
    stageBucketsSeconds,
    ['site', 'stage'],
  );
  const errors = metrics.counter(
    'edge_stage_errors_total',
    'Frames that a stage could not go on with, by reason',
    ['site', 'stage', 'reason'],
  );
  const ledger = metrics.gauge(
    'edge_ledger_frames',
    'The ledger of the camera since the start of the process, with what it found in the spool',
    ['site', 'camera', 'entry'],
  );
  const spoolFrames = metrics.gauge(
    'edge_spool_frames',
    'Frames on the disk, which the bus could not take yet',
    ['site'],
  );
  const spoolBytes = metrics.gauge('edge_spool_bytes', 'What the files of the spool take', ['site']);
  const spoolAge = metrics.gauge(
    'edge_spool_oldest_age_seconds',
    'Since the oldest frame of the spool was put there; 0 when there is none',
    ['site'],
  );
  const queuedBytes = metrics.gauge('edge_queued_bytes', 'Bytes sent and not acknowledged by a broker yet', [
    'site',
  ]);
  const roundTrip = metrics.gauge(
    'edge_broker_round_trip_seconds',
    'From sending the last report to its acknowledgement',
    ['site'],
  );
  const cpuShare = metrics.gauge('edge_cpu_busy_ratio', "Busy share of the machine's cores, 0..1", ['site']);
  const safeRung = metrics.gauge(
    'site_safe_rung',
    '1 while the cameras stand on the safe rung of their site, because no controller is heard',
    ['site'],
  );
  const clockOffset = metrics.gauge('site_clock_offset_seconds', 'Cloud clock less clock of this site', [
    'site',
  ]);
  const clockError = metrics.gauge('site_clock_error_seconds', 'How far that may be off', ['site']);

  const setLedger = (told: readonly Pick<CameraTelemetry, 'cameraId' | 'counts'>[]): void => {
    const byLabel = Map.groupBy(told, ({ cameraId }) => cameraLabel(cameraId));
    for (const [camera, own] of byLabel) {
      const counts = own.map((one) => one.counts).reduce(addEdgeCounts);
      const { discarded: _byReason, ...entries } = counts;
      for (const [entry, count] of Object.entries(entries)) ledger.set({ site, camera, entry }, count);
      ledger.set({ site, camera, entry: 'discarded' }, discarded(counts));
    }
  };
  return {
    clock({ offsetUs, errorUs }: ClockOffset) {
      clockOffset.set({ site }, offsetUs / 1e6);
      clockError.set({ site }, errorUs / 1e6);
    },
    telemetry({ cameras: told, earlier = [], spool, uplink, cpuShare: busy, safeRung: safe }: EdgeTelemetry) {
      safeRung.set({ site }, safe ? 1 : 0);
      setLedger([...told, ...earlier]);
      spoolFrames.set({ site }, spool?.frames ?? 0);
      spoolBytes.set({ site }, spool?.bytes ?? 0);
      spoolAge.set({ site }, (spool?.oldestAgeMs ?? 0) / 1000);
      for (const state of states)
        cameras.set({ site, state }, told.filter((camera) => camera.state === state).length);
      if (uplink) queuedBytes.set({ site }, uplink.queuedBytes);
      if (uplink?.roundTripMs !== undefined) roundTrip.set({ site }, uplink.roundTripMs / 1000);
      if (busy !== undefined) cpuShare.set({ site }, busy);
    },
    fate(camera: string, fate: EdgeFate, count: number) {
      frames.inc({ ...of(camera), fate }, count);
      const [, reason] = fate.split('discarded:');
      if (reason !== undefined)
        errors.inc({ site, stage: stageOfReason[reason] ?? 'publish', reason }, count);
    },
    undecoded: (camera: string, count: number) => undecoded.inc(of(camera), count),
    /** Nothing for the camera `other`: of many, no single state can be said. */
    online(camera: string, isOnline: boolean) {
      if (cameraLabel(camera) === camera) online.set({ site, camera }, isOnline ? 1 : 0);
    },
    sent(camera: string, { jpeg, work }: SentTimes) {
      bytes.inc(of(camera), jpeg.byteLength);
      size.observe({ site }, jpeg.byteLength);
      stages.observe({ site, stage: 'decode' }, work.decodeMs / 1000);
      stages.observe({ site, stage: 'gate' }, work.gateMs / 1000);
      stages.observe({ site, stage: 'encode' }, work.encodeMs / 1000);
    },
    acknowledged: (ackMs: number) => stages.observe({ site, stage: 'publish' }, ackMs / 1000),
  };
}
