"""An independent reading of a YOLOX model: numpy, Pillow and onnxruntime, none of Framegate's code.

    python yolox_reference.py MODEL.onnx IMAGE... > boxes.json

Images are anything that Pillow opens. The answer maps each path to its boxes, best first:
{"box": [x, y, width, height] in pixels of the image, "classIndex": n, "score": 0..1}.

Written from the description of the head in Ge et al., "YOLOX: Exceeding YOLO Series in 2021".
"""

import argparse
import json

import numpy as np
import onnxruntime
from PIL import Image

PAD = 114
STRIDES = (8, 16, 32)


def letterboxed(path, width, height):
    """The input tensor (blue, green, red, 0-255) and how many model pixels a pixel of the image has become."""
    image = Image.open(path).convert("RGB")
    scale = min(width / image.width, height / image.height)
    size = (round(image.width * scale), round(image.height * scale))
    if size != image.size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    canvas = np.full((height, width, 3), PAD, dtype=np.float32)
    canvas[: size[1], : size[0]] = np.asarray(image)
    return canvas[:, :, ::-1].transpose(2, 0, 1)[np.newaxis].copy(), scale


def anchors(width, height):
    """For each row of the output the cell that it speaks of, and that cell's stride."""
    cells, strides = [], []
    for stride in STRIDES:
        ys, xs = np.mgrid[0 : height // stride, 0 : width // stride]
        cells.append(np.stack([xs.ravel(), ys.ravel()], axis=1))
        strides.append(np.full((xs.size, 1), stride))
    return np.concatenate(cells), np.concatenate(strides)


def corners(output, width, height):
    cells, strides = anchors(width, height)
    centre = (output[:, 0:2] + cells) * strides
    half = np.exp(output[:, 2:4]) * strides / 2
    return np.concatenate([centre - half, centre + half], axis=1)


def overlaps(box, boxes):
    """Intersection over union of one box with each of many."""
    left_top = np.maximum(box[:2], boxes[:, :2])
    right_bottom = np.minimum(box[2:], boxes[:, 2:])
    shared = np.prod(np.clip(right_bottom - left_top, 0, None), axis=1)
    area = np.prod(box[2:] - box[:2])
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return shared / (area + areas - shared)


def suppressed(boxes, scores, max_overlap):
    """The indices that greedy non-maximum suppression keeps, best first."""
    order = np.argsort(-scores, kind="stable")
    kept = []
    while order.size > 0:
        best, rest = order[0], order[1:]
        kept.append(best)
        order = rest[overlaps(boxes[best], boxes[rest]) <= max_overlap]
    return kept


def detect(session, path, min_score, max_overlap):
    model_input = session.get_inputs()[0]
    height, width = model_input.shape[2:]
    tensor, scale = letterboxed(path, width, height)
    (output,) = session.run(None, {model_input.name: tensor})
    rows = output[0].astype(np.float64)
    all_scores = rows[:, 4:5] * rows[:, 5:]
    classes = all_scores.argmax(axis=1)
    scores = all_scores.max(axis=1)
    boxes = corners(rows, width, height)

    found = []
    for class_index in np.unique(classes[scores >= min_score]):
        chosen = np.flatnonzero((classes == class_index) & (scores >= min_score))
        for index in chosen[suppressed(boxes[chosen], scores[chosen], max_overlap)]:
            found.append((float(scores[index]), int(class_index), boxes[index] / scale))
    found.sort(key=lambda one: -one[0])

    image = Image.open(path)
    limits = np.array([image.width, image.height, image.width, image.height])
    answer = []
    for score, class_index, box in found:
        left, top, right, bottom = np.clip(box, 0, limits)
        if right > left and bottom > top:
            answer.append({"box": [left, top, right - left, bottom - top], "classIndex": class_index, "score": score})
    return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("images", nargs="+")
    parser.add_argument("--min-score", type=float, default=0.3)
    parser.add_argument("--max-overlap", type=float, default=0.45)
    options = parser.parse_args()
    session = onnxruntime.InferenceSession(options.model, providers=["CPUExecutionProvider"])
    found = {path: detect(session, path, options.min_score, options.max_overlap) for path in options.images}
    print(json.dumps(found))


main()
