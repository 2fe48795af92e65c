"""Adds to each name the vote of the learned reader, which knows the sentence that the name stands in."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator

from kg.heads.reader import Reading
from kg.heads.spans import Stretch, stretches
from kg.resolve.name_mention import Name
from kg.resolve.types.type_classifier import FLOOR, is_sure

KINDS = ("Person", "Organization", "Place")
NO_NAME = 0.5  # how likely, over all its mentions, what the recogniser takes for a body is none to the reader
DENIED = 8.0  # the vote of the reader for that
ONCE = 1.5  # what speaks against a name of which no word is in another: what is one mostly has more for it
WEIGHT = 1.5  # of the reader's log-odds among the votes of the rules
LIKELY = 0.8  # a stretch that nothing else takes for a name must be as likely as this


def likelihoods(reading: Reading, first: int, last: int) -> dict[str, float]:
    """Return how likely tokens `first` to `last` (exclusive) are the name of each kind, or of none."""
    values = reading.values("names")
    rows = reading.probabilities("names")[first:last].mean(axis=0).tolist()
    found = {kind: sum(p for v, p in zip(values, rows, strict=True) if v[2:] == kind) for kind in KINDS}
    return {**found, "None": max(0.0, 1 - sum(found.values()))}


def vote(reading: Reading, names: list[Name], known: Container[str] = (), told: Container[int] = ()) -> None:
    """Vote for each kind of each name by the logarithm of its likelihood.

    What is known needs no vote, nor what rules have `told` (by its first token) and the judge agrees to; what both hold
    for a name is one. A body of the recogniser that the reader takes for no name, over all its mentions, is none unless
    it is `known`.
    """
    doubted: dict[str, list[float]] = defaultdict(list)
    for name in names:
        if name.label == "ORG" and name.place is None and name.text not in known:
            doubted[name.text].append(likelihoods(reading, name.first, name.last)["None"])
    denied = {text for text, likely in doubted.items() if sum(likely) >= NO_NAME * len(likely)}
    times = Counter(word for name in names for word in name.text.split() if word[:1].isupper())
    for name in names:
        if name.text in denied and name.label == "ORG":
            name.vote("None", DENIED)
        named = is_sure(name)
        if named and (
            name.first in told or name.votes.get("None", 0.0) == max(name.votes.values(), default=0.0)
        ):
            continue
        if not named and name.label != "NORP" and all(times[word] < 2 for word in name.text.split()):
            name.vote("None", ONCE)
        for kind, likely in likelihoods(reading, name.first, name.last).items():
            if named and kind == "None":
                continue
            name.vote(kind, round(WEIGHT * math.log(max(likely, FLOOR) / FLOOR), 3))


def read_names(reading: Reading) -> list[Stretch]:
    """Return the stretches that the reader takes for names."""
    breaks = [s.first for s in reading.parsed.sentences]
    return stretches(reading.probabilities("names"), reading.values("names"), breaks)


def unseen(
    reading: Reading, read: Iterable[Stretch], taken: list[bool], least: float = LIKELY
) -> Iterator[tuple[int, int, str]]:
    """Yield those of the stretches that the reader takes for names that nothing has taken yet, with their kind;
    `least` is how likely they must be.
    """
    for one in read:
        words = reading.parsed.tokens[one.first : one.last]
        written_as_a_name = any(t.text[:1].isupper() for t in words)
        if one.kind not in KINDS or one.probability < least or any(taken[one.first : one.last]):
            continue
        if written_as_a_name:
            yield one.first, one.last, one.kind
