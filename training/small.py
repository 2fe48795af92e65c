"""Trains the small networks over hand-made features (`kg.heads.small`)."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

NETWORKS, HIDDEN, BATCH = 4, 32, 256


def networks(features: np.ndarray, labels: np.ndarray, name: str, epochs: int = 12) -> dict[str, np.ndarray]:
    """Return the arrays `NAME.mean`, `NAME.inner` … of networks trained on (n, features) and their labels."""
    torch.set_num_threads(1)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    x = torch.from_numpy(np.clip((features - mean) / spread, -5, 5).astype(np.float32))
    y = torch.from_numpy(labels.astype(np.float32))
    made = [_network(x, y, seed, epochs) for seed in range(NETWORKS)]
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


def _network(x: torch.Tensor, y: torch.Tensor, seed: int, epochs: int) -> nn.Sequential:
    torch.manual_seed(seed)
    made = nn.Sequential(
        nn.Linear(x.shape[1], HIDDEN), nn.GELU("tanh"), nn.Dropout(0.2), nn.Linear(HIDDEN, 1)
    )
    optimizer = torch.optim.AdamW(made.parameters(), lr=3e-3, weight_decay=0.02)
    steps = epochs * (len(x) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    for _ in range(epochs):
        for chosen in torch.randperm(len(x)).split(BATCH):
            loss = F.binary_cross_entropy_with_logits(made(x[chosen]).squeeze(1), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return made.eval()
