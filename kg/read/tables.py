"""The YAML tables under `data/`: where reading keeps its knowledge."""

from __future__ import annotations

from importlib.resources import files


def load_table(name: str) -> object:
    """Return the parsed table `data/NAME`."""
    import yaml

    return yaml.safe_load((files("kg.read") / "data" / name).read_text(encoding="utf-8"))
