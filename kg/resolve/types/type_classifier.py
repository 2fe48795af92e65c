"""Adds to each name the vote of a judge who learned from annotated text what the names of each kind look like."""

from __future__ import annotations

import math
from operator import add

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.name_mention import Name
from kg.resolve.types.classifier_features import labels_by_spelling, traits
from kg.resolve.types.type_votes import KINDS
from kg.world import World

FLOOR = 0.02  # no kind is held for less likely than this: the judge was taught on few texts
SURE = 5.0  # of votes: what the gazetteer or the lexicon knows needs no judge
WEIGHT = 1.0  # of the judge's log-odds among the votes of the rules


def is_sure(name: Name) -> bool:
    """Tell whether the rules alone settle what the name is."""
    return bool(name.demonym) or max(name.votes.values(), default=0.0) >= SURE


def judge(parsed: Parsed, names: list[Name], lexicon: Lexicon, world: World) -> None:
    """Vote for each kind of each name by the logarithm of its likelihood."""
    weights = world.name_weights
    if not weights:
        return
    labels = labels_by_spelling(parsed, names)
    bias = weights["bias"]
    for name in names:
        if is_sure(name):
            continue
        sums = list(bias)
        for trait in dict.fromkeys(traits(parsed, name, labels, lexicon, world)):
            row = weights.get(trait)
            if row is not None:
                sums = list(map(add, sums, row))
        top = max(sums)
        odds = [math.exp(s - top) for s in sums]
        total = sum(odds)
        for kind, odd in zip(KINDS, odds, strict=True):
            name.vote(kind, WEIGHT * math.log(max(odd / total, FLOOR) / FLOOR))
