"""In which body a position is held that its own sentence names none for: scores of the bodies of the article.

In: the positions of an article, its bodies with where they are spoken of, and the reader's vectors. Out: for a position
the probability of each body that another sentence speaks of. This is relation extraction across sentences, as by pairs
of mentions in Yao et al. 2019 ("DocRED").

Example: "Koval, the director, resigned." — of the museum that the article is about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from kg.heads.narrative import TokenMention, akin
from kg.heads.small import Networks, PrincipalComponents
from kg.heads.weights import Array

KINDS = ("Organization", "Country", "Place")
NAME = "affiliation"
MOST = 60  # bodies that are asked about for one position, those spoken of nearest: a list of names is no tale


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """A title in the words of the text: its lower-case `words`, its head `token`, the number of its `sentence`, who
    holds it and in which body, if that is told; `traits` are those of TRAITS that it has.
    """

    person: str
    words: tuple[str, ...]
    token: int
    sentence: int
    body: str | None
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation or place, one of KINDS: the lower-case words of its names, and where it is spoken of."""

    kind: str
    words: frozenset[str]
    mentions: tuple[TokenMention, ...]


@dataclass(frozen=True, slots=True)
class Affiliations:
    """The positions of an article in the order of its text, its bodies, and where its people are spoken of; `vectors`
    (tokens, width) are the reader's.
    """

    positions: tuple[HeldTitle, ...]
    bodies: Mapping[str, Body]
    people: Mapping[str, tuple[TokenMention, ...]]
    vectors: Array = field(repr=False, compare=False)


TRAITS = (
    "national",
    "regional",
    "lawmaker",
    "officer",
    "private",
    "bodiless",
    "contender",
    "speaker",
    "rank",
)


def candidates(article: Affiliations, asked: int, reduced: Array) -> tuple[list[str], Array]:
    """Return the bodies in which position number `asked` may be held, and their features (bodies, features).

    No candidate is what the sentence of the title speaks of: the reader's net over titles judges that. `reduced` are
    the principal components of the vectors.
    """
    position = article.positions[asked]
    names = [
        name
        for name, body in sorted(article.bodies.items())
        if body.mentions and all(m.sentence != position.sentence for m in body.mentions)
    ]
    if len(names) > MOST:
        near = {name: min(_distances(article.bodies[name], position)) for name in names}
        names = sorted(sorted(names, key=lambda name: (near[name], name))[:MOST])
    if not names:
        return [], np.zeros((0, 0), np.float32)
    view = _View(article, asked)
    own = view.of_position()
    found = [[*view.of_body(name), *own] for name in names]
    return names, np.concatenate(
        [np.array(found, np.float32), _of_vectors(article, position, names, reduced)], axis=1
    )


def _distances(body: Body, position: HeldTitle) -> Iterator[int]:
    return (abs(m.token - position.token) for m in body.mentions)


class _View:
    """An article as one of its positions sees it: what is asked of every body is worked out once."""

    def __init__(self, article: Affiliations, asked: int) -> None:
        self.article, self.position = article, article.positions[asked]
        self.others = [p for n, p in enumerate(article.positions) if n != asked]
        self.told = sum(p.body is not None for p in self.others)
        self.held: defaultdict[str, list[HeldTitle]] = defaultdict(list)
        for other in self.others:
            if other.body is not None:
                self.held[other.body].append(other)
        self.last: dict[str, int] = {}  # where each body was spoken of last, and the same by kind, in order
        self.lasts: dict[str, list[int]] = {kind: [] for kind in KINDS}
        counts: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for name, body in article.bodies.items():
            if body.mentions:
                before = (m.token for m in body.mentions if m.token < self.position.token)
                self.last[name] = max(before, default=-1)
                self.lasts[body.kind].append(self.last[name])
                counts[body.kind].append(len(body.mentions))
        for kind in KINDS:
            self.lasts[kind].sort()
        self.all = {kind: (sum(of_kind), max(of_kind, default=0)) for kind, of_kind in counts.items()}
        mentions = article.people.get(self.position.person, ())
        self.near = {m.sentence for m in mentions}
        self.beside = {s + 1 for s in self.near} | {s - 1 for s in self.near}

    def of_position(self) -> list[float]:
        """Return what is to be said of the position, whatever the body."""
        position, others = self.position, self.others
        return [
            *(float(trait in position.traits) for trait in TRAITS),
            min(len(position.words), 5),
            np.log1p(position.sentence),
            np.log1p(len(others)),
            self.told / max(1, len(others)),
            float(any(p.person == position.person and p.body is not None for p in others)),
            np.log1p(len(self.article.people.get(position.person, ()))),
            np.log1p(len(self.article.bodies)),
        ]

    def of_body(self, name: str) -> list[float]:
        """Return what is to be said of a body, and of it and the position."""
        body, position, held = self.article.bodies[name], self.position, self.held.get(name, ())
        lasts, last = self.lasts[body.kind], self.last[name]
        total, most = self.all[body.kind]
        where = [m.sentence for m in body.mentions]
        before = [position.sentence - s for s in where if s < position.sentence]
        behind = [s - position.sentence for s in where if s > position.sentence]
        share = [
            akin(word, other) and len(word) > 3
            for word in position.words
            for other in body.words
            if len(other) > 3
        ]
        return [
            *(float(body.kind == kind) for kind in KINDS),
            np.log1p(len(where)),
            len(where) / total,
            float(len(where) == most),
            np.log1p(len(lasts)),
            float(min(where) == 0),
            float(min(where) <= 2),
            np.log1p(min(before, default=40)),
            np.log1p(min(behind, default=40)),
            float(last >= 0 and last == lasts[-1]),
            np.log1p(len(lasts) - bisect_right(lasts, last)),
            min(sum(p.person != position.person for p in held), 3),
            min(sum(p.person == position.person for p in held), 2),
            float(any(p.words[-1:] == position.words[-1:] for p in held)),
            float(any(p.words == position.words and p.person == position.person for p in held)),
            len(held) / max(1, self.told),
            np.log1p(len(self.near & set(where))),
            float(not self.beside.isdisjoint(where)),
            float(any(share)),
        ]


def _of_vectors(article: Affiliations, position: HeldTitle, names: Sequence[str], reduced: Array) -> Array:
    """Return what the reader makes of the title, of the body where it is spoken of nearest and first, and of the first
    mention of the holder, and what title and body have in common: (bodies, 6 × components).
    """
    title = reduced[position.token]
    tokens = [[m.token for m in article.bodies[name].mentions] for name in names]
    nearest = reduced[[min(own, key=lambda t: (abs(t - position.token), t)) for own in tokens]]
    first = reduced[[own[0] for own in tokens]]
    told = article.people.get(position.person, ())
    person = reduced[told[0].token] if told else np.zeros_like(title)
    ones = np.ones((len(names), 1), np.float32)
    return np.concatenate(
        [ones * title, nearest, first, ones * person, nearest * title, nearest * person], axis=1
    )


@dataclass(frozen=True, slots=True)
class AffiliationHead:
    """The networks, and the components of the reader's vectors that they were trained on."""

    components: PrincipalComponents
    networks: Networks

    def scores(self, article: Affiliations, asked: Sequence[int]) -> list[dict[str, float]]:
        """Return for some positions, by their numbers, the probability of each body of another sentence."""
        reduced = self.components(article.vectors) if asked else article.vectors
        found: list[dict[str, float]] = []
        for number in asked:
            names, features = candidates(article, number, reduced)
            found.append(dict(zip(names, self.networks(features), strict=True)) if names else {})
        return found


@cache
def load_affiliation(folder: Path | None = None) -> AffiliationHead:
    """Return the head that comes with the program. Raises ModelError when its weights are missing or broken."""
    path = (folder or Path(str(resources.files("kg.heads") / "weights"))) / f"{NAME}.npz"
    try:
        with np.load(path, allow_pickle=False) as loaded:
            arrays = {name: loaded[name] for name in loaded.files}
        return AffiliationHead(PrincipalComponents.of(arrays), Networks.of(arrays, NAME))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: can't be loaded: {error}; reinstall the package") from error
