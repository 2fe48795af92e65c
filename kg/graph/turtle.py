"""Write triples as Turtle: sorted, without doubles, the same bytes for the same triples.

rdflib's own Turtle writer is several times slower and orders by its own measure of importance. This one takes
rdflib's terms and keeps each term's spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kg.errors import GraphError
from kg.graph.external_sort import block as as_block
from kg.graph.external_sort import bodies
from kg.graph.iris import is_writable
from kg.graph.vocabulary import PREFIXES, XSD

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"[a-z]+/[^/.?#]")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_SPACES = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_KEPT = 64
"""Spellings of literals up to this length are kept; longer ones hardly come twice."""


class Writable(Protocol):
    """Anything that takes text."""

    def write(self, text: str, /) -> object:
        """Take some text."""
        ...


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT_ESCAPES.get(char) or f"\\u{ord(char):04X}"


def quoted(text: str) -> str:
    """Return text between quotation marks on one line, with everything escaped that a reader may trip on."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


class Spelling(dict[Node, str]):
    """How each term is written: `spelling[term]`, worked out once.

    `base` shortens the IRIs of instances to relative ones, `short` lets known prefixes and bare numbers be
    used (N-Quads know neither).
    """

    def __init__(self, base: str | None = None, short: bool = True) -> None:
        super().__init__()
        self._base = base or ""
        self._short = short

    def __missing__(self, term: Node) -> str:
        if isinstance(term, URIRef):
            spelt = self._iri(str(term))
        elif isinstance(term, Literal):
            spelt = self._literal(term)
            if len(spelt) > _KEPT:
                return spelt
        elif isinstance(term, BNode):
            spelt = term.n3()
        else:
            raise GraphError(f"{term!r} can't stand in a graph file")
        self[term] = spelt
        return spelt

    def subject(self, name: str) -> str:
        """Return how the subject of a block is written, from its plain name."""
        return name if name.startswith("_:") else self._iri(name)

    def _iri(self, iri: str) -> str:
        if self._short:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = _SPACES.get(iri[:cut])
            if prefix is not None and _LOCAL.fullmatch(iri, cut):
                return f"{prefix}:{iri[cut:]}"
        if not is_writable(iri):
            raise GraphError(f"{iri!r} is no IRI that can be written")
        if self._base and iri.startswith(self._base):
            rest = iri[len(self._base) :]
            if _RELATIVE.match(rest) and "/." not in rest and "//" not in rest:
                return f"<{rest}>"
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        text, datatype = str(literal), literal.datatype
        if literal.language:
            return f"{quoted(text)}@{literal.language}"
        if datatype is None or datatype == XSD.string:
            return quoted(text)
        if self._short and (bare := _BARE.get(datatype)) and bare.fullmatch(text):
            return text
        return f"{quoted(text)}^^{self[datatype]}"


Triples = Iterable[tuple[Node, Node, Node]]


def header(base: str | None = None) -> str:
    """Return the lines that every Turtle and TriG file begins with."""
    lines = [f"@base <{base}> .\n"] if base else []
    lines += [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()]
    return "".join(lines)


def blocks(triples: Triples, spelling: Spelling, indent: str = "") -> Iterator[str]:
    """Yield what is told of each subject, in order."""
    rows = bodies(triples, spelling)
    for subject in sorted(rows):
        yield as_block(spelling.subject(subject), rows[subject], indent)


def dump(triples: Triples, base: str | None = None) -> str:
    """Return triples, such as those of an rdflib graph, as Turtle, by subject and predicate; `rdf:type` comes first.

    They may come in any order and more than once. `base` ends in `/`; the IRIs of instances under it are written
    relative to it.

    Raises:
        GraphError: a term can't be written, such as an IRI with a space.
    """
    return header(base) + "".join("\n" + block for block in blocks(triples, Spelling(base)))
