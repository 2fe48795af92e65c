"""Finds the generator of news that the benchmarks use, and the graph's own example facts."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
