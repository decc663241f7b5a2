"""Which anchors answer for which object, and what a wrong answer costs."""

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as bce

from network import STRIDES

# Longest side, input pixels, of the objects that each stride answers for. The ranges overlap.
RANGES = ((0.0, 72.0), (48.0, 150.0), (100.0, 1e6))
# Anchors within this many strides of an object's centre answer for it (FCOS, Tian et al., 2019).
RADIUS = 1.0
BOX_WEIGHT = 5.0


def anchor_grid(width: int, height: int) -> tuple[Tensor, Tensor, Tensor]:
    """Cell corners [anchors, 2] and strides [anchors] in input pixels, and size ranges [anchors, 2]."""
    cells, strides, ranges = [], [], []
    for stride, limits in zip(STRIDES, RANGES, strict=True):
        rows, columns = torch.meshgrid(
            torch.arange(height // stride), torch.arange(width // stride), indexing="ij"
        )
        grid = torch.stack((columns, rows), -1).reshape(-1, 2).float()
        cells.append(grid)
        strides.append(torch.full((len(grid),), float(stride)))
        ranges.append(torch.tensor(limits).expand(len(grid), 2))
    return torch.cat(cells), torch.cat(strides), torch.cat(ranges)


def decode(output: Tensor, cells: Tensor, strides: Tensor) -> Tensor:
    """Boxes as x0, y0, x1, y1 in input pixels."""
    centre = (output[..., :2] + cells) * strides[:, None]
    size = output[..., 2:4].clamp(max=6).exp() * strides[:, None]
    return torch.cat((centre - size / 2, centre + size / 2), -1)


def assign(boxes: Tensor, cells: Tensor, strides: Tensor, ranges: Tensor) -> tuple[Tensor, Tensor]:
    """For each anchor: the object it answers for (-1: none), and whether its centre lies in any object.

    boxes: [images, objects, 4] as x0, y0, x1, y1; rows of NaN are padding. The smallest object wins an anchor.
    """
    points = (cells + 0.5) * strides[:, None]
    centres = (boxes[..., :2] + boxes[..., 2:]) / 2
    sizes = boxes[..., 2:] - boxes[..., :2]
    distance = (points[None, :, None] - centres[:, None]).abs().amax(-1) / strides[None, :, None]
    longest = sizes.amax(-1)[:, None]
    fits = (longest >= ranges[None, :, None, 0]) & (longest < ranges[None, :, None, 1])
    near = (distance <= RADIUS) & fits
    inside = ((points[None, :, None] > boxes[:, None, :, :2]) & (points[None, :, None] < boxes[:, None, :, 2:])).all(-1)
    area = sizes.prod(-1)[:, None].expand_as(near)
    cost = torch.where(near, area, torch.inf)
    least, owner = cost.min(-1)
    return torch.where(least.isfinite(), owner, -1), inside.any(-1)


def generalised_iou(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """IoU and GIoU (Rezatofighi et al., 2019) of boxes x0, y0, x1, y1."""
    overlap = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(-1)
    union = (a[:, 2:] - a[:, :2]).prod(-1) + (b[:, 2:] - b[:, :2]).prod(-1) - overlap
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(-1)
    iou = overlap / union.clamp(min=1e-6)
    return iou, iou - (hull - union) / hull.clamp(min=1e-6)


def detection_loss(
    output: Tensor, boxes: Tensor, classes: Tensor, ignored: Tensor, grid: tuple[Tensor, Tensor, Tensor]
) -> Tensor:
    """`ignored` [images, objects, 4]: objects that may be found or not (hardly visible)."""
    cells, strides, ranges = grid
    owner, _ = assign(boxes, cells, strides, ranges)
    _, unsure = assign(ignored, cells, strides, ranges)
    positive = owner >= 0
    count = positive.sum().clamp(min=1)
    image = torch.arange(len(output))[:, None].expand_as(owner)[positive]
    target = boxes[image, owner[positive]]
    iou, giou = generalised_iou(decode(output, cells, strides)[positive], target)
    box_loss = (1 - giou).sum()
    counted = positive | ~unsure
    objectness = bce(output[..., 4][counted], positive[counted].float(), reduction="sum")
    wanted = torch.nn.functional.one_hot(classes[image, owner[positive]], output.shape[-1] - 5)
    class_loss = bce(output[..., 5:][positive], wanted * iou.detach()[:, None], reduction="sum")
    return (BOX_WEIGHT * box_loss + objectness + class_loss) / count
