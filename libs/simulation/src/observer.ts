import type {
  CameraObservation,
  InferenceObservation,
  Observation,
  SiteObservation,
} from '@framegate/control';
import type { CameraNotes } from './camera-notes.ts';
import type { ClockModel } from './clock-model.ts';
import type { EventQueue } from './event-queue.ts';
import type { InferenceTally } from './inference-lane.ts';
import type { Random } from './random.ts';
import type { CameraModel, CloudModel } from './scenario.ts';
import { siteOfCamera } from './scenario.ts';
import type { StepFunction } from './step-function.ts';

/** What one edge says of itself, once a second. */
export interface EdgeReport {
  readonly site: string;
  readonly cpuShare: number;
  readonly uplinkBytesPerSecond: number;
  readonly uplinkQueueBytes: number;
  readonly brokerRoundTripMs: number;
  readonly cameras: ReadonlyMap<number, CameraReport>;
}

export interface CameraReport {
  readonly configVersion: number;
  readonly online: boolean;
  readonly captured: number;
  readonly published: number;
  readonly discarded: number;
  readonly madeWay: number;
  readonly publishedBytes: number;
}

/** Joins what edges and cloud tell into what the controller sees, with what is lost and late on the way. */
export interface Observer {
  /** A report sets out now and is heard at `arrivesUs`, unless it is lost. */
  report(report: EdgeReport, arrivesUs: number): void;
  observe(): Observation;
}

export interface ObserverOptions {
  readonly events: EventQueue;
  readonly cameras: readonly CameraModel[];
  readonly cloud: CloudModel;
  readonly clocks: ReadonlyMap<string, ClockModel>;
  readonly loss: { readonly edge: StepFunction; readonly cloud: StepFunction };
  readonly random: Random;
  readonly notes: readonly CameraNotes[];
  readonly takeTallies: () => { readonly instance: string; readonly tallies: readonly InferenceTally[] }[];
}

interface Heard {
  readonly report: EdgeReport;
  readonly sentUs: number;
  /** Heard since the last observation. */
  fresh: boolean;
}

export function createObserver(options: ObserverOptions): Observer {
  const { events, cameras, clocks, random, notes, loss } = options;
  const edges = new Map<string, Heard>();
  let inference: { readonly atUs: number; readonly list: readonly InferenceObservation[] } = {
    atUs: 0,
    list: [],
  };
  let cloudHeard = true;

  const isLost = (lost: StepFunction): boolean =>
    random.uniform() < Math.max(options.cloud.telemetry.lossShare, lost.at(events.nowUs));

  const ageMs = (sinceUs: number): number => (events.nowUs - sinceUs) / 1e3;

  const observeCamera = (model: CameraModel, index: number): CameraObservation[] => {
    const site = siteOfCamera(model.cameraId);
    const heard = edges.get(site);
    const report = heard?.report.cameras.get(index);
    const note = notes[index];
    if (!heard || !report || !note) return [];
    const isOver = events.nowUs >= (model.untilSeconds ?? Infinity) * 1e6;
    const measured = <Value>(value: Value): Value | number => (heard.fresh ? value : Number.NaN);
    const { cameraId, objectiveMs } = model;
    return [
      {
        cameraId,
        site,
        configVersion: Math.max(report.configVersion, note.newestVersion),
        state: isOver ? 'ended' : report.online ? 'online' : 'offline',
        objectiveMs,
        ...note.take(events.nowUs, cloudHeard),
        captured: measured(report.captured),
        published: measured(report.published),
        discarded: measured(report.discarded),
        madeWay: measured(report.madeWay),
        publishedBytes: measured(report.publishedBytes),
        telemetryAgeMs: ageMs(heard.sentUs),
      },
    ];
  };

  const observeSite = ({ report, sentUs, fresh }: Heard): SiteObservation => {
    const clock = clocks.get(report.site);
    const { site, cpuShare, uplinkBytesPerSecond, uplinkQueueBytes, brokerRoundTripMs } = report;
    return {
      site,
      cpuShare: fresh ? cpuShare : Number.NaN,
      uplinkBytesPerSecond: fresh ? uplinkBytesPerSecond : Number.NaN,
      uplinkQueueBytes: fresh ? uplinkQueueBytes : Number.NaN,
      brokerRoundTripMs: fresh ? brokerRoundTripMs : Number.NaN,
      clockOffsetMs: clock?.offsetMs ?? Number.NaN,
      clockErrorMs: clock?.errorMs ?? Number.NaN,
      telemetryAgeMs: ageMs(sentUs),
    };
  };

  const hearInference = (): void => {
    const tallied = options.takeTallies();
    if (!cloudHeard) return;
    const list = tallied.flatMap(({ instance, tallies }) =>
      tallies.map((tally) => ({ instance, ...tally, telemetryAgeMs: options.cloud.telemetry.delayMs })),
    );
    inference = { atUs: events.nowUs, list };
  };

  return {
    report(report, arrivesUs) {
      if (isLost(loss.edge) || !Number.isFinite(arrivesUs)) return;
      const heard = { report, sentUs: events.nowUs, fresh: true };
      events.at(arrivesUs, () => {
        if ((edges.get(report.site)?.sentUs ?? -1) < heard.sentUs) edges.set(report.site, heard);
      });
    },
    observe() {
      cloudHeard = !isLost(loss.cloud);
      hearInference();
      const observation = {
        atUs: events.nowUs,
        cameras: cameras.flatMap(observeCamera),
        sites: [...edges.values()].map(observeSite),
        inference: cloudHeard
          ? inference.list
          : inference.list.map((one) => stale(one, ageMs(inference.atUs))),
      };
      for (const heard of edges.values()) heard.fresh = false;
      return observation;
    },
  };
}

function stale(one: InferenceObservation, telemetryAgeMs: number): InferenceObservation {
  const unknown = Number.NaN;
  const { instance, model, workers, batch } = one;
  return {
    instance,
    model,
    workers,
    batch,
    serviceMs: unknown,
    busyShare: unknown,
    mailboxDepth: unknown,
    headAgeMs: unknown,
    received: unknown,
    analysed: unknown,
    superseded: unknown,
    expired: unknown,
    telemetryAgeMs,
  };
}
