import type { Fate } from '@framegate/mailbox';
import { createBusyTime, createMailbox, createServiceEstimate } from '@framegate/mailbox';
import { batchServiceMs, jittered } from './calibration.ts';
import type { EventQueue } from './event-queue.ts';
import type { Frame } from './frame.ts';
import type { InferenceLane, InferenceTally } from './inference-lane.ts';
import { takeTally } from './inference-lane.ts';
import type { Random } from './random.ts';
import type { ModelFigures } from './scenario.ts';
import type { StepFunction } from './step-function.ts';

/** One replica: a mailbox for each model, the real one, and workers that empty them in virtual time. */
export interface InferenceInstance {
  readonly name: string;
  accept(frame: Frame): void;
  setBatch(model: string, batch: number): void;
  /** Workers that this model may use at once; without a say, all. */
  setWorkers(model: string, workers: number): void;
  /** Takes nothing more and gives back what it holds, frames in service included. */
  crash(): Frame[];
  /** What it did since the last call, of each model that it knows of. */
  takeTallies(): InferenceTally[];
}

export interface InstanceOptions {
  readonly name: string;
  readonly events: EventQueue;
  readonly models: readonly ModelFigures[];
  readonly workers: number;
  readonly batch: number;
  readonly slowness: StepFunction;
  readonly workersLost: StepFunction;
  readonly random: Random;
  /** The cloud's estimate of when the frame was captured, and how far off it may be. */
  readonly capturedAtUs: (frame: Frame) => number;
  readonly clockErrorUs: (cameraId: string) => number;
  readonly weightOf: (frame: Frame) => number;
  readonly onFate: (frame: Frame, fate: Fate) => void;
  readonly onInferred: (frame: Frame) => void;
}

export function createInferenceInstance(options: InstanceOptions): InferenceInstance {
  const { events } = options;
  const lanes = new Map<string, InferenceLane>();
  const inService = new Set<Frame>();
  let running = 0;
  let crashed = false;
  let talliedUs = events.nowUs;

  const laneOf = (model: string): InferenceLane => {
    let lane = lanes.get(model);
    if (!lane) lanes.set(model, (lane = createLane(model)));
    return lane;
  };
  const createLane = (model: string): InferenceLane => {
    const figures = options.models.find((one) => one.model === model);
    if (!figures) {
      const known = options.models.map((one) => one.model).join(', ');
      throw new RangeError(`simulation: model "${model}" is unknown, expected one of ${known}`);
    }
    const counts = { received: 0, analysed: 0, superseded: 0, expired: 0 };
    const mailbox = createMailbox<Frame>({
      patient: true,
      clockUncertaintyUs: options.clockErrorUs,
      onFate: (mail, fate) => {
        counts[fate] += 1;
        options.onFate(mail.payload, fate);
      },
    });
    const { batch } = options;
    return {
      figures,
      mailbox,
      batch,
      allotted: undefined,
      busy: createBusyTime(() => events.nowUs),
      talliedBusyMs: 0,
      servedAtUs: -1,
      service: createServiceEstimate(),
      wakeUs: -1,
      counts,
    };
  };

  const freeOf = (lane: InferenceLane): number => {
    const pool = Math.max(0, options.workers - options.workersLost.at(events.nowUs));
    return Math.min(pool - running, (lane.allotted ?? pool) - lane.busy.running);
  };
  const pump = (lane: InferenceLane): void => {
    while (!crashed && lane.mailbox.size() > 0 && freeOf(lane) > 0) {
      const nowUs = events.nowUs;
      const batch = lane.mailbox.take(lane.batch, nowUs, lane.service.predictedUs(nowUs));
      const waitUntilUs = lane.mailbox.waitUntilUs();
      if (waitUntilUs !== null) return wakeAt(lane, waitUntilUs);
      if (batch.length === 0) return;
      serve(
        lane,
        batch.map(({ payload }) => payload),
      );
    }
    // Workers that come back announce themselves here, not by an event of their own.
    const returnUs = options.workersLost.nextChangeUs(events.nowUs);
    if (!crashed && lane.mailbox.size() > 0 && running === 0 && Number.isFinite(returnUs))
      wakeAt(lane, returnUs);
  };
  const wakeAt = (lane: InferenceLane, atUs: number): void => {
    if (lane.wakeUs === atUs) return;
    lane.wakeUs = atUs;
    events.at(atUs, () => {
      if (lane.wakeUs !== atUs) return;
      lane.wakeUs = -1;
      pump(lane);
    });
  };
  const serve = (lane: InferenceLane, frames: readonly Frame[]): void => {
    const startedAtUs = events.nowUs;
    const slowness = options.slowness.at(startedAtUs);
    const serviceMs =
      jittered(batchServiceMs(lane.figures.serviceMs, frames.length), options.random) * slowness;
    running += 1;
    const run = lane.busy.begin();
    lane.servedAtUs = startedAtUs;
    for (const frame of frames) {
      frame.startedAtUs = startedAtUs;
      inService.add(frame);
    }
    events.at(startedAtUs + serviceMs * 1e3, () => {
      if (crashed) return;
      running -= 1;
      run.end();
      lane.service.observe(serviceMs, events.nowUs);
      lane.counts.analysed += frames.length;
      for (const frame of frames) {
        inService.delete(frame);
        frame.inferredAtUs = events.nowUs;
        options.onInferred(frame);
      }
      pumpAll();
    });
  };
  /** Models that share workers take turns: one that keeps them busy would starve the others. */
  const pumpAll = (): void => {
    for (const lane of [...lanes.values()].toSorted((a, b) => a.servedAtUs - b.servedAtUs)) pump(lane);
  };

  return {
    name: options.name,
    accept(frame) {
      const lane = laneOf(frame.rung.model);
      lane.counts.received += 1;
      lane.mailbox.offer(
        {
          cameraId: frame.cameraId,
          kind: 'live',
          seq: frame.seq,
          capturedAtUs: options.capturedAtUs(frame),
          objectiveUs: frame.objectiveMs * 1e3,
          weight: options.weightOf(frame),
          payload: frame,
        },
        events.nowUs,
      );
      pump(lane);
    },
    setBatch: (model, batch) => void (laneOf(model).batch = batch),
    setWorkers(model, workers) {
      laneOf(model).allotted = workers;
      pumpAll();
    },
    crash() {
      crashed = true;
      const held = [...lanes.values()].flatMap(({ mailbox }) =>
        mailbox.drain().map(({ payload }) => payload),
      );
      return [...inService, ...held];
    },
    takeTallies() {
      const sinceUs = events.nowUs - talliedUs;
      talliedUs = events.nowUs;
      return [...lanes].map(([model, lane]) =>
        takeTally(model, lane, options.workers, sinceUs, events.nowUs),
      );
    },
  };
}
