"""The encoder tells nobody that it is used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LOAD = """
import os
from kg.annotate.encoder import Encoder
from kg.heads.weights import load_weights
Encoder(load_weights().folder)
print(os.environ["ORT_DISABLE_TELEMETRY"])
"""


def test_the_runtime_reports_nothing_and_keeps_nothing(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "XDG_"))}
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        env={**kept, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)},
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert done.stdout.strip() == "1"
    assert list(tmp_path.iterdir()) == []
