import { describe, expect, it } from 'vitest';
import { decodeYolov8, yolov8Rows } from './yolov8-head.ts';
import { decodeYolox, yoloxOutputShape } from './yolox-head.ts';

const model = { width: 64, height: 32 };

/** An output where nothing is found but `row`, written at anchor `anchor`. */
function yoloxOutput(anchor: number, row: readonly number[]): Float32Array {
  const [anchors, columns] = yoloxOutputShape(model, row.length - 5);
  const output = new Float32Array(anchors * columns);
  output.set(row, anchor * columns);
  return output;
}

describe('the YOLOX head', () => {
  it('has one anchor for each cell of the three grids', () => {
    expect(yoloxOutputShape({ width: 416, height: 416 }, 80)).toEqual([3549, 85]);
    expect(yoloxOutputShape({ width: 640, height: 640 }, 80)).toEqual([8400, 85]);
  });

  it('places a box by its cell and stride, and sizes it by exp', () => {
    const secondRowOfStride8 = 8 + 3;
    const row = [0.5, 0.25, Math.log(2), Math.log(4), 0.8, 0.1, 0.9];
    const [found, ...others] = decodeYolox(yoloxOutput(secondRowOfStride8, row), model, 2, 0.3);
    expect(others).toEqual([]);
    expect(found?.classIndex).toBe(1);
    expect(found?.score).toBeCloseTo(0.72);
    const centre = { x: 3.5 * 8, y: 1.25 * 8 };
    const expected = [centre.x - 8, centre.y - 16, 16, 32];
    for (const [index, value] of expected.entries()) expect(found?.box[index]).toBeCloseTo(value, 4);
  });

  it('goes on with the grids of stride 16 and 32', () => {
    const row = [0, 0, 0, 0, 1, 1];
    const firstOfStride16 = 8 * 4;
    const secondOfStride32 = 8 * 4 + 4 * 2 + 1;
    expect(decodeYolox(yoloxOutput(firstOfStride16, row), model, 1, 0.3)[0]?.box).toEqual([-8, -8, 16, 16]);
    expect(decodeYolox(yoloxOutput(secondOfStride32, row), model, 1, 0.3)[0]?.box).toEqual([16, -16, 32, 32]);
  });

  it('weighs the class with the objectness before it compares with the minimum', () => {
    expect(decodeYolox(yoloxOutput(0, [0, 0, 0, 0, 0.5, 0.5]), model, 1, 0.3)).toEqual([]);
    expect(decodeYolox(yoloxOutput(0, [0, 0, 0, 0, 0.5, 0.7]), model, 1, 0.3)).toHaveLength(1);
  });
});

describe('the YOLOv8 head', () => {
  it('reads boxes in model pixels and the best class, column by column', () => {
    const anchors = 3;
    const output = new Float32Array(yolov8Rows(2) * anchors);
    for (const [row, value] of [20, 10, 8, 4, 0.2, 0.9].entries()) output[row * anchors + 1] = value;
    const found = decodeYolov8(output, 2, 0.3);
    expect(found).toEqual([{ box: [16, 8, 8, 4], classIndex: 1, score: Math.fround(0.9) }]);
  });
});
