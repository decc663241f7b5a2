"""Trains street-nano on a CPU and writes it as ONNX.

python train.py --data FOLDER --output street-nano.onnx [--epochs N] [--threads N]
"""

import argparse
import copy
import hashlib
import json
import math
import time
from pathlib import Path

import torch

from examples import Examples
from loss import anchor_grid, detection_loss
from network import CLASSES, Exported, StreetNano

BATCH = 16
PEAK_RATE = 3e-3
SEED = 20_251


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that export-training-set.ts wrote")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def learning_rate(step: int, steps: int) -> float:
    """Share of the peak: a linear start over 3 % of the steps, then a cosine down to nearly nothing."""
    warm = max(1, steps * 3 // 100)
    if step < warm:
        return (step + 1) / warm
    return 0.01 + 0.99 * (1 + math.cos(math.pi * (step - warm) / (steps - warm))) / 2


@torch.no_grad()
def follow(average: torch.nn.Module, network: torch.nn.Module, step: int) -> None:
    """Moves the average of the weights towards the current ones; the average is what is kept."""
    decay = min(0.998, (1 + step) / (10 + step))
    for mean, value in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - decay)


def train(examples: Examples, epochs: int) -> torch.nn.Module:
    random = torch.Generator().manual_seed(SEED)
    network = StreetNano().to(memory_format=torch.channels_last).train()
    average = copy.deepcopy(network)
    grid = anchor_grid(examples.width, examples.height)
    optimiser = torch.optim.AdamW(network.parameters(), PEAK_RATE, weight_decay=1e-3)
    batches = len(examples) // BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: learning_rate(step, batches * epochs))
    for epoch in range(epochs):
        started, total = time.monotonic(), 0.0
        order = torch.randperm(len(examples), generator=random)
        for batch in range(batches):
            images, boxes, classes, ignored = examples.batch(order[batch * BATCH : (batch + 1) * BATCH], random)
            # bfloat16 halves the time of the convolutions; the loss needs the full range.
            with torch.autocast("cpu", torch.bfloat16):
                output = network(images.contiguous(memory_format=torch.channels_last))
            loss = detection_loss(output.float(), boxes, classes, ignored, grid)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 10.0)
            optimiser.step()
            schedule.step()
            follow(average, network, epoch * batches + batch)
            total += loss.item()
        seconds = time.monotonic() - started
        print(f"epoch {epoch + 1}/{epochs}: loss {total / batches:.3f}, {seconds:.0f} s", flush=True)
    return average


def export(network: torch.nn.Module, width: int, height: int, output: Path) -> None:
    model = Exported(network).to(memory_format=torch.contiguous_format).eval()
    torch.onnx.export(
        model,
        (torch.zeros(1, 3, height, width),),
        str(output),
        dynamo=False,
        opset_version=17,
        input_names=["images"],
        output_names=["output"],
        dynamic_axes={"images": {0: "batch"}, "output": {0: "batch"}},
    )


def describe(model: Path) -> None:
    """Writes what the detector asks about a model: model.json beside model.onnx."""
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    description = {"head": "yolox", "classes": CLASSES, "licence": "Apache-2.0", "sha256": digest}
    model.with_suffix(".json").write_text(json.dumps(description, indent=2) + "\n")
    print(f"{model}: {model.stat().st_size} bytes, SHA-256 {digest}")


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    examples = Examples(options.data)
    print(f"{len(examples)} images of {examples.width}x{examples.height}", flush=True)
    network = train(examples, options.epochs)
    export(network, examples.width, examples.height, options.output)
    describe(options.output)


if __name__ == "__main__":
    main()
