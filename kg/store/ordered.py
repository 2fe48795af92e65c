"""Write a store to a stream, sorted and without doubles, in memory that does not grow with the store.

Turtle and TriG are spelt by the graph's own writer, so the file of a store is byte for byte the one that a
build writes of the same articles. Lines are sorted in runs that go to disk, and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO, TypeAlias

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.external_sort import block, body
from kg.graph.turtle import header
from kg.graph.vocabulary import PREFIXES
from kg.store.merged import DEFAULT
from kg.store.shelf import Shelf
from kg.store.spelling import Speller, triples_in

Name: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.DefaultGraph"
RUN = 400_000
"""So many lines are sorted in memory at once."""
_TYPE = PREFIXES["rdf"] + "type"
FORMS = ("ttl", "trig", "nq", "nt", "jsonld")


def write(
    store: ox.Store,
    form: str,
    out: BinaryIO,
    base: str | None = None,
    merged: bool = True,
    shelf: Shelf | None = None,
) -> None:
    """Write a whole store in one of `FORMS`; the same triples always give the same bytes.

    Turtle and N-Triples hold the union of all graphs. `merged` says that the default graph of a store with named
    graphs is their merge, which TriG, N-Quads and JSON-LD leave out; `shelf` holds the graphs of articles that are in
    the merge alone.

    Raises:
        StoreError: the form is unknown.
        GraphError: a term can't be written.
    """
    if form == "ttl":
        _lines(out, _turtle(_Graphs(store, merged, shelf).all(), base))
    elif form == "trig":
        _lines(out, _trig(_Graphs(store, merged, shelf), base))
    elif form in {"nq", "nt"}:
        _lines(out, _flat(_Graphs(store, merged, shelf), form == "nq"))
    elif form == "jsonld":
        graphs = _Graphs(store, merged, shelf)
        quads = (quad for name in graphs.names() for quad in _sorted(graphs.quads(name)))
        ox.serialize(quads, out, ox.RdfFormat.JSON_LD, prefixes=dict(PREFIXES))
    else:
        raise StoreError(f"'{form}' is no form of a store; there are {', '.join(FORMS)}")


@dataclass(frozen=True, slots=True)
class _Graphs:
    """The graphs of a store, packed ones too."""

    store: ox.Store
    merged: bool
    shelf: Shelf | None

    def names(self) -> list[Name]:
        """Return their names, sorted; the default graph is one where it is no merge."""
        docs = self.shelf.docs() if self.shelf is not None else []
        graphs = sorted({*self.store.named_graphs(), *map(ox.NamedNode, docs)}, key=str)
        if self.merged and graphs:
            return list(graphs)
        has_default = next(self.store.quads_for_pattern(None, None, None, DEFAULT), None) is not None
        return [DEFAULT, *graphs] if has_default else list(graphs)

    def quads(self, name: Name) -> Iterable[ox.Quad]:
        """Return the quads of one graph."""
        if self.shelf is not None and isinstance(name, ox.NamedNode) and self.shelf.has(name.value):
            return triples_in(self.shelf.lines(name.value), name)
        return self.store.quads_for_pattern(None, None, None, name)

    def all(self) -> Iterator[ox.Quad]:
        """Return the quads whose triples are those of all graphs together."""
        return self.store.quads_for_pattern(None, None, None, DEFAULT) if self.merged else iter(self.store)


def _lines(out: BinaryIO, lines: Iterable[str]) -> None:
    for line in lines:
        out.write(line.encode("utf-8"))


def _turtle(quads: Iterator[ox.Quad], base: str | None) -> Iterator[str]:
    yield header(base)
    for text in _blocks(quads, Speller(base)):
        yield "\n" + text


def _trig(graphs: _Graphs, base: str | None) -> Iterator[str]:
    yield header(base)
    spell = Speller(base)
    for name in graphs.names():
        named = not isinstance(name, ox.DefaultGraph)
        if named:
            yield f"\n{spell(name)} {{\n"
        for number, text in enumerate(_blocks(graphs.quads(name), spell, "    " if named else "")):
            yield "\n" + text if number or not named else text
        if named:
            yield "}\n"


def _blocks(quads: Iterable[ox.Quad], spell: Speller, indent: str = "") -> Iterator[str]:
    keys = (
        f"{_plain(q.subject)}\t{'' if q.predicate.value == _TYPE else spell(q.predicate)}\t{spell(q.object)}"
        for q in quads
    )
    rows = (line.split("\t") for line in sort(keys))
    for subject, group in groupby(rows, key=lambda row: row[0]):
        node = ox.BlankNode(subject[2:]) if subject.startswith("_:") else ox.NamedNode(subject)
        yield block(spell(node), body((predicate, value) for _, predicate, value in group), indent)


def _plain(subject: object) -> str:
    if isinstance(subject, ox.NamedNode):
        return subject.value
    if isinstance(subject, ox.BlankNode):
        return f"_:{subject.value}"
    raise StoreError(f"{subject} can't be written: RDF 1.1 has no such subject")


def _flat(graphs: _Graphs, named: bool) -> Iterator[str]:
    spell = Speller(short=False)

    def line(quad: ox.Quad) -> str:
        words = spell.line(quad)
        own = named and not isinstance(quad.graph_name, ox.DefaultGraph)
        return f"{words} {spell(quad.graph_name)} ." if own else f"{words} ."

    if not named:
        yield from (f"{text}\n" for text in sort(map(line, graphs.all())))
        return
    for name in graphs.names():
        yield from (f"{text}\n" for text in sort(map(line, graphs.quads(name))))


def _sorted(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted(
        quads,
        key=lambda q: (_plain(q.subject), q.predicate.value != _TYPE, q.predicate.value, str(q.object)),
    )


def sort(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines sorted and without doubles; long inputs are sorted in runs that wait on disk."""
    with ExitStack() as files:
        runs: list[Iterator[str]] = []
        run: list[str] = []
        for line in lines:
            run.append(line)
            if len(run) >= RUN:
                runs.append(_spilled(run, files))
                run = []
        run.sort()
        last = ""
        for line in heapq.merge(*runs, run) if runs else run:
            if line != last:
                yield line
                last = line


def _spilled(run: list[str], files: ExitStack) -> Iterator[str]:
    run.sort()
    file = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115
    file.writelines(f"{line}\n" for line in run)
    file.seek(0)
    return (line[:-1] for line in file)
