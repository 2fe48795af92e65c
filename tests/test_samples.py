"""What the repository shows in `output/` is what the program writes, byte for byte."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kg.builder import Built

OUTPUT = Path(__file__).parents[1] / "output"


@pytest.mark.usefixtures("pinned")
def test_output_is_what_build_writes(samples: Built) -> None:
    shown = {p.name: p.read_bytes() for p in OUTPUT.iterdir() if p.is_file() and p.suffix != ".png"}
    built = {path.name: path.read_bytes() for path in samples.files}
    assert sorted(shown) == sorted(built)
    stale = [name for name in shown if shown[name] != built[name]]
    assert stale == [], "output/ is out of date: run python docs/refresh.py and look at the difference"


def test_the_picture_is_one() -> None:
    head = (OUTPUT / "graph.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">II", head[16:24]) == (1400, 900)
