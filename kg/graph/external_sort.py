"""Sorted blocks of Turtle in memory that does not grow with the graph: a line a subject, runs on disk, merged.

A block is what one file says of one subject. While blocks wait on disk each is one line, `subject TAB body`, in
whose body line breaks are written as U+001E, a character that no spelt term holds.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.term import Node

from kg.graph.vocabulary import RDF

if TYPE_CHECKING:
    from kg.graph.turtle import Spelling

BREAK = "\x1e"
_NEXT, _ALSO = f" ;{BREAK}    ", f",{BREAK}        "
FAN_IN = 128
"""So many runs are merged at once; each is an open file."""

Pair = tuple[str, str]
Triples = Iterable[tuple[Node, Node, Node]]


def bodies(triples: Triples, spelling: Spelling) -> dict[str, str]:
    """Return the body of each subject's block, by the subject's IRI, in no order; doubles are left out."""
    kind = spelling[RDF.type]
    rows: dict[Node, list[Pair]] = defaultdict(list)
    for subject, predicate, value in triples:
        rows[subject].append((spelling[predicate], spelling[value]))
    # compared as they are spelt: rdflib compares terms in Python
    return {
        _plain(subject): body([("" if p == kind else p, o) for p, o in pairs])
        for subject, pairs in rows.items()
    }


def _plain(subject: Node) -> str:
    return str(subject) if isinstance(subject, URIRef) else f"_:{subject}"


def body(pairs: Iterable[Pair]) -> str:
    """Return predicates and values, each pair spelt, as one body; `rdf:type` is spelt "" and comes first."""
    parts: list[str] = []
    last = None
    for predicate, value in sorted(set(pairs)):
        if predicate == last:
            parts += (_ALSO, value)
        else:
            parts += (_NEXT if parts else "", predicate or "a", " ", value)
            last = predicate
    return "".join(parts)


def pairs_of(text: str) -> Iterator[Pair]:
    """Yield the pairs of a body."""
    for part in text.split(_NEXT):
        predicate, _, values = part.partition(" ")
        if predicate == "a":
            predicate = ""
        for value in values.split(_ALSO):
            yield predicate, value


def block(subject: str, text: str, indent: str = "") -> str:
    """Return a block as it stands in a file; `subject` is spelt."""
    return f"{indent}{subject} {text.replace(BREAK, chr(10) + indent)} .\n"


class Gathering:
    """Bodies of many articles, those of one subject put together; `take` hands them over, sorted."""

    def __init__(self) -> None:
        self._single: dict[str, str] = {}
        self._several: dict[str, set[Pair]] = {}

    def add(self, found: Mapping[str, str]) -> None:
        """Add what one article says."""
        single, several = self._single, self._several
        for subject, text in found.items():
            before = single.setdefault(subject, text)
            if before is text:
                continue
            if subject not in several:
                several[subject] = set(pairs_of(before))
            several[subject].update(pairs_of(text))

    def take(self) -> Iterator[str]:
        """Yield the lines `subject TAB body`, sorted, and begin anew."""
        single, several = self._single, self._several
        self._single, self._several = {}, {}
        for subject in sorted(single):
            text = body(several[subject]) if subject in several else single[subject]
            yield f"{subject}\t{text}"


def write_run(path: Path, lines: Iterable[str]) -> None:
    """Write sorted lines to a file for `merged`."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in lines)


def merged(runs: Sequence[Path], more: Sequence[Sequence[str]] = ()) -> Iterator[tuple[str, str]]:
    """Yield subject and body from runs on disk and others in memory, sorted, the bodies of one subject put together.

    More runs than `FAN_IN` are first merged into fewer, beside them; the files are deleted as they are used up.
    """
    runs = list(runs)
    number = 0
    while len(runs) > FAN_IN:
        some, runs = runs[:FAN_IN], runs[FAN_IN:]
        target = some[0].with_name(f"merged-{number}{some[0].suffix}")
        write_run(target, (f"{subject}\t{text}" for subject, text in _merge(some)))
        runs.append(target)
        _take_away(some)
        number += 1
    yield from _merge(runs, more)
    _take_away(runs)


def _take_away(runs: Iterable[Path]) -> None:
    for path in runs:
        path.unlink(missing_ok=True)


def _merge(runs: Sequence[Path], more: Sequence[Sequence[str]] = ()) -> Iterator[tuple[str, str]]:
    with ExitStack() as opened:
        streams = [opened.enter_context(path.open(encoding="utf-8", newline="\n")) for path in runs]
        inside = ((f"{line}\n" for line in lines) for lines in more)
        # a tab sorts before all that an IRI may hold, so lines are sorted as their subjects are
        rows: Iterator[list[str]] = (line.split("\t", 1) for line in heapq.merge(*streams, *inside))
        for subject, group in groupby(rows, itemgetter(0)):
            texts = [row[1][:-1] for row in group]
            if len(texts) == 1:
                yield subject, texts[0]
            else:
                yield subject, body(pair for text in texts for pair in pairs_of(text))
