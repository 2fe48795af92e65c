"""What the page of a thing tells: its names, its roles, its facts in time order, its words, its relations."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from kg.graph.counts import ACTIVE
from kg.serve.web.addresses import elsewhere
from kg.serve.web.desk import Desk, Row, listed
from kg.serve.web.facts import read_facts
from kg.serve.web.records import Fact, PageLink
from kg.serve.web.roles import Role, joined, roles_of
from kg.serve.web.words import best_label, full, kind_of, local, term
from kg.view.untrusted import clean

_OWN = """
SELECT DISTINCT ?p ?o WHERE {
  VALUES ?thing { %s }
  VALUES ?p { rdf:type rdfs:label skos:altLabel nkg:formerName owl:sameAs schema:latitude schema:longitude }
  ?thing ?p ?o
}"""
_INVOLVED = """
SELECT ?fact ?part ?when ?sentence WHERE {
  VALUES ?thing { %s }
  VALUES ?part { %s }
  VALUES ?class { sem:Event nkg:Statement org:Membership nkg:Relation }
  ?fact ?part ?thing ; a ?class
  OPTIONAL { ?fact sem:hasTimeStamp ?when }
  OPTIONAL { ?fact prov:wasDerivedFrom ?sentence }
} LIMIT 20000"""
_ARTICLES = """
SELECT ?article (COUNT(DISTINCT ?span) AS ?n) (MIN(?published) AS ?date) (MIN(?title) AS ?headline) WHERE {
  VALUES ?thing { %s }
  ?thing gaf:denotedBy ?span
  BIND (COALESCE(IRI(STRBEFORE(STR(?span), "#")), ?span) AS ?article)
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:headline ?title }
} GROUP BY ?article LIMIT 20000"""
_UNDATED = "9999"
"""Sorts behind all dates."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: facts in time order, so many of `count`, from `start` on.

    `there` is in how many of them the thing is the place and nothing else.
    """

    name: str
    count: int
    start: int
    facts: tuple[Fact, ...] = ()
    mentions: tuple[tuple[PageLink, str, int], ...] = ()
    there: int = 0

    @property
    def counted(self) -> str:
        """The number as everywhere: events that it takes part in, and those that only happen there."""
        own = self.count - self.there
        words = [f"{own:,}"] if own else []
        return " · ".join([*words, f"{self.there:,} there"] if self.there else words)


@dataclass(frozen=True, slots=True)
class _Kind:
    """Which facts a section shows: tied by which properties, so many at a time."""

    parts: tuple[str, ...]
    most: int


SECTIONS = {
    "roles": _Kind(("org:member", "org:organization", "org:role"), 25),
    "events": _Kind(("nkg:agent", "nkg:patient", "sem:hasPlace"), 25),
    "quotes": _Kind(("nkg:speaker",), 15),
    "about": _Kind(("schema:about", "nkg:addressee"), 15),
    "relations": _Kind(("rdf:subject", "rdf:object"), 25),
}
_SECTION_OF = {full(part): name for name, kind in SECTIONS.items() for part in kind.parts}
_ACTS = {full(part) for part in ACTIVE.split("|")}
_ARTICLES_AT_A_TIME = 15
_TOPS = {full(n) for n in ("schema:Person", "schema:Organization", "schema:Place", "nkg:Group", "org:Role")}


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A person, organisation, place, group or role, or any other thing that facts speak of."""

    iri: str
    kind: str
    label: str
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    at: tuple[float, float] | None = None
    sections: tuple[Section, ...] = ()
    known: bool = field(default=True)


async def read_thing(desk: Desk, iri: str, only: str = "", start: int = 0) -> ThingPage:
    """Return what is known of a thing; with `only`, that section alone, from number `start` on."""
    one, parts = listed([iri]), " ".join(p for kind in SECTIONS.values() for p in kind.parts)
    own, involved, articles, roles = await asyncio.gather(
        desk.rows(_OWN % one),
        desk.rows(_INVOLVED % (one, parts)),
        desk.rows(_ARTICLES % one),
        roles_of(desk, iri),
    )
    values: dict[str, set[str]] = defaultdict(set)
    for row in own:
        values[row["p"]].add(row["o"])
    label = best_label(values[full("rdfs:label")]) or local(iri)
    kind = kind_of(values[full("rdf:type")])
    sections = await _sections(desk, involved, articles, roles, only, start)
    return ThingPage(
        iri=iri,
        kind=kind,
        label=label,
        names=tuple(
            sorted({clean(n) for n in values[full("rdfs:label")] | values[full("skos:altLabel")]} - {label})
        ),
        former=tuple(sorted(map(clean, values[full("nkg:formerName")]))),
        classes=tuple(sorted({term(t) for t in values[full("rdf:type")] - _TOPS})),
        identities=tuple(sorted(i for i in values[full("owl:sameAs")] if elsewhere(i))),
        at=_at(values),
        sections=sections,
        known=bool(own or involved),
    )


async def _sections(
    desk: Desk, involved: list[Row], articles: list[Row], roles: dict[str, Role], only: str, start: int
) -> tuple[Section, ...]:
    published = {row["article"]: row.get("date", "") for row in articles if "article" in row}
    keys: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in involved:
        sentence = row.get("sentence", "")
        date = row.get("when") or published.get(sentence.partition("#")[0]) or _UNDATED
        own, fact = keys[_SECTION_OF[row["part"]]], row["fact"]
        own[fact] = min(own.get(fact, (date, sentence)), (date, sentence))
    active = {row["fact"] for row in involved if row["part"] in _ACTS}
    there = len(keys["events"].keys() - active)
    # what is told as one: the memberships of a role, else each fact alone
    chosen: dict[str, list[list[str]]] = {}
    counts: dict[str, int] = {}
    for name, kind in SECTIONS.items():
        if keys[name] and only in {"", name}:
            ones: dict[Role | str, list[str]] = defaultdict(list)
            for fact in sorted(keys[name], key=lambda fact, own=keys[name]: (own[fact], fact)):  # type: ignore[misc]
                ones[roles.get(fact, fact) if name == "roles" else fact].append(fact)
            chosen[name] = list(ones.values())[start : start + kind.most]
            counts[name] = len(ones)
    wanted = (fact for some in chosen.values() for told in some for fact in told)
    facts = {fact.iri: fact for fact in await read_facts(desk, wanted)}
    read = {name: [[facts[i] for i in told if i in facts] for told in some] for name, some in chosen.items()}
    sections = [
        Section(
            name,
            counts[name],
            start,
            tuple(joined(told) for told in some if told),
            there=there if name == "events" else 0,
        )
        for name, some in read.items()
    ]
    if articles and only in {"", "articles"}:
        sections.append(_mentioned(articles, start))
    return tuple(section for section in sections if section.count)


def _mentioned(rows: list[Row], start: int) -> Section:
    found = sorted(
        (row for row in rows if "article" in row),
        key=lambda row: (row.get("date") or _UNDATED, row["article"]),
    )
    mentions = tuple(
        (
            PageLink(row["article"], clean(row.get("headline", "")) or local(row["article"]), "article"),
            row.get("date", "")[:10],
            int(row["n"]),
        )
        for row in found[start : start + _ARTICLES_AT_A_TIME]
    )
    return Section("articles", len(found), start, mentions=mentions)


def _at(values: dict[str, set[str]]) -> tuple[float, float] | None:
    try:
        latitude, longitude = (float(min(values[full(f"schema:{n}")])) for n in ("latitude", "longitude"))
    except ValueError:
        return None
    return (latitude, longitude) if -90 <= latitude <= 90 and -180 <= longitude <= 180 else None
