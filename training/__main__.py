"""Makes the weights of the reader from the corpora; goes on where it stopped.

Prepares, trains, averages and exports, and then learns on top what pronouns speak of.

    python -m training DATA ENCODER WORK [--threads N]

DATA holds `news/`, `srl/` and `gum/` (see training/README.md), ENCODER the unpacked package of the pretrained encoder,
WORK keeps the state. What is made stands in WORK/weights; copy it to kg/heads/weights when `kg eval` says that it is
better.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import torch

RUNS = ((2, 12, 1e-4), (3, 14, 1.3e-4))
"""Seed, epochs and rate of each run over the news; the weights of all are averaged (Wortsman et al. 2022)."""


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
        step("prepare", options.data, options.encoder, samples)
    made = []
    for seed, epochs, rate in RUNS:
        run = options.work / f"seed-{seed}"
        made.append(run / "reader.pt")
        if not made[-1].exists():
            settings = {
                "first": first,
                "seed": seed,
                "epochs": epochs,
                "rate": rate,
                "threads": options.threads,
            }
            given = [word for name, value in settings.items() for word in (f"--{name}", value)]
            step("train", samples, options.encoder, run, *given)
    mean.mkdir(exist_ok=True)
    torch.save(averaged(made), mean / "reader.pt")
    step("export", mean, first, options.encoder, options.work / "weights")
    step("references", options.data, options.work / "weights", options.work / "references")


def averaged(readers: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of readers that began from the same first step."""
    states = [torch.load(path) for path in readers]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


if __name__ == "__main__":
    main()
