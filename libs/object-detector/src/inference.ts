import { packTensor, tensorLength, toDetections } from '@framegate/detection';
import { DetectError } from './detect-error.ts';
import { heads } from './head.ts';
import type { ImageInput, SentOutcome } from './image.ts';
import type { Pixels } from './pixels.ts';
import { toPixels } from './pixels.ts';
import type { Session } from './session.ts';
import type { DetectRequest, WorkerSettings } from './worker-settings.ts';

/** An image on its way through a worker: ready for the model, or refused. */
type Prepared = { readonly pixels: Pixels; readonly startedAtMs: number } | FailedOutcome;
type FailedOutcome = Extract<SentOutcome, { failure: unknown }>;

/** Looks at each image: decodes all side by side, then runs the model on as many at once as it takes. */
export async function detectAll(
  request: DetectRequest,
  session: Session,
  settings: WorkerSettings,
): Promise<SentOutcome[]> {
  const prepared = await Promise.all(request.images.map((image) => prepare(image, settings)));
  const outcomes: SentOutcome[] = [];
  for (let first = 0; first < prepared.length; first += settings.batch) {
    const batch = prepared.slice(first, first + settings.batch);
    outcomes.push(...(await inferBatch(batch, request, session, settings)));
  }
  return outcomes;
}

async function prepare(image: ImageInput, { input, maxPixels }: WorkerSettings): Promise<Prepared> {
  const startedAtMs = performance.timeOrigin + performance.now();
  try {
    return { pixels: await toPixels(image, input, maxPixels), startedAtMs };
  } catch (error) {
    if (error instanceof DetectError) return { failure: { code: error.code, message: error.message } };
    throw error;
  }
}

async function inferBatch(
  batch: readonly Prepared[],
  request: DetectRequest,
  session: Session,
  settings: WorkerSettings,
): Promise<SentOutcome[]> {
  if (batch.every((one) => 'failure' in one)) return batch.filter((one) => 'failure' in one);
  const startedMs = performance.now();
  pack(batch, session.input, settings);
  const output = await session.run(batch.length);
  const detected = batch.map((one, index) =>
    'failure' in one ? one : { ...one, detections: read(output, index, one.pixels, request, settings) },
  );
  const inferenceMs = performance.now() - startedMs;
  return detected.map((one) => {
    if ('failure' in one) return one;
    const { pixels, startedAtMs, detections } = one;
    const { width: imageWidth, height: imageHeight } = pixels.letterbox.source;
    const { decodeMs } = pixels;
    return { result: { detections, imageWidth, imageHeight, decodeMs, inferenceMs, startedAtMs } };
  });
}

/** A refused image leaves its place as it was: nobody reads what the model says there. */
function pack(batch: readonly Prepared[], input: Float32Array, settings: WorkerSettings): void {
  const length = tensorLength(settings.input);
  for (const [index, one] of batch.entries()) {
    if ('failure' in one) continue;
    const { rgb, letterbox } = one.pixels;
    const place = input.subarray(index * length, (index + 1) * length);
    packTensor(rgb, letterbox.content, letterbox.model, heads[settings.head].pixels, place);
  }
}

function read(
  output: Float32Array,
  index: number,
  { letterbox }: Pixels,
  { minScore, classes }: DetectRequest,
  { head, input, classNames }: WorkerSettings,
): ReturnType<typeof toDetections> {
  const [rows, columns] = heads[head].outputShape(input, classNames.length);
  const part = output.subarray(index * rows * columns, (index + 1) * rows * columns);
  const candidates = heads[head].decode(part, input, classNames.length, minScore);
  return toDetections(candidates, letterbox, classNames, classes && new Set(classes));
}
