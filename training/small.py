"""Trains the small networks over features, and finds the principal components that go into them (`kg.heads.small`)."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

NETWORKS, HIDDEN, BATCH, EPOCHS = 3, 48, 512, 20
COMPONENTS = 64
DROPPED = 0.3
"""Share of the features made of vectors that is hidden while it learns: they are many, and know single articles."""


def components(vectors: Sequence[np.ndarray]) -> dict[str, np.ndarray]:
    """Return the arrays `components.mean` and `components.basis` of the vectors (tokens, width) of articles."""
    count, width = sum(len(v) for v in vectors), vectors[0].shape[1]
    total, products = np.zeros(width), np.zeros((width, width))
    for some in vectors:
        wide = some.astype(np.float64)
        total += wide.sum(axis=0)
        products += wide.T @ wide
    mean = total / count
    _, directions = np.linalg.eigh(products / count - np.outer(mean, mean))
    basis = directions[:, ::-1][:, :COMPONENTS]
    basis = basis * np.sign(basis[np.abs(basis).argmax(axis=0), range(COMPONENTS)])  # whose sign is free
    return {"components.mean": mean.astype(np.float32), "components.basis": basis.astype(np.float32)}


def networks(features: np.ndarray, labels: np.ndarray, name: str, of_vectors: int) -> dict[str, np.ndarray]:
    """Return the arrays `NAME.mean`, `NAME.inner` … of networks trained on (n, features) and their labels; the last
    `of_vectors` features are made of vectors.
    """
    torch.set_num_threads(1)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    x = torch.from_numpy(np.clip((features - mean) / spread, -5, 5).astype(np.float32))
    y = torch.from_numpy(labels.astype(np.float32))
    made = [_network(x, y, seed, of_vectors) for seed in range(NETWORKS)]
    first, last = [m[0] for m in made], [m[3] for m in made]
    parts = {
        "inner": torch.stack([m.weight.T for m in first]),
        "inner_bias": torch.stack([m.bias for m in first]),
        "outer": torch.stack([m.weight[0] for m in last]),
        "outer_bias": torch.stack([m.bias[0] for m in last]),
    }
    arrays = {part: value.detach().numpy() for part, value in parts.items()}
    return {
        f"{name}.{part}": value.astype(np.float32)
        for part, value in {"mean": mean, "spread": spread, **arrays}.items()
    }


def _network(x: torch.Tensor, y: torch.Tensor, seed: int, of_vectors: int) -> nn.Sequential:
    torch.manual_seed(seed)
    made = nn.Sequential(
        nn.Linear(x.shape[1], HIDDEN), nn.GELU("tanh"), nn.Dropout(0.2), nn.Linear(HIDDEN, 1)
    )
    optimizer = torch.optim.AdamW(made.parameters(), lr=3e-3, weight_decay=0.02)
    steps = EPOCHS * (len(x) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    by_hand = x.shape[1] - of_vectors
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(x)).split(BATCH):
            own = x[chosen]
            own = torch.cat([own[:, :by_hand], F.dropout(own[:, by_hand:], DROPPED)], dim=1)
            loss = F.binary_cross_entropy_with_logits(made(own).squeeze(1), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return made.eval()


def write(arrays: Mapping[str, np.ndarray], path: Path) -> None:
    """Write arrays to a file, numbers in half their precision."""
    np.savez(path, **{k: v.astype(np.float16) if v.dtype == np.float32 else v for k, v in arrays.items()})


def arguments(doc: str | None) -> argparse.Namespace:
    """Return what the command line says: the `weights` of the reader, the folders of `news`, and `out`."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("weights", type=Path, help="the reader's")
    parser.add_argument("news", type=Path, nargs="+", help="folders of annotated articles")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()
