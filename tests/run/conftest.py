"""Lets the tests use the example facts of the graph's tests, and news that is made up."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
