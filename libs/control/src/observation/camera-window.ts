import type { ArrivalTimes, CameraConfig, CameraTelemetry, Detection, Outcome } from '@framegate/contracts';
import { latencyMs, siteOf } from '@framegate/contracts';
import { arrivalMeans } from './arrival-means.ts';
import type { CameraObservation } from './observation.ts';
import { createStageMeans } from './stage-means.ts';
import { createSupersededFrames } from './superseded-frames.ts';

/** What is known of one camera in this second. */
export interface CameraWindow {
  telemetry(telemetry: CameraTelemetry, heardAtUs: number): void;
  detection(detection: Detection): void;
  outcome(outcome: Outcome): void;
  /** Undefined while its site has not told of it; what it has not told since the last time is NaN. */
  observe(nowUs: number, configs: ReadonlyMap<string, CameraConfig>): CameraObservation | undefined;
  /** By the controller's clock. */
  readonly heardAtUs: number;
}

/** Recent frames that are known, so that one which is told twice counts once. */
const recentFrames = 1024;

interface Sample {
  readonly detection: Detection;
  readonly latencyMs: number;
}

export function createCameraWindow(cameraId: string): CameraWindow {
  let latest: CameraTelemetry | undefined;
  let earlier: CameraTelemetry | undefined;
  let isFresh = false;
  let heardAtUs = Number.POSITIVE_INFINITY;
  let objectiveMs = Number.NaN;
  let samples: Sample[] = [];
  let arrivals: ArrivalTimes[] = [];
  let fates = noFates();
  const superseded = createSupersededFrames();
  const seenDetections = createRecent(recentFrames);
  const seenOutcomes = createRecent(recentFrames);

  return {
    telemetry(telemetry, atUs) {
      // Counts begin anew with each epoch.
      if (earlier && earlier.epoch !== telemetry.epoch) earlier = undefined;
      latest = telemetry;
      isFresh = true;
      heardAtUs = atUs;
    },
    detection(detection) {
      if (detection.kind !== 'live' || !seenDetections.meet(detection)) return;
      const ms = latencyMs(detection);
      ({ objectiveMs } = detection);
      samples.push({ detection, latencyMs: ms });
      if (ms <= detection.objectiveMs) fates.onTime += 1;
      fates.onTime += superseded.result(detection.timesUs);
    },
    outcome(outcome) {
      if (outcome.kind !== 'live' || !seenOutcomes.meet(outcome)) return;
      if (outcome.arrivalMs) arrivals.push(outcome.arrivalMs);
      fates.due += 1;
      fates[outcome.outcome] += 1;
      if (outcome.outcome === 'superseded') fates.onTime += superseded.add(outcome);
    },
    observe(nowUs, configs) {
      const [seen, arrived, { analysed: _inLatencies, ...counted }] = [samples, arrivals, fates];
      [samples, arrivals, fates] = [[], [], noFates()];
      if (!latest) return undefined;
      const version = configs.get(cameraId)?.version ?? latest.configVersion;
      const current = seen.filter(({ detection }) => detection.configVersion >= version);
      // A report that is late doesn't say that nothing happened.
      const edge = isFresh ? edgeCounts(latest, earlier) : untold;
      isFresh = false;
      const observation: CameraObservation = {
        cameraId,
        site: siteOf(cameraId),
        configVersion: latest.configVersion,
        state: latest.state,
        objectiveMs,
        latenciesMs: current.map((sample) => sample.latencyMs),
        ...counted,
        ...edge,
        stageMs: stageMeans(current, latest.ackMs),
        ...(arrived.length > 0 ? { arrivalStageMs: arrivalMeans(arrived, latest.ackMs) } : {}),
        telemetryAgeMs: Math.max(0, nowUs - heardAtUs) / 1000,
      };
      earlier = latest;
      return observation;
    },
    get heardAtUs() {
      return heardAtUs;
    },
  };
}

function noFates() {
  return { due: 0, onTime: 0, analysed: 0, superseded: 0, expired: 0, failed: 0 };
}

const untold = {
  captured: Number.NaN,
  published: Number.NaN,
  discarded: Number.NaN,
  madeWay: Number.NaN,
  publishedBytes: Number.NaN,
};

/** What the edge counted between two of its reports. */
function edgeCounts(now: CameraTelemetry, before: CameraTelemetry | undefined) {
  const kept = (counts: CameraTelemetry['counts'] | undefined): number =>
    (counts?.spooled ?? 0) + (counts?.backfilled ?? 0);
  const notLive = (counts: CameraTelemetry['counts'] | undefined): number =>
    Object.values(counts?.discarded ?? {}).reduce((a, b) => a + b, 0) + kept(counts);
  const madeWay = (counts: CameraTelemetry['counts'] | undefined): number =>
    (counts?.discarded.stale ?? 0) + (counts?.discarded.busAway ?? 0) + kept(counts);
  const since = (count: number, earlier = 0): number => Math.max(0, count - earlier);
  return {
    captured: since(now.counts.captured, before?.counts.captured),
    published: since(now.counts.published, before?.counts.published),
    discarded: since(notLive(now.counts), notLive(before?.counts)),
    madeWay: since(madeWay(now.counts), madeWay(before?.counts)),
    publishedBytes: since(now.publishedBytes, before?.publishedBytes),
  };
}

function stageMeans(samples: readonly Sample[], ackMs: number | undefined): CameraObservation['stageMs'] {
  const means = createStageMeans();
  for (const { detection } of samples) means.add(detection, ackMs);
  return means.take();
}

/** The last few frames that were met. */
function createRecent(size: number) {
  const seen = new Set<string>();
  return {
    /** Whether this is the first time. */
    meet({ epoch, seq }: { readonly epoch: number; readonly seq: number }): boolean {
      const id = `${epoch}/${seq}`;
      if (seen.has(id)) return false;
      seen.add(id);
      if (seen.size > size) for (const oldest of seen) return seen.delete(oldest);
      return true;
    },
  };
}
