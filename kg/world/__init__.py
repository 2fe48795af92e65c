"""What the builder knows of the world without a network: places, nationality words and given names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.world.names import load_given_names
from kg.world.places import Gazetteer, Place, load_gazetteer


@dataclass(frozen=True, slots=True)
class World:
    """The gazetteer and the given names (name → `m`, `f` or `u`)."""

    gazetteer: Gazetteer
    given_names: Mapping[str, str]


def load_world() -> World:
    """Load everything once (about half a second); pass the result on, it is immutable."""
    return World(load_gazetteer(), load_given_names())


__all__ = ["Gazetteer", "Place", "World", "load_gazetteer", "load_given_names", "load_world"]
