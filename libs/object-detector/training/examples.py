"""The frames that export-training-set.ts wrote, as batches with random changes."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from network import CLASSES

PADDING = 114.0
# An object less visible than this, or lower than this many input pixels, may be found or not.
LEAST_VISIBLE = 0.4
LEAST_HEIGHT = 14.0
MOST_OBJECTS = 16


class Examples:
    def __init__(self, folder: Path) -> None:
        truth = json.loads((folder / "truth.json").read_text())
        self.width, self.height = truth["width"], truth["height"]
        shape = (len(truth["images"]), self.height, self.width, 3)
        self.images = np.memmap(folder / "images.u8", np.uint8, "r", shape=shape)
        self.truth = [image["boxes"] for image in truth["images"]]

    def __len__(self) -> int:
        return len(self.truth)

    def batch(self, indices: Tensor, random: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Images [N, 3, H, W] BGR; boxes, classes and ignored boxes, padded with NaN."""
        rgb = torch.from_numpy(self.images[np.sort(indices.numpy())])
        images = rgb.permute(0, 3, 1, 2).flip(1).float()
        boxes = torch.full((len(indices), MOST_OBJECTS, 6), torch.nan)
        for row, index in enumerate(np.sort(indices.numpy())):
            for column, item in enumerate(self.truth[index][:MOST_OBJECTS]):
                x, y, w, h = item["box"]
                values = (x, y, x + w, y + h, CLASSES.index(item["class"]), item["visible"])
                boxes[row, column] = torch.tensor(values)
        images, boxes = zoomed(*mirrored(relit(images, random), boxes, random), random)
        height = boxes[..., 3] - boxes[..., 1]
        hard = (boxes[..., 5] < LEAST_VISIBLE) | (height < LEAST_HEIGHT)
        kept = torch.where(hard[..., None], torch.nan, boxes[..., :4])
        ignored = torch.where(hard[..., None], boxes[..., :4], torch.nan)
        return images, kept, boxes[..., 4].nan_to_num().long(), ignored


def uniform(low: float, high: float, random: torch.Generator, *shape: int) -> Tensor:
    return low + (high - low) * torch.rand(*shape, generator=random)


def relit(images: Tensor, random: torch.Generator) -> Tensor:
    """Other brightness, contrast, colour balance, and noise."""
    count = len(images)
    contrast = uniform(0.6, 1.35, random, count, 1, 1, 1) * uniform(0.93, 1.07, random, count, 3, 1, 1)
    brightness = uniform(-30, 30, random, count, 1, 1, 1)
    noise = uniform(0, 5, random, count, 1, 1, 1) * torch.randn(images.shape, generator=random)
    return ((images - PADDING) * contrast + PADDING + brightness + noise).clamp(0, 255)


def mirrored(images: Tensor, boxes: Tensor, random: torch.Generator) -> tuple[Tensor, Tensor]:
    if torch.rand((), generator=random) < 0.5:
        return images, boxes
    flipped = boxes.clone()
    flipped[..., 0] = images.shape[-1] - boxes[..., 2]
    flipped[..., 2] = images.shape[-1] - boxes[..., 0]
    return images.flip(-1), flipped


def zoomed(images: Tensor, boxes: Tensor, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """One random scale and shift for the batch; what leaves the picture is cut, what is left of it loses its part."""
    height, width = images.shape[-2:]
    if torch.rand((), generator=random) < 0.35:
        return images, boxes
    scale = float(uniform(0.75, 1.35, random, 1))
    scaled = torch.nn.functional.interpolate(images, scale_factor=scale, mode="bilinear", antialias=scale < 1)
    spare_x, spare_y = scaled.shape[-1] - width, scaled.shape[-2] - height
    left, top = (round(float(torch.rand((), generator=random)) * spare) for spare in (spare_x, spare_y))
    canvas = torch.full_like(images, PADDING)
    into = canvas[..., max(0, -top) : max(0, -top) + scaled.shape[-2], max(0, -left) : max(0, -left) + scaled.shape[-1]]
    part = scaled[..., max(0, top) : max(0, top) + height, max(0, left) : max(0, left) + width]
    into[..., : part.shape[-2], : part.shape[-1]] = part
    moved = boxes.clone()
    moved[..., :4] = boxes[..., :4] * scale - torch.tensor([left, top, left, top])
    whole = (moved[..., 2:4] - moved[..., :2]).prod(-1)
    moved[..., 0::2][..., :2].clamp_(0, width)
    moved[..., 1::2][..., :2].clamp_(0, height)
    moved[..., 5] *= (moved[..., 2:4] - moved[..., :2]).prod(-1) / whole
    return canvas, torch.where((moved[..., 5] > 0)[..., None], moved, torch.nan)
