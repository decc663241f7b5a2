import { describe, expect, it } from 'vitest';
import { flopsOf } from './model-work.ts';

const node = (op_name: string, inputs: number[][], output: number[]) => ({
  cat: 'Node',
  args: {
    op_name,
    input_type_shape: inputs.map((float) => ({ float })),
    output_type_shape: [{ float: output }],
  },
});

describe('flopsOf', () => {
  it('counts two operations for each weight under each output of a convolution', () => {
    const conv = node('Conv', [[1, 3, 8, 8], [16, 3, 3, 3], [16]], [1, 16, 8, 8]);
    expect(flopsOf([conv])).toBe(2 * (16 * 8 * 8) * (3 * 3 * 3));
  });

  it('counts a convolution in groups by the inputs of one group', () => {
    const depthwise = node(
      'Conv',
      [
        [1, 16, 8, 8],
        [16, 1, 3, 3],
      ],
      [1, 16, 8, 8],
    );
    expect(flopsOf([depthwise])).toBe(2 * (16 * 8 * 8) * 9);
  });

  it('counts a matrix product and passes over what is no node', () => {
    const product = node('MatMul', [[4, 5], [5, 6]], [4, 6]); // prettier-ignore
    expect(flopsOf([{ cat: 'Session', args: {} }, product])).toBe(2 * 4 * 6 * 5);
  });
});
