"""Makes the reader's weights from the corpora: prepares samples, trains, exports. Goes on where it was stopped.

    python -m training DATA ENCODER WORK [--seed N] [--threads N]

DATA holds `news/` and `srl/` (see training/README.md), ENCODER the unpacked package of the pretrained encoder, WORK
keeps the state. What is made stands in WORK/weights; copy it to kg/heads/weights when `kg eval` says that it is better.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run the steps that are not done yet, each in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seed", default="2")
    parser.add_argument("--threads", default="2")
    options = parser.parse_args()
    samples, run = options.work / "samples", options.work / f"seed-{options.seed}"
    first = options.work / "first"

    def step(module: str, *arguments: object) -> None:
        subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)

    if not (samples / "propbank.pickle").exists():
        step("prepare", options.data, options.encoder, samples)
    if not (run / "reader.pt").exists():
        step(
            "train",
            samples,
            options.encoder,
            run,
            "--first",
            first,
            "--seed",
            options.seed,
            "--threads",
            options.threads,
        )
    step("export", run, first, options.encoder, options.work / "weights")


if __name__ == "__main__":
    main()
