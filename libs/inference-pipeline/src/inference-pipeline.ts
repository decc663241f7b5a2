import type { CameraIntent, InferenceTelemetry, OutcomeName } from '@framegate/contracts';
import {
  backfillTopicPattern,
  detectionEvent,
  framesTopicPattern,
  outcomeEvent,
  topicNames,
} from '@framegate/contracts';
import { createCloudLedger } from '@framegate/frame-ledger';
import type { CloudTracer } from '@framegate/frame-trace';
import type { Delivery, MessageBus, Producer, Subscription } from '@framegate/message-bus';
import { arrivalTimes } from './arrival-times.ts';
import type { ReceivedFrame } from './frame-intake.ts';
import { createFrameIntake } from './frame-intake.ts';
import type { FrameDetector, LaneOptions, LaneResult, ModelLane } from './model-lane.ts';
import { createModelLane } from './model-lane.ts';

/** Frames held while every camera's newest waits; the mailbox keeps one a camera, so this bounds cameras. */
const maxWaiting = 20_000;
/** A model that can't be opened is tried again after this, not at each frame. */
const retryModelUs = 30e6;
/**
 * What a stop waits for received frames to be settled, and for the broker to take the last outcomes, milliseconds.
 * Not at all while there is no broker: leaving its group takes most of a process's deadline then.
 */
const settleFramesMs = 5000;
const tellOutcomesMs = 1000;
/** In lossless mode the bus holds what the mailbox may not drop. */
const maxWaitingLossless = 32;

export interface InferenceOptions extends Pick<
  LaneOptions,
  'minScore' | 'batchWaitMs' | 'lossless' | 'nowUs'
> {
  readonly instance: string;
  readonly group: string;
  readonly bus: MessageBus;
  /** Where the frames are. Default: every site's topic. */
  readonly topics?: readonly (string | RegExp)[];
  /** Where a group begins that has read nothing yet. Default `earliest`: what waits is analysed. */
  readonly from?: 'earliest' | 'latest';
  /** The detector of a model; the same one for the same model. Rejects when the model can't be had. */
  readonly detectorFor: (model: string) => Promise<FrameDetector>;
  /** Frames of different cameras that may share a run of this model; asked before each run. */
  readonly maxBatchOf: (model: string) => number;
  readonly modelOf: (cameraId: string) => string;
  readonly intentOf: (cameraId: string) => CameraIntent | undefined;
  readonly observer: InferenceObserver;
  /** Absent: no traces. */
  readonly trace?: CloudTracer | undefined;
}

/** Told of what happens, for metrics and logs. */
export interface InferenceObserver {
  onRefused(code: string, message: string, delivery: Delivery): void;
  /** @param traceId of the frame, where its trace is recorded */
  onOutcome(received: ReceivedFrame, outcome: OutcomeName, result: LaneResult, traceId?: string): void;
  /** The bus has the detection and the outcome. @param tookMs from the outcome until then */
  onTold?(received: ReceivedFrame, outcome: OutcomeName, tookMs: number): void;
  onBatch(model: string, frames: number, serviceMs: number): void;
  onModelMissing(model: string, error: unknown): void;
}

/** Frames in, detections and outcomes out. */
export interface InferencePipeline {
  telemetry(): InferenceTelemetry;
  readonly subscription: Subscription;
  /** Stops taking frames, finishes the waiting ones, commits and leaves. */
  close(): Promise<void>;
}

export async function startInferencePipeline(options: InferenceOptions): Promise<InferencePipeline> {
  const { bus, nowUs, observer } = options;
  const producer = await bus.producer();
  const ledger = createCloudLedger();
  const lanes = new Map<string, Promise<ModelLane>>();
  const openLanes = new Map<string, ModelLane>();

  const onOutcome = (received: ReceivedFrame, outcome: OutcomeName, result: LaneResult): void => {
    const atUs = nowUs();
    const { receivedAtUs, frame } = received;
    const traced = options.trace?.of(frame, outcome, result.detection);
    observer.onOutcome(received, outcome, result, traced?.traceId);
    tell(producer, received, outcome, result, atUs, traced?.traceparent).then(
      () => {
        const toldAtUs = nowUs();
        observer.onTold?.(received, outcome, (toldAtUs - atUs) / 1000);
        traced?.ended({ receivedAtUs, outcome, ...result, endedAtUs: atUs, toldAtUs });
        ledger.ended(outcome);
        received.settle();
      },
      (error: unknown) => received.giveBack(error),
    );
  };
  const openLane = async (model: string): Promise<ModelLane> => {
    const detector = await options.detectorFor(model);
    const onBatch = (frames: number, serviceMs: number): void => observer.onBatch(model, frames, serviceMs);
    const maxBatch = (): number => options.maxBatchOf(model);
    const lane = createModelLane({ ...options, maxBatch, detector, onOutcome, onBatch });
    openLanes.set(model, lane);
    return lane;
  };
  const failedAtUs = new Map<string, number>();
  const laneFor = (model: string): Promise<ModelLane> => {
    const open = lanes.get(model);
    const failedAt = failedAtUs.get(model);
    if (open && (failedAt === undefined || nowUs() - failedAt < retryModelUs)) return open;
    failedAtUs.delete(model);
    const lane = openLane(model);
    lanes.set(model, lane);
    lane.catch((error: unknown) => {
      failedAtUs.set(model, nowUs());
      observer.onModelMissing(model, error);
    });
    return lane;
  };
  const accept = (received: ReceivedFrame): void => {
    laneFor(options.modelOf(received.frame.cameraId)).then(
      (lane) => lane.accept(received),
      () => onOutcome(received, 'failed', { reason: 'NO_MODEL' }),
    );
  };

  const intake = createFrameIntake({ ledger, producer, nowUs, accept, onRefused: observer.onRefused });
  const subscription = await bus.subscribe({
    topics: options.topics ?? [framesTopicPattern, backfillTopicPattern],
    group: options.group,
    from: options.from ?? 'earliest',
    concurrency: options.lossless ? maxWaitingLossless : maxWaiting,
    handler: intake,
  });

  return {
    subscription,
    telemetry() {
      const models = [...openLanes].map(([model, lane]) => ({ model, ...lane.telemetry() }));
      return {
        instance: options.instance,
        atUs: nowUs(),
        model: [...lanes.keys()].join(','),
        counts: ledger.counts(),
        mailboxDepth: models.reduce((sum, { mailboxDepth }) => sum + mailboxDepth, 0),
        headAgeMs: Math.max(0, ...models.map(({ headAgeMs }) => headAgeMs)),
        serviceMs: Math.max(0, ...models.map(({ serviceMs }) => serviceMs)),
        models,
      };
    },
    async close() {
      const isReachable = bus.state() === 'connected';
      await subscription.close({ drainTimeoutMs: isReachable ? settleFramesMs : 0 });
      // What was not settled by now comes again, to the next instance.
      await Promise.all([...openLanes.values()].map((lane) => lane.close()));
      await producer.close({ drainTimeoutMs: isReachable ? tellOutcomesMs : 0 });
    },
  };
}

/** The detection goes first: an outcome says that the detection stands. */
async function tell(
  producer: Producer,
  received: ReceivedFrame,
  outcome: OutcomeName,
  { detection, reason }: LaneResult,
  atUs: number,
  traceparent: string | undefined,
): Promise<void> {
  if (detection) {
    const timesUs = { ...detection.timesUs, emitted: atUs };
    const message = detectionEvent.encode({ ...detection, timesUs });
    const headers = traceparent === undefined ? message.headers : { ...message.headers, traceparent };
    await producer.send(topicNames.detections, { ...message, headers });
  }
  const { cameraId, epoch, seq, kind, capturedAtUs, objectiveMs } = received.frame;
  const arrivalMs = arrivalTimes(received);
  const record = { cameraId, epoch, seq, kind, capturedAtUs, objectiveMs, outcome, atUs, arrivalMs };
  await producer.send(
    topicNames.outcomes,
    outcomeEvent.encode(reason === undefined ? record : { ...record, reason }),
  );
}
