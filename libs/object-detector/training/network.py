"""street-nano: a small convolutional network with the head of YOLOX (Ge et al., 2021)."""

import torch
from torch import Tensor, nn

STRIDES = (8, 16, 32)
CLASSES = ("person", "car")


def conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    layer = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03), nn.ReLU(inplace=True))


def separable(channels: int) -> nn.Sequential:
    """3x3 for each channel by itself, then 1x1 across channels: 9 times cheaper than a full 3x3."""
    return nn.Sequential(conv(channels, channels, 3, groups=channels), conv(channels, channels, 1))


class Bottleneck(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.path = nn.Sequential(conv(channels, channels // 2, 1), conv(channels // 2, channels, 3))

    def forward(self, features: Tensor) -> Tensor:
        return features + self.path(features)


class Head(nn.Module):
    """Decoupled: one branch for the class, one for box and objectness."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.classes = nn.Sequential(separable(channels), nn.Conv2d(channels, len(CLASSES), 1))
        self.regression = nn.Sequential(separable(channels), separable(channels))
        self.box = nn.Conv2d(channels, 4, 1)
        self.objectness = nn.Conv2d(channels, 1, 1)
        # So that the sea of empty anchors starts at a probability of 1 % (Lin et al., RetinaNet, 2017).
        nn.init.constant_(self.objectness.bias, -4.6)

    def forward(self, features: Tensor) -> Tensor:
        regression = self.regression(features)
        parts = (self.box(regression), self.objectness(regression), self.classes(features))
        return torch.cat(parts, 1).flatten(2).transpose(1, 2)


class StreetNano(nn.Module):
    """BGR 0..255 [N, 3, H, W] to logits [N, anchors, 4 + 1 + classes]; anchors by stride, then row by row."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.stem = nn.Sequential(conv(3, 16, 3, 2), conv(16, 24, 3, 2))
        self.at8 = nn.Sequential(conv(24, 48, 3, 2), Bottleneck(48))
        self.at16 = nn.Sequential(conv(48, 64, 3, 2), Bottleneck(64))
        self.at32 = nn.Sequential(conv(64, 80, 3, 2), Bottleneck(80), Bottleneck(80))
        self.lateral = nn.ModuleList([conv(48, width, 1), conv(64, width, 1), conv(80, width, 1)])
        self.merge = nn.ModuleList([separable(width), separable(width)])
        self.heads = nn.ModuleList([Head(width) for _ in STRIDES])
        self.up = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, images: Tensor) -> Tensor:
        c8 = self.at8(self.stem((images - 114.0) / 64.0))
        c16 = self.at16(c8)
        p32 = self.lateral[2](self.at32(c16))
        p16 = self.merge[1](self.lateral[1](c16) + self.up(p32))
        p8 = self.merge[0](self.lateral[0](c8) + self.up(p16))
        return torch.cat([head(p) for head, p in zip(self.heads, (p8, p16, p32), strict=True)], 1)


class Exported(nn.Module):
    """The network as the model file holds it: objectness and classes as probabilities, boxes raw."""

    def __init__(self, network: StreetNano) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> Tensor:
        output = self.network(images)
        return torch.cat((output[..., :4], output[..., 4:].sigmoid()), -1)
