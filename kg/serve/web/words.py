"""The words and kinds that pages use for what the graph holds: classes, predicates, dates, labels."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from kg.graph.ontology import ontology
from kg.graph.terms import URIRef
from kg.graph.vocabulary import PREFIXES, RDFS
from kg.view import styles
from kg.view.terms import curie
from kg.view.untrusted import clean

KINDS = {
    "schema:NewsArticle": "article",
    "schema:Person": "person",
    "schema:Organization": "organization",
    "schema:Place": "place",
    "nkg:Group": "group",
    "nkg:UnnamedSource": "group",
    "sem:Event": "event",
    "nkg:Statement": "statement",
    "org:Membership": "membership",
    "nkg:Relation": "relation",
    "org:Role": "role",
}
"""The classes that decide what page a thing has, in the order in which they decide."""
NAMES = {
    "article": "Article",
    "person": "Person",
    "organization": "Organisation",
    "place": "Place",
    "group": "Unnamed group",
    "event": "Event",
    "statement": "Statement",
    "membership": "Role held",
    "relation": "Relation",
    "role": "Role",
}
MODALITIES = {
    "Reported": "reported",
    "Planned": "planned",
    "Hypothetical": "possible",
    "Negated": "not so",
}
"""How a page says that something did not simply happen."""
_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")


def full(name: str) -> str:
    """Return the IRI of a term written as `prefix:local`."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


_KIND_OF = {full(name): kind for name, kind in KINDS.items()}


def kind_of(types: Iterable[str]) -> str:
    """Return the kind of a thing with these classes, '' if none decides."""
    found = {kind for iri in types if (kind := _KIND_OF.get(iri))}
    return next((kind for kind in KINDS.values() if kind in found), "")


def local(iri: str) -> str:
    """Return the last part of an IRI, to stand where there's no label."""
    return clean(unquote(re.split(r"[/#]", iri.rstrip("/#"))[-1])) or clean(iri)


def best_label(labels: Iterable[str]) -> str:
    """Return the label that reads best of those that articles give to one thing: not in capitals."""
    found = sorted((clean(label) for label in labels), key=lambda label: (label.isupper(), label))
    return next((label for label in found if label.strip()), "")


def short(text: str, most: int = 90) -> str:
    """Return a text cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"


@cache
def _terms() -> dict[str, str]:
    return {str(s): str(label) for s, label in ontology().subject_objects(URIRef(str(RDFS.label)))}


@cache
def model_terms() -> list[str]:
    """Return the classes and properties of the model as `prefix:local`, for the editor to complete."""
    return sorted(name for iri in _terms() if ":" in (name := curie(iri)) and not name.startswith("http"))


def term(iri: str) -> str:
    """Return a class or property in words: its label in the ontology, else its short name."""
    name = curie(iri)
    event = styles.load()["events"].get(name)
    return str(event["name"]).lower() if event else _terms().get(iri, name)


def event_word(
    types: Iterable[str], own: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
) -> tuple[str, str, bool]:
    """Return the class of an event in words, its stance, and whether all who take part do the same to one another.

    A class of the user's own, as `own_classes` gives them, goes before the model's.
    """
    types = sorted(types)
    names = sorted(
        name for iri in types if (name := curie(iri)).startswith(("plover:", "nkg:")) and name != "nkg:Fact"
    )
    fallback: Mapping[str, Any] = styles.event(names[0]) if names else {"name": "Event", "stance": "neutral"}
    entry = next((own[iri] for iri in types if iri in own), fallback)
    return entry["name"], entry["stance"], bool(entry.get("mutual"))


def relation_words(predicate: str) -> tuple[str, str]:
    """Return a relation as it reads between its two ends, and its stance."""
    entry = styles.relation(curie(predicate))
    return entry["words"], entry["stance"]


def spoken(date: str) -> str:
    """Return a date as people write it: `12 March 2031`, `March 2031`, `2031`."""
    match = _DATE.match(date)
    if match is None:
        return clean(date)
    year, month, day = match.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    named = f"{month_name[int(month)]} {year}"
    return f"{int(day)} {named}" if day else named
