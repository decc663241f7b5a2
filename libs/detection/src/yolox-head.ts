import type { Candidate } from './candidate.ts';
import type { Size } from './letterbox.ts';

const strides = [8, 16, 32] as const;
/** Columns before the classes: x, y, width, height, objectness. */
const boxColumns = 5;

/** How many anchors the head has for an input whose sides are multiples of 32. */
function yoloxAnchors({ width, height }: Size): number {
  return strides.reduce((sum, stride) => sum + (width / stride) * (height / stride), 0);
}

/** The shape of one image's part of the output. */
export function yoloxOutputShape(model: Size, classes: number): readonly [anchors: number, columns: number] {
  return [yoloxAnchors(model), boxColumns + classes];
}

/**
 * Decodes one image's output of a YOLOX head exported without decoding (sigmoids inside the model):
 * centre = (xy + cell) * stride, size = exp(wh) * stride, score = objectness * best class.
 * Source: Ge et al., "YOLOX: Exceeding YOLO Series in 2021"; `demo_postprocess` in its repository.
 * @param output [anchors, 5 + classes] as rows; anchors run row by row over the grids of stride 8, 16, 32
 * @param minScore candidates below it are left out, 0..1
 */
export function decodeYolox(
  output: Float32Array,
  model: Size,
  classes: number,
  minScore: number,
): Candidate[] {
  const columns = boxColumns + classes;
  const found: Candidate[] = [];
  let row = 0;
  for (const stride of strides) {
    const gridWidth = model.width / stride;
    const cells = gridWidth * (model.height / stride);
    for (let cell = 0; cell < cells; cell += 1, row += columns) {
      const objectness = output[row + 4]!;
      // No class lies above 1, so most anchors are dismissed by one comparison.
      if (objectness < minScore) continue;
      const classIndex = indexOfMaximum(output, row + boxColumns, classes);
      const score = objectness * output[row + boxColumns + classIndex]!;
      if (score < minScore) continue;
      const width = Math.exp(output[row + 2]!) * stride;
      const height = Math.exp(output[row + 3]!) * stride;
      const centreX = (output[row]! + (cell % gridWidth)) * stride;
      const centreY = (output[row + 1]! + Math.floor(cell / gridWidth)) * stride;
      found.push({ box: [centreX - width / 2, centreY - height / 2, width, height], classIndex, score });
    }
  }
  return found;
}

function indexOfMaximum(values: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index += 1)
    if (values[start + index]! > values[start + best]!) best = index;
  return best;
}
