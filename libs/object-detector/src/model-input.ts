import type { Size } from '@framegate/detection';
import type { HeadName } from './head.ts';
import { heads } from './head.ts';
import { ModelError } from './model-error.ts';
import type { Dimension, OnnxHeader, TensorInfo } from './onnx-header.ts';

export interface ModelInput extends Size {
  /** How many images one run takes: exactly so many, or as many as wanted. */
  readonly batch: number | 'any';
}

const float32 = 1;
const largestStride = 32;

/**
 * What the model takes, if it is one that this head can be used with.
 * @throws ModelError WRONG_SHAPE naming the file, what the head expects and what was found
 */
export function inputOf(path: string, header: OnnxHeader, headName: HeadName, classes: number): ModelInput {
  const refuse = (expected: string, found: string): never => {
    throw new ModelError(
      'WRONG_SHAPE',
      `${path} is no ${headName} model of ${classes} classes: expected ${expected}, found ${found}. Choose another head, class list or export.`,
    );
  };
  const [input] = header.inputs;
  const [output] = header.outputs;
  if (input === undefined || output === undefined || header.inputs.length > 1 || header.outputs.length > 1)
    return refuse('one input and one output', `${header.inputs.length} and ${header.outputs.length}`);
  for (const tensor of [input, output])
    if (tensor.elementType !== float32)
      return refuse(`float32 for ${tensor.name}`, `element type ${tensor.elementType}`);
  const size = imageSize(input);
  if (size === undefined)
    return refuse('an input [N, 3, height, width] with fixed multiples of 32', describe(input.shape));
  const [rows, columns] = heads[headName].outputShape(size, classes);
  if (!fits(output.shape, ['N', rows, columns]))
    return refuse(`an output [N, ${rows}, ${columns}]`, describe(output.shape));
  const [batch] = input.shape;
  return { ...size, batch: typeof batch === 'number' ? batch : 'any' };
}

function imageSize({ shape }: TensorInfo): Size | undefined {
  const [, , height, width] = shape;
  if (typeof height !== 'number' || typeof width !== 'number') return undefined;
  if (height === 0 || width === 0 || height % largestStride > 0 || width % largestStride > 0)
    return undefined;
  return fits(shape, ['N', 3, height, width]) ? { width, height } : undefined;
}

/** Dimensions without a fixed length fit any; the first run shows them. */
function fits(shape: readonly Dimension[], expected: readonly Dimension[]): boolean {
  if (shape.length !== expected.length) return false;
  return shape.every(
    (length, index) =>
      typeof length === 'string' || typeof expected[index] === 'string' || length === expected[index],
  );
}

function describe(shape: readonly Dimension[]): string {
  return `[${shape.map((length) => (length === '' ? '?' : length)).join(', ')}]`;
}
