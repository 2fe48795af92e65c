"""Makes the weights of the reader from the corpora; goes on where it stopped.

Prepares, trains, averages and exports, and then learns on top what pronouns speak of.

    python -m training DATA ENCODER WORK [--threads N]

DATA holds `news/`, `srl/`, `gum/` and `text/` (see training/README.md), ENCODER the unpacked package of the encoder,
WORK keeps the state. What is made stands in WORK/weights; copy it to kg/heads/weights when `kg eval` says that it is
better.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import torch


@dataclass(frozen=True, slots=True)
class Run:
    """A run over the sets of annotated text."""

    name: str
    seed: int
    epochs: int
    rate: float
    sets: tuple[str, ...] = ("train",)


ALL = ("train", "more", "sentences")
RUNS = (Run("all-2", 2, 8, 1e-4, ALL), Run("all-3", 3, 6, 1.3e-4, ALL), Run("news-3", 3, 14, 1.3e-4))
"""The weights of all are averaged (Wortsman et al. 2022, "Model soups")."""


def main() -> None:
    """Run the steps that are not done yet, each in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--threads", default="2")
    options = parser.parse_args()
    samples, first, mean = options.work / "samples", options.work / "first", options.work / "mean"

    def step(module: str, *arguments: object) -> None:
        subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)

    if not (samples / "propbank.pickle").exists():
        more = options.work / "more"
        step("standoff", options.data / "text", more)
        step("prepare", options.data, options.encoder, samples, "--more", more)
    made = []
    for run in RUNS:
        folder = options.work / run.name
        made.append(folder / "reader.pt")
        if not made[-1].exists():
            settings = {
                "first": first,
                "seed": run.seed,
                "epochs": run.epochs,
                "rate": run.rate,
                "threads": options.threads,
            }
            given = [word for name, value in settings.items() for word in (f"--{name}", value)]
            step("train", samples, options.encoder, folder, *given, "--sets", *run.sets)
    mean.mkdir(exist_ok=True)
    torch.save(averaged(made), mean / "reader.pt")
    weights = options.work / "weights"
    step("export", mean, first, options.encoder, weights)
    step("implicit", options.data, weights / "implicit.npz")
    step("references", options.data, weights, options.work / "references")


def averaged(readers: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of readers that began from the same first step."""
    states = [torch.load(path) for path in readers]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


if __name__ == "__main__":
    main()
