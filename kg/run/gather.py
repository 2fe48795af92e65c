"""The graph of many articles on its way to files: gathered in stretches, each sorted, merged at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.external_sort import BREAK, Gathering, bodies, merged, write_run
from kg.graph.turtle import Spelling, Writable, header
from kg.model import Facts, Reject

if TYPE_CHECKING:
    from rdflib import URIRef

    from kg.graph.triple_builder import Triple

STRETCH = 1_500_000
"""Packed facts of about so many bytes (some 300,000 triples) are sorted in memory at once."""

TriplesOf = Callable[[Facts], "tuple[URIRef, list[Triple]] | Reject"]
"""What makes the triples of an article, with the name of its graph; or tells why it can't."""


@dataclass(frozen=True, slots=True)
class SortedLines:
    """The sorted lines of some articles: in memory, or in files to be merged. `failed` are rejects by place."""

    turtle: Sequence[str] | Path
    trig: Sequence[str] | Path
    triples: int
    failed: tuple[tuple[int, Reject], ...] = ()


def gather(
    articles: Iterable[tuple[int, Facts]], triples_of: TriplesOf, base: str, files: Path | None = None
) -> SortedLines:
    """Return the lines of some articles; with `files` they are written to `files` with endings of their own."""
    spelling = Spelling(base)
    gathering = Gathering()
    graphs: list[str] = []
    failed: list[tuple[int, Reject]] = []
    count = 0
    for seq, facts in articles:
        made = triples_of(facts)
        if isinstance(made, Reject):
            failed.append((seq, made))
            continue
        name, triples = made
        count += _add(name, triples, spelling, gathering, graphs)
    graphs.sort()
    return _stretch(gathering, graphs, count, tuple(failed), files)


def gather_graph(
    name: URIRef, triples: Iterable[Triple], base: str, files: Path | None = None
) -> SortedLines:
    """Return the lines of one named graph; `files` as for `gather`."""
    gathering, graphs = Gathering(), list[str]()
    count = _add(name, triples, Spelling(base), gathering, graphs)
    return _stretch(gathering, graphs if count else [], count, (), files)


def _stretch(
    gathering: Gathering,
    graphs: list[str],
    count: int,
    failed: tuple[tuple[int, Reject], ...],
    files: Path | None,
) -> SortedLines:
    if files is None:
        return SortedLines(list(gathering.take()), graphs, count, failed)
    turtle, trig = files.with_suffix(".ttl-run"), files.with_suffix(".trig-run")
    write_run(turtle, gathering.take())
    write_run(trig, graphs)
    return SortedLines(turtle, trig, count, failed)


def _add(
    name: URIRef, triples: Iterable[Triple], spelling: Spelling, gathering: Gathering, graphs: list[str]
) -> int:
    found = bodies(triples, spelling)
    gathering.add(found)
    indent = BREAK + "    "
    blocks = (
        f"    {spelling.subject(subject)} {found[subject].replace(BREAK, indent)} .{BREAK}"
        for subject in sorted(found)
    )
    graphs.append(f"{name}\t{BREAK}{spelling[name]} {{{BREAK}{BREAK.join(blocks)}}}{BREAK}")
    return sum(text.count(BREAK) + 1 for text in found.values())


def turtle(stretches: Sequence[SortedLines]) -> Iterator[tuple[str, str]]:
    """Yield subject and body of all stretches, sorted; it can be done once, and takes their files away."""
    yield from _merged([stretch.turtle for stretch in stretches])


def write_turtle(rows: Iterable[tuple[str, str]], out: Writable, base: str) -> None:
    """Write what `turtle` gives as a file, the same bytes as of the triples themselves."""
    out.write(header(base))
    write_blocks(rows, out, base)


def write_blocks(rows: Iterable[tuple[str, str]], out: Writable, base: str) -> None:
    """Write what `turtle` gives, or a part of it, without what the file begins with."""
    spelling = Spelling(base)
    for subject, text in rows:
        out.write(f"\n{spelling.subject(subject)} {text.replace(BREAK, chr(10))} .\n")


def write_trig(stretches: Sequence[SortedLines], out: Writable, base: str) -> None:
    """Write the named graphs of all stretches, sorted by name; it can be done once."""
    out.write(header(base))
    write_graphs(_merged([stretch.trig for stretch in stretches]), out)


def write_graphs(rows: Iterable[tuple[str, str]], out: Writable) -> None:
    """Write named graphs without what the file begins with."""
    for _, text in rows:
        out.write(text.replace(BREAK, "\n"))


def _merged(parts: Sequence[Sequence[str] | Path]) -> Iterator[tuple[str, str]]:
    files = [part for part in parts if isinstance(part, Path)]
    lines = [part for part in parts if not isinstance(part, Path)]
    if files or len(lines) > 1:
        yield from merged([*files], [*lines])
        return
    for line in chain.from_iterable(lines):
        subject, _, text = line.partition("\t")
        yield subject, text
