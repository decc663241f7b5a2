import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onnxDeclaring, tinyOnnx } from '../test/tiny-onnx-fixture.ts';
import { readOnnxHeader } from './onnx-header.ts';
import { ProtobufError } from './protobuf.ts';

const tiny = tinyOnnx({ head: 'yolox', width: 64, height: 32, batch: 'any' });

describe('the header of an ONNX file', () => {
  it('names what the model takes and gives, and leaves the weights out', () => {
    expect(readOnnxHeader(tiny)).toEqual({
      inputs: [{ name: 'images', elementType: 1, shape: ['any', 3, 32, 64] }],
      outputs: [{ name: 'output', elementType: 1, shape: ['any', 42, 7] }],
    });
  });

  it('says when a dimension has neither length nor name', () => {
    expect(readOnnxHeader(onnxDeclaring(['', 3], [])).inputs[0]?.shape).toEqual(['', 3]);
  });

  it('of a file that was cut anywhere is refused, or at least incomplete', () => {
    const graphEnds = tiny.length - 4;
    fc.assert(
      fc.property(fc.integer({ min: 3, max: graphEnds - 1 }), (length) => {
        expect(() => readOnnxHeader(tiny.subarray(0, length))).toThrow(ProtobufError);
      }),
    );
  });

  it('of any other bytes is refused or empty, and never something else goes wrong', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readOnnxHeader(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtobufError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
