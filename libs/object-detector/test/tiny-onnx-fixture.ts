/**
 * Writes ONNX models small enough for a test that really look at their input: a cell is an object as sure as its
 * colour is strong, class 0 by its blue and class 1 by its red, as large as the cell.
 * Source of the field numbers: onnx.proto3.
 */
const strides = [8, 16, 32] as const;

export interface TinyModel {
  readonly head: 'yolox' | 'yolov8';
  readonly width: number;
  readonly height: number;
  readonly batch: number | 'any';
}

export function tinyOnnx(model: TinyModel): Uint8Array {
  const rows = model.head === 'yolox' ? yoloxRows : yolov8Rows;
  const anchors = strides.reduce((sum, stride) => sum + cells(model, stride), 0);
  const outputShape = model.head === 'yolox' ? [anchors, rows.length] : [rows.length, anchors];
  return onnxFile({
    nodes: nodesOf(model),
    weights: weightsOf(model, rows),
    input: tensorInfo('images', 1, [model.batch, 3, model.height, model.width]),
    outputs: [tensorInfo('output', 1, [model.batch, ...outputShape])],
  });
}

/** A file that declares these shapes and computes nothing. */
export function onnxDeclaring(
  input: readonly (number | string)[],
  outputs: readonly (readonly (number | string)[])[],
  elementType = 1,
): Uint8Array {
  return onnxFile({
    nodes: [],
    weights: [],
    input: tensorInfo('images', elementType, input),
    outputs: outputs.map((shape) => tensorInfo('output', elementType, shape)),
  });
}

type Row = (channel: 'blue' | 'green' | 'red') => number;
const nothing: Row = () => 0;
const anyColour: Row = () => 1;
const blueness: Row = (channel) => (channel === 'blue' ? 1 : 0);
const redness: Row = (channel) => (channel === 'red' ? 1 : 0);
const yoloxRows = [nothing, nothing, nothing, nothing, anyColour, blueness, redness];
const yolov8Rows = [nothing, nothing, nothing, nothing, blueness, redness];

function nodesOf({ head }: TinyModel): Uint8Array[] {
  const perStride = strides.flatMap((stride) => [
    node('Conv', ['images', `w${stride}`, 'bias'], `c${stride}`, [ints('strides', [stride, stride])]),
    node('Reshape', [`c${stride}`, 'shape'], `r${stride}`, []),
  ]);
  const concat = node('Concat', ['r8', 'r16', 'r32'], 'all', [int('axis', 2)]);
  const last =
    head === 'yolox'
      ? node('Transpose', ['all'], 'output', [ints('perm', [0, 2, 1])])
      : node('Add', ['all', 'grid'], 'output', []);
  return [...perStride, concat, last];
}

function weightsOf(model: TinyModel, rows: readonly Row[]): Uint8Array[] {
  const channels =
    model.head === 'yolox' ? (['blue', 'green', 'red'] as const) : (['red', 'green', 'blue'] as const);
  const full = model.head === 'yolox' ? 255 : 1;
  const kernels = strides.map((stride) => {
    const planes = rows.flatMap((row) => channels.map((channel) => row(channel) / (stride * stride * full)));
    const values = planes.flatMap((value) => Array.from({ length: stride * stride }, () => value));
    return floatTensor(`w${stride}`, [rows.length, 3, stride, stride], values);
  });
  const shape = int64Tensor('shape', [0, rows.length, -1]);
  const bias = floatTensor(
    'bias',
    [rows.length],
    rows.map((_, row) => (model.head === 'yolox' && row < 2 ? 0.5 : 0)),
  );
  return model.head === 'yolox'
    ? [...kernels, bias, shape]
    : [...kernels, bias, shape, gridOf(model, rows.length)];
}

/** YOLOv8 answers in model pixels: the centre and size of each cell. */
function gridOf(model: TinyModel, rows: number): Uint8Array {
  const boxes = strides.flatMap((stride) =>
    Array.from({ length: cells(model, stride) }, (_, cell) => {
      const perRow = model.width / stride;
      const centre = (index: number): number => (index + 0.5) * stride;
      return [centre(cell % perRow), centre(Math.floor(cell / perRow)), stride, stride];
    }),
  );
  const values = Array.from({ length: rows }, (_, row) => boxes.map((box) => box[row] ?? 0)).flat();
  return floatTensor('grid', [1, rows, boxes.length], values);
}

function cells({ width, height }: TinyModel, stride: number): number {
  return (width / stride) * (height / stride);
}

interface Graph {
  readonly nodes: readonly Uint8Array[];
  readonly weights: readonly Uint8Array[];
  readonly input: Uint8Array;
  readonly outputs: readonly Uint8Array[];
}

function onnxFile({ nodes, weights, input, outputs }: Graph): Uint8Array {
  const graph = join(
    ...nodes.map((one) => bytes(1, one)),
    text(2, 'tiny'),
    ...weights.map((one) => bytes(5, one)),
    bytes(11, input),
    ...outputs.map((one) => bytes(12, one)),
  );
  return join(number(1, 8), bytes(7, graph), bytes(8, number(2, 13)));
}

function node(kind: string, inputs: string[], output: string, attributes: Uint8Array[]): Uint8Array {
  return join(
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, kind),
    ...attributes.map((one) => bytes(5, one)),
  );
}

function int(name: string, value: number): Uint8Array {
  return join(text(1, name), number(3, value), number(20, 2));
}

function ints(name: string, values: number[]): Uint8Array {
  return join(text(1, name), ...values.map((value) => number(8, value)), number(20, 7));
}

function tensorInfo(name: string, elementType: number, shape: readonly (number | string)[]): Uint8Array {
  const dimensions = shape.map((length) =>
    bytes(1, typeof length === 'number' ? number(1, length) : text(2, length)),
  );
  return join(text(1, name), bytes(2, bytes(1, join(number(1, elementType), bytes(2, join(...dimensions))))));
}

function floatTensor(name: string, dimensions: number[], values: number[]): Uint8Array {
  return tensor(name, 1, dimensions, new Float32Array(values));
}

function int64Tensor(name: string, values: number[]): Uint8Array {
  return tensor(name, 7, [values.length], new BigInt64Array(values.map(BigInt)));
}

function tensor(
  name: string,
  type: number,
  dimensions: number[],
  data: Float32Array | BigInt64Array,
): Uint8Array {
  const raw = new Uint8Array(data.buffer);
  return join(
    ...dimensions.map((length) => number(1, length)),
    number(2, type),
    text(8, name),
    bytes(9, raw),
  );
}

function number(field: number, value: number): Uint8Array {
  return join(varint(field * 8), varint(value));
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return join(varint(field * 8 + 2), varint(value.length), value);
}

function varint(value: number): Uint8Array {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...out, rest]);
    out.push((rest % 128) + 128);
  }
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
