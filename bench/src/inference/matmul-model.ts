/**
 * An ONNX model that multiplies two float32 matrices of n x n. Written by hand, because nothing else here writes ONNX:
 * ten fields of onnx.proto3 in the wire format of Protocol Buffers.
 */
export function matmulModel(n: number): Uint8Array {
  const float = 1;
  const [irVersion, opset] = [8, 13];
  const dimension = bytes(1, number(1, n));
  const type = bytes(1, number(1, float), bytes(2, dimension, dimension));
  const tensor = (field: number, name: string): number[] => bytes(field, text(1, name), bytes(2, type));
  const node = bytes(1, text(1, 'a'), text(1, 'b'), text(2, 'c'), text(4, 'MatMul'));
  const graph = bytes(7, node, text(2, 'matmul'), tensor(11, 'a'), tensor(11, 'b'), tensor(12, 'c'));
  return Uint8Array.from([...number(1, irVersion), ...graph, ...bytes(8, number(2, opset))]);
}

const varintKind = 0;
const bytesKind = 2;

function number(field: number, value: number): number[] {
  return [...varint(field * 8 + varintKind), ...varint(value)];
}

function text(field: number, value: string): number[] {
  return bytes(field, [...new TextEncoder().encode(value)]);
}

function bytes(field: number, ...parts: readonly (readonly number[])[]): number[] {
  const payload = parts.flat();
  return [...varint(field * 8 + bytesKind), ...varint(payload.length), ...payload];
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))];
}
