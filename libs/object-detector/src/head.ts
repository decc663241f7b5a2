import type { Candidate, PixelFormat, Size } from '@framegate/detection';
import { decodeYolov8, decodeYolox, yolov8Rows, yoloxOutputShape } from '@framegate/detection';

/** Which family a model belongs to: how its input is written and its output read. */
export const headNames = ['yolox', 'yolov8'] as const;
export type HeadName = (typeof headNames)[number];

export interface Head {
  readonly pixels: PixelFormat;
  /** The shape of one image's part of the output. */
  outputShape(input: Size, classes: number): readonly [rows: number, columns: number];
  decode(output: Float32Array, input: Size, classes: number, minScore: number): Candidate[];
}

export const heads: Readonly<Record<HeadName, Head>> = {
  yolox: {
    pixels: { order: 'bgr', full: 255 },
    outputShape: yoloxOutputShape,
    decode: decodeYolox,
  },
  // YOLO11 has the same head.
  yolov8: {
    pixels: { order: 'rgb', full: 1 },
    // The same three grids as YOLOX, one anchor for each cell.
    outputShape: (input, classes) => [yolov8Rows(classes), yoloxOutputShape(input, classes)[0]],
    decode: (output, _input, classes, minScore) => decodeYolov8(output, classes, minScore),
  },
};
