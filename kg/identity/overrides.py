"""The decisions of people on who is who, kept in a readable file that goes before every automatic one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overrides:
    """What people decided; empty when they decided nothing."""

    decisions: tuple[object, ...] = ()
