"""Tell from the text of a query or update which named graphs it speaks of: those of articles are unpacked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from kg.graph.vocabulary import PREFIXES
from kg.store.refuse import QUOTED

_TERM = r"(?P<term><[^<>\s]*>|[?$]\w+|(?:[^\s{}<>()\"'?$;,.:]|\\.)*:(?:[^\s{}<>()\"'?$;,]|\\.)*|\b\w+\b)"
_BEFORE = r"(?<![?$:@\w.\\-])"
_NAMED = re.compile(
    rf"{_BEFORE}(?:GRAPH|FROM(?:\s+NAMED)?|USING(?:\s+NAMED)?|WITH|TO|(?:ADD|MOVE|COPY|CLEAR|DROP|CREATE)(?:\s+SILENT)?)"
    rf"(?:\s+GRAPH)?\s*{_TERM}",
    re.IGNORECASE,
)
_PREFIX = re.compile(rf"{_BEFORE}PREFIX\s+(?P<name>[^\s:<]*):\s*<(?P<iri>[^<>\s]*)>", re.IGNORECASE)
_BASE = re.compile(rf"{_BEFORE}BASE\s+<(?P<iri>[^<>\s]*)>", re.IGNORECASE)
_EVERY = {"ALL", "NAMED"}


@dataclass(frozen=True, slots=True)
class Scope:
    """The named graphs that a text speaks of: any of them, or those with these IRIs."""

    every: bool = False
    iris: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.every or bool(self.iris)


def scope_of(text: str, base: str | None = None, more: Iterable[str] = ()) -> Scope:
    """Return which named graphs a query or update can see or change; `more` are those that its request names.

    In doubt more are named than there are: it costs time, not answers.

    Example:
        >>> scope_of("SELECT * { GRAPH <urn:a> { ?s ?p ?o } }").iris
        frozenset({'urn:a'})
    """
    bare = QUOTED.sub(lambda m: m[0] if m[0][0] == "<" else " " * len(m[0]), text)
    found = set(more)
    prefixes: Mapping[str, str] = dict(PREFIXES)
    if prologue := _BASE.search(bare):
        base = urljoin(base or "", prologue["iri"])
    prefixes = {**prefixes, **{m["name"]: urljoin(base or "", m["iri"]) for m in _PREFIX.finditer(bare)}}
    for match in _NAMED.finditer(bare):
        term = match["term"]
        if term[0] in "?$" or term.upper() in _EVERY:
            return Scope(every=True)
        if term[0] == "<":
            found.add(urljoin(base, term[1:-1]) if base else term[1:-1])
        elif ":" in term:
            prefix, _, local = term.partition(":")
            if prefix in prefixes:
                found.add(prefixes[prefix] + re.sub(r"\\(.)", r"\1", local.rstrip(".")))
    return Scope(iris=frozenset(found))
