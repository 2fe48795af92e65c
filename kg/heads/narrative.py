"""What an article tells, as the head over the article meets it: its tellings, and how they stand to each other.

A telling is one trigger with what its own sentence names. Two of them are compared by class, word, who takes part, how
far apart they are, and how their clauses are joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.heads.weights import Array

SLOTS = ("agent", "patient", "place", "date")
PARTIES = SLOTS[:3]
MODALITIES = ("asserted", "reported", "planned", "hypothetical", "negated")
FORMS = ("past", "present", "perfect", "passive", "modal", "infinitive", "participle", "noun", "other")
BLOCKS = ("body", "title", "caption")
RELATIONS = ("coordinate", "relative", "adverbial", "complement", "argument", "beside")
LONGEST = 120  # tellings that are compared with each other; a longer article is taken in stretches
MOST_NAMED = 250  # things that they name: a list of names is no tale


@dataclass(frozen=True, slots=True)
class Clause:
    """How a trigger stands in its sentence: its grammatical `form` (FORMS), the kind of its paragraph (BLOCKS),
    whether it is within quotation marks, and `path`: the token numbers and dependency labels from it up to the root.
    """

    form: str
    block: str
    quoted: bool
    path: tuple[tuple[int, str], ...]

    def relation(self, other: Clause) -> tuple[str, bool]:
        """Return how it and another trigger of the sentence are joined (RELATIONS), and whether it is the lower one."""
        above = {token: n for n, (token, _) in enumerate(other.path)}
        here = next((n for n, (token, _) in enumerate(self.path) if token in above), None)
        if here is None:
            return "beside", False
        there = above[self.path[here][0]]
        labels = [label for _, label in (*self.path[:here], *other.path[:there])]
        if here and there and not all(label == "conj" for label in labels):
            return "beside", False
        for relation, of_it in _OF_LABELS.items():
            if any(label in of_it for label in labels):
                return relation, here > 0
        return ("coordinate" if "conj" in labels else "argument"), here > 0


_OF_LABELS = {
    "relative": ("relcl", "acl"),
    "adverbial": ("advcl",),
    "complement": ("ccomp", "xcomp", "pcomp"),
}


class TokenMention(NamedTuple):
    """Where an entity is spoken of: the numbers of the sentence and of the head token."""

    sentence: int
    token: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One trigger: its class ("ASSAULT"), lower-case word, modality and place in the text (numbers of its token,
    sentence and paragraph), whether it speaks of something as known ("the attack"), and what its sentence names, by
    slot; `unnamed` are the slots that somebody without a name fills.
    """

    event_class: str
    word: str
    modality: str
    token: int
    sentence: int
    paragraph: int
    definite: bool
    fillers: Mapping[str, frozenset[str]]
    unnamed: frozenset[str]
    clause: Clause


@dataclass(frozen=True, slots=True)
class Narrative:
    """The tellings of an article in the order of its text; `mentions` are where each entity is spoken of, in order,
    `kinds` what it is; `published` is the article's date or nothing; `vectors` (tokens, width) are the reader's.
    """

    tellings: tuple[Telling, ...]
    mentions: Mapping[str, tuple[TokenMention, ...]]
    kinds: Mapping[str, str]
    published: str
    sentences: int
    vectors: Array = field(repr=False, compare=False)
    _kept: list[Comparison] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def compared(self) -> Comparison:
        """How the tellings stand to each other, worked out when first asked for: all slots ask for it."""
        if not self._kept:
            self._kept.append(Comparison(self))
        return self._kept[0]


def stretches(narrative: Narrative) -> Iterator[tuple[int, Narrative]]:
    """Yield the narrative in stretches of at most LONGEST tellings that name MOST_NAMED things or hardly more, each
    with the number of its first telling.
    """
    told, begin = narrative.tellings, 0
    named: set[str] = set()
    for n, telling in enumerate(told):
        if n - begin == LONGEST or len(named) > MOST_NAMED:
            yield begin, replace(narrative, tellings=told[begin:n])
            begin, named = n, set()
        named.update(*telling.fillers.values())
    if told:
        # the narrative itself, with what it keeps, where it is short
        yield begin, narrative if begin == 0 else replace(narrative, tellings=told[begin:])


class Comparison:
    """How the tellings of a narrative stand to each other, whatever the slot: worked out once for all of them."""

    def __init__(self, narrative: Narrative) -> None:
        self.told = told = narrative.tellings
        self._traits: dict[tuple[str, ...], NDArray[np.float64]] = {}
        n = len(told)
        self.classes = np.array([t.event_class for t in told])
        self.same = (self.classes[:, None] == self.classes).astype(float)
        words, at = np.unique([t.word for t in told], return_inverse=True)
        listed = words.tolist()
        alike = np.eye(len(listed))
        for i, word in enumerate(listed):
            for j in range(i):
                alike[i, j] = alike[j, i] = akin(word, listed[j])
        self.alike = alike[at][:, at]
        self.shared, self.clash = np.zeros((n, n)), np.zeros((n, n))
        for party in PARTIES:
            number = {f: i for i, f in enumerate(sorted({f for t in told for f in t.fillers[party]}))}
            takes = np.zeros((n, len(number)))
            for i, t in enumerate(told):
                takes[i, [number[f] for f in t.fillers[party]]] = 1
            both = takes @ takes.T
            some = takes.any(axis=1)
            self.shared += both
            self.clash += (some[:, None] & some[None, :]) & (both == 0)
        self.sentence = np.array([t.sentence for t in told])
        self.far = np.abs(self.sentence[:, None] - self.sentence[None, :])
        self.like = (
            2 * self.same
            + 2 * self.alike
            + 1.5 * np.minimum(self.shared, 2)
            - 1.5 * self.clash
            - 0.5 * np.log1p(self.far)
        )
        self.paragraph = np.array([t.paragraph for t in told])
        self.modality = np.array([MODALITIES.index(t.modality) for t in told])
        self.parties = [frozenset().union(*(t.fillers[p] for p in PARTIES)) for t in told]
        self.joined = list(_joined(told))

    def traits(self, classes: Sequence[str]) -> NDArray[np.float64]:
        """Return what is so of each telling, 1 or 0: (modalities + classes + forms + blocks + quoted, tellings)."""
        kept = self._traits.get(tuple(classes))
        if kept is None:
            listed = [(t.modality, t.event_class, t.clause.form, t.clause.block) for t in self.told]
            ranges = (MODALITIES, classes, FORMS, BLOCKS)
            made = [
                [of_telling == value for of_telling in column]
                for column, values in zip(zip(*listed, strict=True), ranges, strict=True)
                for value in values
            ]
            made.append([t.clause.quoted for t in self.told])
            kept = self._traits[tuple(classes)] = np.array(made, float)
        return kept


def _joined(told: Sequence[Telling]) -> Iterator[tuple[int, int, int, bool]]:
    """Yield two tellings of a sentence, the number of the relation between them, and whether the first is below."""
    for i, one in enumerate(told):
        for j in range(max(0, i - 12), min(len(told), i + 13)):
            if i != j and told[j].sentence == one.sentence:
                relation, below = one.clause.relation(told[j].clause)
                yield i, j, RELATIONS.index(relation), below


def akin(one: str, other: str) -> bool:
    """Tell words of one root by their beginning: "bomb" and "bombardment"."""
    if one[:4] != other[:4]:  # of nearly all pairs nothing more need be compared
        return False
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or (shared >= 4 and shared >= 0.6 * min(len(one), len(other)))
