import type { Candidate } from './candidate.ts';

/** Rows before the classes: centre x and y, width, height. */
const boxRows = 4;

/** How many rows one image's part of the output has. */
export function yolov8Rows(classes: number): number {
  return boxRows + classes;
}

/**
 * Decodes one image's output of a YOLOv8 or YOLO11 head exported without NMS: boxes are in model pixels already,
 * the score is the best class (there is no objectness).
 * Source: Ultralytics' documentation of the detection output.
 * @param output [4 + classes, anchors] as rows, so that neighbours in memory are anchors
 * @param minScore candidates below it are left out, 0..1
 */
export function decodeYolov8(output: Float32Array, classes: number, minScore: number): Candidate[] {
  const anchors = output.length / yolov8Rows(classes);
  const { scores, classIndices } = bestClasses(output, classes, anchors);
  const found: Candidate[] = [];
  for (let anchor = 0; anchor < anchors; anchor += 1) {
    const score = scores[anchor]!;
    if (score < minScore) continue;
    const width = output[2 * anchors + anchor]!;
    const height = output[3 * anchors + anchor]!;
    found.push({
      box: [output[anchor]! - width / 2, output[anchors + anchor]! - height / 2, width, height],
      classIndex: classIndices[anchor]!,
      score,
    });
  }
  return found;
}

/** Goes through memory in its order: a row for each class. */
function bestClasses(
  output: Float32Array,
  classes: number,
  anchors: number,
): { scores: Float32Array; classIndices: Uint16Array } {
  const scores = output.slice(boxRows * anchors, (boxRows + 1) * anchors);
  const classIndices = new Uint16Array(anchors);
  for (let classIndex = 1; classIndex < classes; classIndex += 1) {
    const row = (boxRows + classIndex) * anchors;
    for (let anchor = 0; anchor < anchors; anchor += 1) {
      const score = output[row + anchor]!;
      if (score <= scores[anchor]!) continue;
      scores[anchor] = score;
      classIndices[anchor] = classIndex;
    }
  }
  return { scores, classIndices };
}
