import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';

const shapes = z.array(z.record(z.string(), z.array(z.number())));
const profileSchema = z.array(
  z.object({
    args: z
      .object({ op_name: z.string(), input_type_shape: shapes, output_type_shape: shapes })
      .partial()
      .optional(),
  }),
);

/**
 * Floating-point operations of one run: two for each multiply-add of its convolutions and matrix products, from the
 * shapes that ONNX Runtime's own profile names; all else in a detector is below a percent.
 */
export async function modelFlops(
  path: string,
  input: { readonly width: number; readonly height: number },
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-inference-'));
  try {
    const session = await InferenceSession.create(path, {
      enableProfiling: true,
      profileFilePrefix: join(folder, 'profile'),
      intraOpNumThreads: 1,
    });
    const dims = [1, 3, input.height, input.width];
    const tensor = new Tensor('float32', new Float32Array(3 * input.height * input.width), dims);
    await session.run({ [session.inputNames[0] ?? '']: tensor });
    await session.release();
    const [file = ''] = await readdir(folder);
    return flopsOf(JSON.parse(await readFile(join(folder, file), 'utf8')));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param profile as ONNX Runtime writes it: Chrome's trace events, a node's shapes in its `args` */
export function flopsOf(profile: unknown): number {
  return profileSchema.parse(profile).reduce((sum, { args }) => {
    const [inputs, outputs] = [args?.input_type_shape ?? [], args?.output_type_shape ?? []];
    const output = product(dimsOf(outputs[0]));
    const weights = dimsOf(inputs[1]);
    // Conv: weights [out, in / groups, height, width]; each output is a sum over all but the first.
    if (args?.op_name?.endsWith('Conv') === true) return sum + 2 * output * product(weights.slice(1));
    if (args?.op_name === 'MatMul' || args?.op_name === 'FusedMatMul')
      return sum + 2 * output * (weights.at(-2) ?? 0);
    return sum;
  }, 0);
}

function dimsOf(tensor: Readonly<Record<string, readonly number[]>> | undefined): readonly number[] {
  return Object.values(tensor ?? {})[0] ?? [];
}

function product(values: readonly number[]): number {
  return values.reduce((a, b) => a * b, 1);
}
