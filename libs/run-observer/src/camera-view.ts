import type { CameraState, CameraTelemetry, Detection } from '@framegate/contracts';
import { isAfter, latencyMs } from '@framegate/contracts';
import { quantileOf } from '@framegate/control';
import { createRateWindow } from './rate-window.ts';

/** What a person wants to know of one camera now. */
export interface CameraView {
  readonly cameraId: string;
  readonly state: CameraState;
  readonly reason: string;
  readonly capturedPerSecond: number;
  /** Share of the captured frames that the gate stopped, 0..1; NaN before the first frame. */
  readonly gatedShare: number;
  readonly publishedPerSecond: number;
  /** Objects by class in the newest result. */
  readonly objects: Readonly<Record<string, number>>;
  /** Capture to detection of the recent results, milliseconds. */
  readonly ageP50Ms: number;
  readonly ageP95Ms: number;
  /** When its site told of it last, µs by the clock of who follows; 0 before it has. */
  readonly heardAtUs: number;
  /** Frames that wait on the site's disk. */
  readonly spooled: number;
}

export interface CameraFollower {
  /** @param atUs when the site counted, by its clock */
  telemetry(camera: CameraTelemetry, atUs: number, heardAtUs: number): void;
  detection(detection: Detection): void;
  view(nowUs: number): CameraView;
}

const recentResults = 100;
/** An older result says nothing of now. */
const currentForUs = 3e6;

export function followCamera(cameraId: string): CameraFollower {
  const captured = createRateWindow();
  const published = createRateWindow();
  const ages: number[] = [];
  let telemetry: CameraTelemetry | undefined;
  let newest: Detection | undefined;
  let heardUs = 0;

  return {
    telemetry(camera, atUs, heardAtUs) {
      telemetry = camera;
      heardUs = heardAtUs;
      captured.read(camera.counts.captured, atUs);
      published.read(camera.counts.published, atUs);
    },
    detection(detection) {
      if (!newest || !isAfter(newest, detection)) newest = detection;
      if (detection.kind !== 'live') return;
      ages.push(latencyMs(detection));
      if (ages.length > recentResults) ages.shift();
    },
    view(nowUs) {
      const counts = telemetry?.counts;
      const isCurrent = newest !== undefined && nowUs - newest.timesUs.captured < currentForUs;
      return {
        cameraId,
        state: telemetry?.state ?? 'connecting',
        reason: telemetry?.reason ?? '',
        capturedPerSecond: captured.perSecond(),
        gatedShare: counts ? counts.stopped / counts.captured : Number.NaN,
        publishedPerSecond: published.perSecond(),
        objects: isCurrent && newest ? countObjects(newest) : {},
        ageP50Ms: quantileOf(ages, 0.5),
        ageP95Ms: quantileOf(ages, 0.95),
        heardAtUs: heardUs,
        spooled: counts?.spooled ?? 0,
      };
    },
  };
}

function countObjects({ objects }: Detection): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { className } of objects) counts[className] = (counts[className] ?? 0) + 1;
  return counts;
}
