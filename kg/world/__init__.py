"""What the builder knows of the world without a network: places, nationality words and given names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.world.places import Gazetteer, Place, load_gazetteer
from kg.world.words import load_given_names, load_name_weights, load_word_classes


@dataclass(frozen=True, slots=True)
class World:
    """The gazetteer, the given names (name → `m`, `f` or `u`) and the classes of frequent words."""

    gazetteer: Gazetteer
    given_names: Mapping[str, str]
    word_classes: Mapping[str, int]
    name_weights: Mapping[str, tuple[float, ...]]


def load_world() -> World:
    """Load everything once (about half a second); pass the result on, it is immutable."""
    return World(load_gazetteer(), load_given_names(), load_word_classes(), load_name_weights())


__all__ = ["Gazetteer", "Place", "World", "load_world"]
