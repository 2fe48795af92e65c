"""In which organisation or land a role is held whose sentence does not say so: scores of the article's bodies.

In: the roles of an article and the organisations and places that it names. Out: for each role without a body the
probability of each that it is held there. An implicit argument, as those of events (`kg.heads.implicit`).

Example: "Thames Police arrested two men. … Inspector Jones said …" — an inspector of that police.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from kg.heads.small import Networks
from kg.heads.weights import Array

FAR = 30  # sentences; what is not named before, or not behind, is as far as this


@dataclass(frozen=True, slots=True)
class Post:
    """A role: the words of its title in small letters, its sentence and paragraph, and its body where told."""

    title: tuple[str, ...]
    sentence: int
    paragraph: int
    body: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation or a place: the words of its name in small letters, and the sentences that speak of it."""

    id: str
    words: frozenset[str]
    is_place: bool
    is_country: bool
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of titles and of names of bodies that were seen often enough to learn from."""

    titles: tuple[str, ...]
    bodies: tuple[str, ...]


def features(post: Post, posts: Sequence[Post], bodies: Sequence[Body], known: Vocabulary) -> Array:
    """Return (bodies, features) of one role."""
    told = [p for p in posts if p is not post and p.body is not None]
    head = post.title[-1:]
    by_head = Counter(p.body for p in told if p.title[-1:] == head)
    by_any = Counter(p.body for p in told)
    counts = np.array([len(b.mentions) for b in bodies], dtype=float)
    rank = {n: i for i, n in enumerate(sorted(range(len(bodies)), key=lambda n: (-counts[n], n)))}
    of_kind = {
        n: sum(counts[m] > counts[n] and bodies[m].is_place == b.is_place for m in range(len(bodies)))
        for n, b in enumerate(bodies)
    }
    title = [float(w in post.title) for w in known.titles]
    rows = []
    for n, body in enumerate(bodies):
        at = bisect_right(body.mentions, post.sentence)
        before = post.sentence - body.mentions[at - 1] if at else FAR
        behind = body.mentions[at] - post.sentence if at < len(body.mentions) else FAR
        first = body.mentions[0] if body.mentions else FAR
        rows.append(
            [
                float(body.is_place),
                float(body.is_country),
                float(not body.is_place),
                np.log1p(min(before, FAR)),
                np.log1p(min(behind, FAR)),
                float(before == 0),
                float(before == 1),
                np.log1p(counts[n]),
                counts[n] / max(1.0, counts.sum()),
                np.log1p(rank[n]),
                float(rank[n] == 0),
                float(of_kind[n] == 0),
                np.log1p(min(first, FAR)),
                float(first == 0),
                float(min(by_head[body.id], 3)),
                float(min(by_any[body.id], 3)),
                np.log1p(len(bodies)),
                float(any(w in body.words for w in post.title)),
                *(float(w in body.words) for w in known.bodies),
                *title,
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(bodies), -1)


@dataclass(frozen=True, slots=True)
class ImplicitBodies:
    """The networks and their vocabulary."""

    known: Vocabulary
    networks: Networks

    def scores(self, posts: Sequence[Post], bodies: Sequence[Body]) -> Iterator[tuple[int, str, float]]:
        """Yield (number of the role, body, probability) for the roles without a body, in order."""
        for n, post in enumerate(posts):
            if post.body is None and bodies:
                found = self.networks(features(post, posts, bodies, self.known))
                for body, probability in zip(bodies, found, strict=True):
                    yield n, body.id, probability


@cache
def load_bodies(folder: Path | None = None) -> ImplicitBodies:
    """Return the networks that come with the program. Raises ModelError when they are missing or broken."""
    path = (folder or Path(str(resources.files("kg.heads") / "weights"))) / "bodies.npz"
    try:
        with np.load(path, allow_pickle=False) as loaded:
            arrays = {name: loaded[name] for name in loaded.files}
        known = Vocabulary(tuple(arrays.pop("titles").tolist()), tuple(arrays.pop("bodies").tolist()))
        return ImplicitBodies(known, Networks.of(arrays, "body"))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: can't be loaded: {error}; reinstall the package") from error
