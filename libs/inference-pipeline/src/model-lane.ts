import type { CameraIntent, Detection, ModelTelemetry, OutcomeName } from '@framegate/contracts';
import type { Mail, Mailbox } from '@framegate/mailbox';
import { createBusyTime, createMailbox, createServiceEstimate } from '@framegate/mailbox';
import type { DetectResult, Detector, ResolvedModel } from '@framegate/object-detector';
import { DetectError } from '@framegate/object-detector';
import { detectionOf } from './detection-of.ts';
import type { ReceivedFrame } from './frame-intake.ts';
import { expiryUs } from './on-cloud-clock.ts';

/** What a lane needs of a detector. */
export interface FrameDetector extends Pick<
  Detector,
  'freeWorkers' | 'workers' | 'maxBatch' | 'detectBatch'
> {
  readonly model: Pick<ResolvedModel, 'id' | 'sha256'>;
}

export interface LaneOptions {
  readonly detector: FrameDetector;
  readonly intentOf: (cameraId: string) => CameraIntent | undefined;
  readonly minScore: number;
  /** Frames of different cameras that may share a run of the model; asked before each run. */
  readonly maxBatch: () => number;
  /** How long a free worker waits for a batch to fill, milliseconds. */
  readonly batchWaitMs: number;
  readonly lossless: boolean;
  readonly nowUs: () => number;
  /** A frame has its outcome; `detection` comes with `analysed`. */
  readonly onOutcome: (received: ReceivedFrame, outcome: OutcomeName, result: LaneResult) => void;
  readonly onBatch: (frames: number, serviceMs: number) => void;
}

export interface LaneResult {
  readonly detection?: Detection;
  readonly reason?: string;
}

/** The frames of one model: its mailbox, and the workers that empty it. */
export interface ModelLane {
  accept(received: ReceivedFrame): void;
  telemetry(): Omit<ModelTelemetry, 'model'>;
  /** Takes no frame any more, gives back those that wait, and resolves when none is being worked on. */
  close(): Promise<void>;
}

export function createModelLane(options: LaneOptions): ModelLane {
  const { detector, nowUs } = options;
  const batchNow = (): number => Math.min(options.maxBatch(), detector.maxBatch);
  const service = createServiceEstimate();
  const idle = Promise.withResolvers<void>();
  let closed = false;
  const busy = createBusyTime(nowUs);
  let timer: NodeJS.Timeout | undefined;

  const mailbox: Mailbox<ReceivedFrame> = createMailbox({
    lossless: options.lossless,
    patient: true,
    onFate: (mail, fate) => options.onOutcome(mail.payload, fate, {}),
  });

  const pump = (batchMayBeSmall = options.batchWaitMs === 0): void => {
    clearTimeout(timer);
    const maxBatch = batchNow();
    while (detector.freeWorkers > 0 && mailbox.size() > 0) {
      if (!batchMayBeSmall && mailbox.size() < maxBatch) return pumpIn(options.batchWaitMs);
      const batch = mailbox.take(maxBatch, nowUs(), service.predictedUs(nowUs()));
      const waitUntilUs = mailbox.waitUntilUs();
      if (waitUntilUs !== null) return pumpIn((waitUntilUs - nowUs()) / 1000);
      if (batch.length === 0) break;
      void work(batch).finally(() => pump());
    }
    if (closed && busy.running === 0) idle.resolve();
  };

  const pumpIn = (ms: number): void => {
    timer = setTimeout(() => pump(true), Math.max(0, ms));
  };

  const work = async (batch: readonly Mail<ReceivedFrame>[]): Promise<void> => {
    const run = busy.begin();
    const received = batch.map((mail) => mail.payload);
    const images = received.map(({ frame }) => ({ kind: 'jpeg' as const, bytes: frame.jpeg }));
    const results = await detectAll(images);
    const serviceMs = run.end();
    // A picture that can't be decoded takes no time, and says nothing of the next.
    if (results.some((result) => !(result instanceof DetectError))) service.observe(serviceMs, nowUs());
    options.onBatch(batch.length, serviceMs);
    received.forEach((one, index) => tell(one, results[index], batch.length, run.startedAtUs));
  };

  const detectAll = async (
    images: Parameters<FrameDetector['detectBatch']>[0],
  ): Promise<(DetectResult | DetectError)[]> => {
    try {
      return await detector.detectBatch(images, { minScore: options.minScore });
    } catch (error) {
      const failure =
        error instanceof DetectError ? error : new DetectError('INFERENCE_FAILED', String(error));
      return images.map(() => failure);
    }
  };

  const tell = (
    received: ReceivedFrame,
    result: DetectResult | DetectError | undefined,
    batchSize: number,
    startedAtUs: number,
  ): void => {
    if (!result || result instanceof DetectError) {
      return options.onOutcome(received, 'failed', { reason: result?.code ?? 'NO_RESULT' });
    }
    const { frame } = received;
    const times = { startedAtUs, inferredAtUs: nowUs(), batchSize };
    const detection = detectionOf(received, result, detector.model, options.intentOf(frame.cameraId), times);
    options.onOutcome(received, 'analysed', { detection });
  };

  return {
    accept(received) {
      if (closed) return received.giveBack(new Error('the lane closes'));
      const { frame } = received;
      const { cameraId, kind, epoch, seq, capturedAtUs } = frame;
      mailbox.offer(
        { cameraId, kind, epoch, seq, capturedAtUs, objectiveUs: expiryUs(frame), payload: received },
        nowUs(),
      );
      pump();
    },
    telemetry: () => ({
      workers: detector.workers,
      batch: batchNow(),
      maxBatch: detector.maxBatch,
      serviceMs: service.expectedMs(),
      busyMs: busy.totalMs(),
      mailboxDepth: mailbox.size(),
      headAgeMs: Math.max(0, mailbox.headAgeUs(nowUs()) ?? 0) / 1000,
    }),
    close() {
      closed = true;
      for (const { payload } of mailbox.drain()) payload.giveBack(new Error('the lane closes'));
      pump();
      return idle.promise;
    },
  };
}
