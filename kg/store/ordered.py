"""Write a store to a stream, sorted and without doubles, in memory that does not grow with the store.

Turtle and TriG are spelt by the graph's own writer, so the file of a store is byte for byte the one that a
build writes of the same articles. Lines are sorted in runs that go to disk, and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.blocks import block, body
from kg.graph.turtle import Spelling, header
from kg.graph.vocabulary import PREFIXES
from kg.store.merged import DEFAULT
from kg.store.terms import to_rdflib

RUN = 400_000
"""So many lines are sorted in memory at once."""
_TYPE = PREFIXES["rdf"] + "type"
FORMS = ("ttl", "trig", "nq", "nt", "jsonld")


def write(store: ox.Store, form: str, out: BinaryIO, base: str | None = None, merged: bool = True) -> None:
    """Write a whole store in one of `FORMS`; the same triples always give the same bytes.

    Turtle and N-Triples hold the union of all graphs. `merged` says that the default graph of a store with named
    graphs is their merge, which TriG, N-Quads and JSON-LD leave out.

    Raises:
        StoreError: the form is unknown.
        GraphError: a term can't be written.
    """
    if form == "ttl":
        _lines(out, _turtle(_all(store, merged), base))
    elif form == "trig":
        _lines(out, _trig(store, base, merged))
    elif form in {"nq", "nt"}:
        _lines(out, _flat(store, form == "nq", merged))
    elif form == "jsonld":
        quads = (quad for name in _names(store, merged) for quad in _sorted_quads(store, name))
        ox.serialize(quads, out, ox.RdfFormat.JSON_LD, prefixes=dict(PREFIXES))
    else:
        raise StoreError(f"'{form}' is no form of a store; there are {', '.join(FORMS)}")


def _lines(out: BinaryIO, lines: Iterable[str]) -> None:
    for line in lines:
        out.write(line.encode("utf-8"))


class _Speller:
    """Spells Oxigraph's terms as the graph's writer does; what comes again and again is kept."""

    def __init__(self, base: str | None = None, short: bool = True) -> None:
        self._spelling = Spelling(base, short)
        self._nodes: dict[str, str] = {}

    def __call__(self, term: object) -> str:
        if isinstance(term, ox.NamedNode):
            spelt = self._nodes.get(term.value)
            if spelt is None:
                if len(self._nodes) > RUN:
                    self._forget()
                spelt = self._nodes[term.value] = self._spelling[to_rdflib(term)]
            return spelt
        if len(self._spelling) > 2 * RUN:
            self._forget()
        return self._spelling[to_rdflib(term)]

    def _forget(self) -> None:
        self._nodes.clear()
        self._spelling.clear()


def _turtle(quads: Iterator[ox.Quad], base: str | None) -> Iterator[str]:
    yield header(base)
    for text in _blocks(quads, _Speller(base)):
        yield "\n" + text


def _trig(store: ox.Store, base: str | None, merged: bool) -> Iterator[str]:
    yield header(base)
    spell = _Speller(base)
    for name in _names(store, merged):
        quads = store.quads_for_pattern(None, None, None, name)
        named = not isinstance(name, ox.DefaultGraph)
        if named:
            yield f"\n{spell(name)} {{\n"
        for number, text in enumerate(_blocks(quads, spell, "    " if named else "")):
            yield "\n" + text if number or not named else text
        if named:
            yield "}\n"


def _blocks(quads: Iterable[ox.Quad], spell: _Speller, indent: str = "") -> Iterator[str]:
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


def _flat(store: ox.Store, graphs: bool, merged: bool) -> Iterator[str]:
    spell = _Speller(short=False)

    def line(quad: ox.Quad) -> str:
        words = f"{spell(quad.subject)} {spell(quad.predicate)} {spell(quad.object)}"
        named = graphs and not isinstance(quad.graph_name, ox.DefaultGraph)
        return f"{words} {spell(quad.graph_name)} ." if named else f"{words} ."

    if not graphs:
        yield from (f"{text}\n" for text in sort(map(line, _all(store, merged))))
        return
    for name in _names(store, merged):
        found = map(line, store.quads_for_pattern(None, None, None, name))
        yield from (f"{text}\n" for text in sort(found))


def _all(store: ox.Store, merged: bool) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, DEFAULT) if merged else iter(store)


def _names(store: ox.Store, merged: bool) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
    graphs = sorted(store.named_graphs(), key=str)
    if merged and graphs:
        return list(graphs)
    has_default = next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None
    return [ox.DefaultGraph(), *graphs] if has_default else list(graphs)


def _sorted_quads(store: ox.Store, name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    found = list(store.quads_for_pattern(None, None, None, name))
    found.sort(
        key=lambda q: (_plain(q.subject), q.predicate.value != _TYPE, q.predicate.value, str(q.object))
    )
    return iter(found)


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
