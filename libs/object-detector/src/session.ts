import { InferenceSession, Tensor, env, listSupportedBackends } from 'onnxruntime-node';
import { heads } from './head.ts';
import { ModelError } from './model-error.ts';
import type { Provider, WorkerSettings } from './worker-settings.ts';

/** One model ready to run. */
export interface Session {
  /** Float32 NCHW for `settings.batch` images: written by the caller, read by `run`. */
  readonly input: Float32Array;
  /** Runs the model on the first `images` of the input: their outputs, one after the other, until the next run. */
  run(images: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Errors are thrown anyway; the runtime's own lines would only be printed between the user's. */
const logFatalOnly = 4;
env.logLevel = 'fatal';

/**
 * Loads a model once and runs it on each number of images that it ever will: that shows its true output shape, and
 * takes the memory that the runtime keeps, which would else come with the first batch of that size, hours later.
 * @throws ModelError
 */
export async function createSession(settings: WorkerSettings): Promise<Session> {
  requireProvider(settings.provider);
  const session = await load(settings);
  const { input: size, batch } = settings;
  const imageLength = 3 * size.height * size.width;
  // Zeros that nobody wrote take no memory: each batch larger than all before would bring its part, hours later.
  const input = new Float32Array(batch * imageLength).fill(0);
  const inputName = session.inputNames[0] ?? '';
  const outputName = session.outputNames[0] ?? '';
  let output = new Float32Array();
  const run = async (images: number): Promise<Float32Array> => {
    const count = size.batch === 'any' ? images : size.batch;
    const pixels = input.subarray(0, count * imageLength);
    const tensor = new Tensor('float32', pixels, [count, 3, size.height, size.width]);
    const result = (await session.run({ [inputName]: tensor }))[outputName];
    const floats = floatsOf(result, settings);
    if (output.length < floats.length) output = new Float32Array(floats.length);
    output.set(floats);
    // Else the runtime's memory for it is held until the next collection, and its arena grows by as many.
    result?.dispose();
    return output;
  };
  for (const images of warmUpRuns(settings)) await run(images);
  return { input, run, close: () => session.release() };
}

/**
 * Numbers of images. The largest twice: the second run of a shape takes memory anew, as it is laid out by what the first
 * one used (`enableMemPattern`). What the smaller ones need then fits in.
 */
function warmUpRuns({ batch, input }: WorkerSettings): number[] {
  if (input.batch !== 'any') return [batch, batch];
  return [batch, ...Array.from({ length: batch }, (_, smaller) => batch - smaller)];
}

async function load({ modelPath, provider, threads }: WorkerSettings): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(modelPath, {
      executionProviders: [provider],
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: logFatalOnly,
      // Idle threads that spin would take the processor from decoding and from other workers.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw provider === 'cpu'
      ? new ModelError('CORRUPT', `${modelPath} can't be loaded: ${reason}`, { cause: error })
      : new ModelError(
          'NO_PROVIDER',
          `the provider ${provider} can't be used (install its libraries, or choose cpu): ${reason}`,
          { cause: error },
        );
  }
}

function requireProvider(provider: Provider): void {
  const present = listSupportedBackends().map(({ name }) => name);
  if (present.includes(provider)) return;
  throw new ModelError(
    'NO_PROVIDER',
    `the provider ${provider} is not part of onnxruntime on this platform: choose one of ${present.join(', ')}`,
  );
}

function floatsOf(
  output: Tensor | undefined,
  { modelPath, head, input, classNames }: WorkerSettings,
): Float32Array {
  const shape = heads[head].outputShape(input, classNames.length);
  if (output?.data instanceof Float32Array && output.dims.slice(1).join() === shape.join())
    return output.data;
  throw new ModelError(
    'WRONG_SHAPE',
    `${modelPath} is no ${head} model of ${classNames.length} classes: expected an output [N, ${shape.join(', ')}] of float32, found [${output?.dims.join(', ')}] of ${output?.type}`,
  );
}
