import { DetectError } from './detect-error.ts';
import type { DetectOutcome, DetectResult, ImageInput, SentOutcome } from './image.ts';
import { refuseTelemetry } from './no-telemetry.ts';
import type { ResolvedModel } from './resolve-model.ts';
import { startWorker } from './started-worker.ts';
import { createWorkerPool } from './worker-pool.ts';
import type { DetectRequest, Provider, WorkerSettings } from './worker-settings.ts';

export interface DetectorOptions {
  readonly model: ResolvedModel;
  /** Threads with a model of their own: so many batches run at once. */
  readonly workers?: number;
  /** Threads that one run of the model is spread over. */
  readonly threadsPerWorker?: number;
  readonly provider?: Provider;
  /** 0..1, for requests that don't say. Default 0.3, that of YOLOX's ONNX demo. */
  readonly minScore?: number;
  /** The most images in one run, where the model leaves that open. */
  readonly maxBatch?: number;
  /** A JPEG with more pixels is refused. Default 40 million: 8K passes. */
  readonly maxPixels?: number;
}

export interface DetectOptions {
  /** Only these classes are answered; all where undefined. */
  readonly classes?: readonly string[] | undefined;
  /** 0..1 */
  readonly minScore?: number | undefined;
}

/** A model in worker threads. Requests beyond the free workers wait, oldest first. */
export interface Detector {
  readonly model: ResolvedModel;
  /** How many images one run takes: a larger batch is run in parts, one after the other. */
  readonly maxBatch: number;
  readonly freeWorkers: number;
  /** How many batches may run at once. */
  readonly workers: number;
  /** Changes that without dropping a request. @throws ModelError, DetectError when more could not be started */
  setWorkers(workers: number): Promise<void>;
  /** @throws DetectError */
  detect(image: ImageInput, options?: DetectOptions): Promise<DetectResult>;
  /**
   * One outcome for each image, in their order: an image that can't be used is a DetectError among them.
   * The images' bytes are copied once and never written.
   * @throws DetectError where the whole batch could not be looked at
   */
  detectBatch(images: readonly ImageInput[], options?: DetectOptions): Promise<DetectOutcome[]>;
  /** Lets running requests finish; those that wait are refused with CLOSED. */
  close(): Promise<void>;
}

const workerEntry = new URL('./detector-worker.ts', import.meta.url);

/** @throws ModelError when the model can't be loaded or the provider is not there */
export async function createDetector({
  model,
  workers = 1,
  threadsPerWorker = 1,
  provider = 'cpu',
  minScore: defaultMinScore = 0.3,
  maxBatch: wantedBatch = 8,
  maxPixels = 40_000_000,
}: DetectorOptions): Promise<Detector> {
  const maxBatch = model.input.batch === 'any' ? wantedBatch : model.input.batch;
  const settings: WorkerSettings = {
    modelPath: model.path,
    head: model.head,
    classNames: model.classNames,
    input: model.input,
    provider,
    threads: threadsPerWorker,
    batch: maxBatch,
    maxPixels,
  };
  refuseTelemetry();
  const pool = await createWorkerPool(workers, () => startWorker(workerEntry, settings));

  const detectBatch: Detector['detectBatch'] = async (images, options = {}) => {
    const { classes, minScore = defaultMinScore } = options;
    const reply = await pool.use((worker) => {
      const owned = images.map(ownCopy);
      const request: DetectRequest = { images: owned.map(({ image }) => image), classes, minScore };
      return worker.ask(
        request,
        owned.map(({ memory }) => memory),
      );
    });
    if ('failure' in reply) throw new DetectError(reply.failure.code, reply.failure.message);
    return reply.outcomes.map(received);
  };

  return {
    model,
    maxBatch,
    get freeWorkers() {
      return pool.free;
    },
    get workers() {
      return pool.limit;
    },
    setWorkers: pool.setLimit,
    detect: async (image, options) => {
      const [outcome] = await detectBatch([image], options);
      if (outcome === undefined || outcome instanceof DetectError) throw outcome ?? new Error('no outcome');
      return outcome;
    },
    detectBatch,
    close: pool.close,
  };
}

/**
 * A copy with memory of its own that can be handed over to the worker. Posting the bytes as they are would copy
 * their whole buffer (a broker's response of megabytes); handing that over would take it from its other readers.
 */
function ownCopy(image: ImageInput): { image: ImageInput; memory: ArrayBuffer } {
  if (image.kind === 'jpeg') {
    const bytes = new Uint8Array(image.bytes);
    return { image: { ...image, bytes }, memory: bytes.buffer };
  }
  const data = new Uint8Array(image.data);
  return { image: { ...image, data }, memory: data.buffer };
}

function received(sent: SentOutcome): DetectOutcome {
  return 'result' in sent ? sent.result : new DetectError(sent.failure.code, sent.failure.message);
}
