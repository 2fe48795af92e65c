"""Which participants and dates an event takes over from the other tellings of its article: scores of candidates.

In: all tellings of an article, with what their own sentences name, and the reader's vectors. Out: for each telling,
slot and filler of another telling the probability that it fills that slot here, too. Implicit arguments: Gerber and
Chai 2010 ("Beyond NomBank").

Example: "A bomb hit the mosque on Friday. … The attack killed nine." — the attack was on that Friday, at that mosque.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.heads.narrative import RELATIONS, SLOTS, Narrative, stretches
from kg.heads.small import Networks, PrincipalComponents
from kg.heads.weights import Array

Numbers = NDArray[Any]
KINDS = ("Person", "Organization", "Place")
SOONEST = -1  # no telling


@dataclass(frozen=True, slots=True)
class Candidates:
    """Fillers of a slot: row n says that filler `fillers[n]` may fill the slot of telling `tellings[n]`."""

    slot: str
    tellings: tuple[int, ...]
    fillers: tuple[str, ...]
    features: Array


def candidates(narrative: Narrative, slot: str, classes: Sequence[str], reduced: Array) -> Candidates:
    """Return the candidates of a slot with their features; `classes` are the columns of the event classes, `reduced`
    (tokens, components) the principal components of the reader's vectors.
    """
    return _Slot(narrative, slot, classes, reduced).candidates()


class _Slot:
    """Works out the features of one slot, tellings × fillers at a time."""

    def __init__(self, narrative: Narrative, slot: str, classes: Sequence[str], reduced: Array) -> None:
        self.narrative, self.slot, self.classes, self.reduced = narrative, slot, classes, reduced
        self.compared = narrative.compared
        told = narrative.tellings
        self.fillers = sorted(
            {f for t in told for f in t.fillers[slot]}
            | ({narrative.published} if slot == "date" and narrative.published else set())
        )
        self.known = self._among([t.fillers[slot] for t in told])

    def _among(self, things: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
        """Tell which fillers are among the things of each telling."""
        number = {f: n for n, f in enumerate(self.fillers)}
        found = np.zeros((len(things), len(number)), dtype=bool)
        for row, some in enumerate(things):
            found[row, [number[f] for f in some if f in number]] = True
        return found

    def candidates(self) -> Candidates:
        """Return the pairs that may be asked about: a filler that takes no part in the telling yet."""
        slot = self.slot
        if slot == "date":
            free = ~self.known.any(axis=1, keepdims=True) & np.ones_like(self.known)
        else:
            free = ~self._among(self.compared.parties)
        rows, columns = np.nonzero(free)
        if not len(rows):
            return Candidates(slot, (), (), np.zeros((0, 0), np.float32))
        likest = self._likest()
        features = [
            *self._pairwise(rows, columns, *likest),
            *self._single(rows, columns),
            *self.compared.traits(self.classes)[:, rows],
            *self._within_sentence(rows, columns),
        ]
        if slot == "date":
            features += self._of_dates(rows, columns)
        of_vectors = self._of_vectors(rows, columns, likest[0][rows, columns])
        return Candidates(
            slot,
            tuple(rows.tolist()),
            tuple(self.fillers[c] for c in columns.tolist()),
            np.concatenate([np.array(features, np.float32).T, of_vectors], axis=1),
        )

    def _likest(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return for each telling and filler the telling that names it and is most like, how like it is, and how far
        the nearest one is: each (tellings, fillers).
        """
        like, far = self.compared.like, self.compared.far
        # a telling is not compared with itself
        names = self.known.T[None] & ~np.eye(len(like), dtype=bool)[:, None, :]
        likeness = np.where(names, like[:, None, :], -np.inf)
        return likeness.argmax(axis=2), likeness.max(axis=2), np.where(names, far[:, None, :], 99).min(axis=2)

    def _pairwise(
        self, rows: Numbers, columns: Numbers, best: Numbers, likest: Numbers, nearest: Numbers
    ) -> list[Numbers]:
        """Compare each telling with the one that names the filler and is most like it."""
        far, modality, paragraph = self.compared.far, self.compared.modality, self.compared.paragraph
        best, likest, nearest = (of_pair[rows, columns] for of_pair in (best, likest, nearest))
        found = np.isfinite(likest)

        def of_best(values: Numbers) -> Numbers:
            return np.where(found, values[rows, best], 0.0)

        return [
            np.where(found, likest, -4.0),
            of_best(self.compared.same),
            of_best(self.compared.alike),
            of_best(np.minimum(self.compared.shared, 2)),
            of_best(self.compared.clash),
            np.where(found, np.log1p(far[rows, best]), 4.0),
            np.log1p(nearest),
            of_best((far == 0).astype(float)),
            np.where(found, paragraph[rows] == paragraph[best], False),
            np.where(found, best < rows, False),
            np.where(found, modality[rows] == modality[best], False),
            found,
        ]

    def _single(self, rows: Numbers, columns: Numbers) -> list[Numbers]:
        """Return what is to be said of a telling, of a filler, and of the article."""
        told, narrative = self.narrative.tellings, self.narrative
        count = self.known.sum(axis=0)
        classes = (self.compared.classes[:, None] == np.array(self.classes)).astype(float)
        alike = classes @ classes.T - np.eye(len(told))
        of_class = alike.sum(axis=1)
        with_filler = np.divide(alike @ self.known, np.maximum(of_class, 1)[:, None])
        filled = np.divide(alike @ self.known.any(axis=1), np.maximum(of_class, 1))
        named = np.array([len(of_telling) for of_telling in self.compared.parties])
        sentence = self.compared.sentence
        speaks = [[m.sentence for m in narrative.mentions.get(f, ())] for f in self.fillers]
        # one more sentence than there are, which speaks of nobody: it stands before the first
        spoken = np.zeros(
            (max(int(sentence.max()), *(max(s, default=0) for s in speaks)) + 2, len(speaks)), bool
        )
        for column, numbers in enumerate(speaks):
            spoken[numbers, column] = True
        here, before = spoken[sentence], spoken[sentence - 1]
        mentions = np.log1p([len(s) for s in speaks])

        made = [
            (~self.known.any(axis=1)).astype(float)[rows],
            np.array([self.slot in t.unnamed for t in told], float)[rows],
            np.minimum(named, 4)[rows],
            np.array([t.definite for t in told], float)[rows],
            (count / max(1, count.sum()))[columns],
            np.minimum(count, 6)[columns],
            (count == count.max())[columns],
            with_filler[rows, columns],
            np.log1p(np.maximum(of_class, 0))[rows],
            filled[rows],
            np.full(len(rows), math.log1p(len(self.fillers))),
            mentions[columns],
            here[rows, columns],
            before[rows, columns],
            (sentence == 0)[rows],
            (sentence / max(1, narrative.sentences))[rows],
            np.full(len(rows), math.log1p(len(told))),
        ]
        kinds = [narrative.kinds.get(f) for f in self.fillers]
        made += [np.array([one == kind for one in kinds], float)[columns] for kind in KINDS]
        return made

    def _within_sentence(self, rows: Numbers, columns: Numbers) -> list[Numbers]:
        """Tell how the clause of a telling is joined to one of its sentence that names the filler, or another one."""
        n = len(self.known)
        joined = np.zeros((n, len(self.fillers), len(RELATIONS) + 2))
        other = np.zeros(n)
        names_some = self.known.any(axis=1).tolist()
        for i, j, relation, below in self.compared.joined:
            if names_some[j]:
                named = self.known[j]
                joined[i, named, relation] = 1
                joined[i, named, -2] = below
                joined[i, named, -1] = np.sign(j - i)
                other[i] += 1
        return [*np.moveaxis(joined[rows, columns], 1, 0), other[rows]]

    def _of_vectors(self, rows: Numbers, columns: Numbers, best: Numbers) -> Array:
        """Return what the reader makes of the trigger, of that of the likest telling and of the filler where it is
        spoken of nearest, and what they have in common: (pairs, 5 × components), nothing where there is none.
        """
        triggers = np.array([t.token for t in self.narrative.tellings])
        named = self.known[best, columns] & (best != rows)
        nearest = np.full((len(triggers), len(self.fillers)), -1)
        for column, filler in enumerate(self.fillers):
            tokens = np.array([m.token for m in self.narrative.mentions.get(filler, ())], int)
            if len(tokens):
                nearest[:, column] = tokens[np.abs(triggers[:, None] - tokens).argmin(axis=1)]
        spoken = nearest[rows, columns]
        own = self.reduced[triggers[rows]]
        likest = self.reduced[triggers[best]] * named[:, None]
        filler_own = self.reduced[spoken] * (spoken >= 0)[:, None]
        return np.concatenate([own, likest, filler_own, own * likest, own * filler_own], axis=1)

    def _of_dates(self, rows: Numbers, columns: Numbers) -> list[Numbers]:
        """Tell the dates of the telling before and behind, the article's own, and how they lie to each other."""
        published = self.narrative.published
        dated = [(i, c) for i, c in zip(*np.nonzero(self.known), strict=True)]
        before: list[int] = []
        behind: list[int] = []
        for i in range(len(self.narrative.tellings)):
            before.append(next((c for j, c in reversed(dated) if j < i), SOONEST))
            behind.append(next((c for j, c in dated if j > i), SOONEST))
        own = np.array([f == published for f in self.fillers], dtype=float)
        silent = float(not self.known.any())
        return [
            (np.array(before)[rows] == columns).astype(float),
            (np.array(behind)[rows] == columns).astype(float),
            own[columns],
            own[columns] * silent,
            np.full(len(rows), silent),
            np.array([len(f) for f in self.fillers], dtype=float)[columns] / 10,
            np.array([f[:4] == published[:4] for f in self.fillers], dtype=float)[columns],
            np.array([f[:7] == published[:7] for f in self.fillers], dtype=float)[columns],
            np.array([f > published for f in self.fillers], dtype=float)[columns],
        ]


@dataclass(frozen=True, slots=True)
class ImplicitArguments:
    """The networks of all slots, and the components of the reader's vectors that they were trained on."""

    classes: tuple[str, ...]
    components: PrincipalComponents
    networks: Mapping[str, Networks]

    def scores(self, narrative: Narrative, slot: str) -> Iterator[tuple[int, str, float]]:
        """Yield for a slot (number of the telling, filler, probability), in the order of the text."""
        reduced = self.components(narrative.vectors)
        for begin, part in stretches(narrative):
            asked = candidates(part, slot, self.classes, reduced)
            if asked.tellings:
                probabilities = self.networks[slot](asked.features)
                for telling, filler, p in zip(asked.tellings, asked.fillers, probabilities, strict=True):
                    yield begin + telling, filler, p


@cache
def load_implicit(folder: Path | None = None) -> ImplicitArguments:
    """Return the networks that come with the program. Raises ModelError when they are missing or broken."""
    path = (folder or Path(str(resources.files("kg.heads") / "weights"))) / "implicit.npz"
    try:
        with np.load(path, allow_pickle=False) as loaded:
            arrays = {name: loaded[name] for name in loaded.files}
        classes = tuple(arrays.pop("classes").tolist())
        networks = {slot: Networks.of(arrays, slot) for slot in SLOTS}
        return ImplicitArguments(classes, PrincipalComponents.of(arrays), networks)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: can't be loaded: {error}; reinstall the package") from error
