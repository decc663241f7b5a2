import { describe, expect, it } from 'vitest';
import type { HeadName } from './head.ts';
import { inputOf } from './model-input.ts';
import type { Dimension } from './onnx-header.ts';

function judge(head: HeadName, input: Dimension[], output: Dimension[], elementType = 1) {
  const header = {
    inputs: [{ name: 'images', elementType, shape: input }],
    outputs: [{ name: 'output', elementType, shape: output }],
  };
  return inputOf('net.onnx', header, head, 80);
}

describe('the shape of a model', () => {
  it('tells size and batch', () => {
    expect(judge('yolox', [1, 3, 416, 416], [1, 3549, 85])).toEqual({ width: 416, height: 416, batch: 1 });
    expect(judge('yolov8', ['batch', 3, 384, 640], ['batch', 84, 5040])).toEqual({
      width: 640,
      height: 384,
      batch: 'any',
    });
  });

  it('may leave open how many anchors there are', () => {
    expect(judge('yolov8', [1, 3, 640, 640], [1, 84, 'anchors'])).toMatchObject({ width: 640 });
  });

  it.each<[what: string, head: HeadName, input: Dimension[], output: Dimension[], message: string]>([
    [
      'the other head',
      'yolox',
      [1, 3, 640, 640],
      [1, 84, 8400],
      'net.onnx is no yolox model of 80 classes: expected an output [N, 8400, 85], found [1, 84, 8400]. Choose another head, class list or export.',
    ],
    [
      'other classes',
      'yolov8',
      [1, 3, 640, 640],
      [1, 6, 8400],
      'an output [N, 84, 8400], found [1, 6, 8400]',
    ],
    ['one channel', 'yolox', [1, 1, 416, 416], [1, 3549, 85], 'found [1, 1, 416, 416]'],
    ['a size that strides do not divide', 'yolox', [1, 3, 400, 416], [1, 3549, 85], 'multiples of 32'],
    ['an open size', 'yolov8', [1, 3, 'h', ''], [1, 84, 8400], 'fixed multiples of 32, found [1, 3, h, ?]'],
    ['three dimensions', 'yolox', [3, 416, 416], [1, 3549, 85], 'found [3, 416, 416]'],
  ])('is refused where it has %s', (_, head, input, output, message) => {
    expect(() => judge(head, input, output)).toThrow(message);
  });

  it('is refused where its numbers are not float32, or where there are several outputs', () => {
    expect(() => judge('yolox', [1, 3, 416, 416], [1, 3549, 85], 10)).toThrow(
      'expected float32 for images, found element type 10',
    );
    const tensor = { name: 'x', elementType: 1, shape: [1] };
    const header = { inputs: [tensor], outputs: [tensor, tensor] };
    expect(() => inputOf('net.onnx', header, 'yolox', 80)).toThrow('one input and one output, found 1 and 2');
  });
});
