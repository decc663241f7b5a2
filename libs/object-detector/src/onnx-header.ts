import { fieldsOf, messagesIn } from './protobuf.ts';

/** A number is fixed, a text is the name of a dimension that the caller chooses ('' where it has none). */
export type Dimension = number | string;

export interface TensorInfo {
  readonly name: string;
  /** TensorProto.DataType; 1 is float32. */
  readonly elementType: number;
  readonly shape: readonly Dimension[];
}

/** What a model takes and gives. */
export interface OnnxHeader {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

/** Field numbers of onnx.proto3. */
const modelGraph = 7;
const graph = { initializer: 5, input: 11, output: 12 } as const;
const initializerName = 8;
const valueInfo = { name: 1, type: 2 } as const;
const typeTensor = 1;
const tensorType = { elementType: 1, shape: 2 } as const;
const shapeDimension = 1;
const dimension = { value: 1, parameter: 2 } as const;

/**
 * Reads the inputs and outputs of an ONNX file, without a runtime and without touching its weights.
 * @throws ProtobufError where the bytes are no protobuf message
 */
export function readOnnxHeader(bytes: Uint8Array): OnnxHeader {
  const inputs: TensorInfo[] = [];
  const outputs: TensorInfo[] = [];
  const weights = new Set<string>();
  for (const message of messagesIn(bytes, modelGraph)) {
    for (const { number, value } of fieldsOf(message)) {
      if (typeof value === 'number') continue;
      if (number === graph.input) inputs.push(readTensorInfo(value));
      if (number === graph.output) outputs.push(readTensorInfo(value));
      if (number === graph.initializer) weights.add(readText(value, initializerName));
    }
  }
  // Up to IR version 3 each weight is also listed as an input.
  return { inputs: inputs.filter(({ name }) => !weights.has(name)), outputs };
}

function readTensorInfo(bytes: Uint8Array): TensorInfo {
  let elementType = 0;
  const shape: Dimension[] = [];
  for (const type of messagesIn(bytes, valueInfo.type)) {
    for (const tensor of messagesIn(type, typeTensor)) {
      for (const { number, value } of fieldsOf(tensor))
        if (number === tensorType.elementType && typeof value === 'number') elementType = value;
      for (const dimensions of messagesIn(tensor, tensorType.shape))
        for (const one of messagesIn(dimensions, shapeDimension)) shape.push(readDimension(one));
    }
  }
  return { name: readText(bytes, valueInfo.name), elementType, shape };
}

function readDimension(bytes: Uint8Array): Dimension {
  for (const { number, value } of fieldsOf(bytes))
    if (number === dimension.value && typeof value === 'number') return value;
  return readText(bytes, dimension.parameter);
}

function readText(bytes: Uint8Array, number: number): string {
  const [text] = messagesIn(bytes, number);
  return text === undefined ? '' : new TextDecoder().decode(text);
}
