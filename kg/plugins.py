"""What other packages plug in: the entry points of a group, and how one is loaded with one line if it fails."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata
from typing import Any

from kg.errors import PluginError


def installed(group: str) -> Mapping[str, metadata.EntryPoint]:
    """Return the entry points of a group by name; of two packages with one name the first on the path counts."""
    found: dict[str, metadata.EntryPoint] = {}
    for point in metadata.entry_points(group=group):
        found.setdefault(point.name, point)
    return found


def load(point: metadata.EntryPoint) -> Any:
    """Return what an entry point names.

    Raises:
        PluginError: its module can't be imported, or lacks it.
    """
    try:
        return point.load()
    except Exception as error:
        raise PluginError(f"{shown(point)} can't be loaded: {told(error)}") from error


def shown(point: metadata.EntryPoint) -> str:
    """Return how messages call a plug-in: "the plug-in 'event.alarm' of newskg-alarm 1.0"."""
    origin = package_of(point)
    return f"the plug-in '{point.name}'{f' of {origin}' if origin else ''}"


def package_of(point: metadata.EntryPoint) -> str:
    """Return name and version of the package that brings a plug-in, empty if that is not known."""
    package = getattr(point, "dist", None)
    return "" if package is None else f"{package.name} {package.version}"


def told(error: BaseException) -> str:
    """Return an error of somebody else's code in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
