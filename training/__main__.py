"""Makes the weights of the reader from the corpora; goes on where it stopped.

    python -m training DATA ENCODER WORK [--threads N]

Prepares, trains, averages and exports, and then learns on top what pronouns speak of. DATA holds `news/`, `srl/`,
`gum/` and `text/` (see training/README.md), ENCODER is the unpacked package of the encoder, WORK keeps the state. What
is made stands in WORK/weights; copy it to kg/heads/weights when `kg eval` says that it is better.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import torch

from training.standoff import WRITTEN


@dataclass(frozen=True, slots=True)
class Run:
    """A run over sets of annotated text, from the first step or from the weights of what has learned already."""

    name: str
    seed: int
    epochs: int
    rate: float
    sets: tuple[str, ...] = ("train",)
    heads_rate: float = 1e-3
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the weights of runs (Wortsman et al. 2022, "Model soups")."""

    name: str
    of: tuple[str, ...]


ALL = ("train", "more", "sentences")
WITH_WRITTEN = (*ALL, "written")
STEPS = (
    Run("all-2", 2, 8, 1e-4, ALL),
    Run("all-3", 3, 6, 1.3e-4, ALL),
    Run("news-3", 3, 14, 1.3e-4),
    Mean("mean-1", ("all-2", "all-3", "news-3")),
    Run("written-1", 11, 3, 8e-5, WITH_WRITTEN, 5e-4, "mean-1"),
    Run("written-2", 12, 3, 8e-5, WITH_WRITTEN, 5e-4, "written-1"),
    Run("written-3", 13, 3, 8e-5, WITH_WRITTEN, 5e-4, "written-1"),
    Mean("mean-2", ("written-2", "written-3")),
    Run("written-4", 21, 1, 4e-5, (*WITH_WRITTEN, "sentences", "sentences"), 2.5e-4, "mean-2"),
    Mean("mean-3", ("written-1", "written-2", "written-3", "written-4")),
    Run("written-5", 31, 2, 6e-5, WITH_WRITTEN, 5e-4, "mean-3"),
    Run("written-6", 41, 1, 6e-5, WITH_WRITTEN, 5e-4, "written-5"),
    Mean("mean-4", ("mean-3", "written-5", "written-6")),
    Run("written-7", 61, 2, 5e-5, WITH_WRITTEN, 4e-4, "mean-4"),
    Mean("mean", ("mean-4", "written-7")),
)


def main() -> None:
    """Run the steps that are not done yet, each in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--threads", default="2")
    options = parser.parse_args()
    samples, first, more = options.work / "samples", options.work / "first", options.work / "more"
    news = options.data / "news" / "train", more / WRITTEN, more

    def step(module: str, *arguments: object) -> None:
        subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)

    def made(name: str) -> Path:
        return options.work / name / "reader.pt"

    if not (samples / "propbank.pickle").exists():
        step("standoff", options.data, more)
        step("prepare", options.data, options.encoder, samples, "--more", more)
    for one in STEPS:
        if made(one.name).exists():
            continue
        if isinstance(one, Mean):
            made(one.name).parent.mkdir(exist_ok=True)
            torch.save(averaged([made(name) for name in one.of]), made(one.name))
            continue
        given = ["--first", first, "--seed", one.seed, "--epochs", one.epochs, "--threads", options.threads]
        given += ["--rate", one.rate, "--heads-rate", one.heads_rate]
        given += ["--start", made(one.start)] if one.start else []
        step("train", samples, options.encoder, options.work / one.name, *given, "--sets", *one.sets)
    weights = options.work / "weights"
    step("export", options.work / "mean", first, options.encoder, weights)
    for head in ("implicit", "affiliation"):
        step(head, weights, *news, "--out", weights / f"{head}.npz")
    step("references", options.data, weights, options.work / "references")


def averaged(readers: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of readers that began from the same first step."""
    states = [torch.load(path) for path in readers]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


if __name__ == "__main__":
    main()
