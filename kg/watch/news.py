"""Finds in a store the facts about what is watched, each with its sentence and a key that survives new builds."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from kg.errors import UsageError
from kg.graph.ontology import ontology
from kg.graph.turtle import quoted
from kg.graph.vocabulary import PREFIXES, RDFS
from kg.store import StoreReader

_AT_ONCE = 400
_PARTS = (
    "nkg:agent|nkg:patient|nkg:theme|sem:hasPlace|nkg:speaker|nkg:addressee|schema:about|org:member"
    "|org:organization|rdf:subject|rdf:object"
)
_CALLED = """
SELECT DISTINCT ?name ?thing {{
  ?thing rdfs:label|skos:altLabel|nkg:formerName ?known
  BIND (LCASE(STR(?known)) AS ?name) FILTER (?name IN ({names}))
}}"""
_ABOUT = (
    "SELECT DISTINCT ?thing ?fact {{ VALUES ?thing {{ {things} }} ?fact {parts} ?thing ; nkg:confidence ?c }}"
)
_OF_CLASS = (
    "SELECT DISTINCT ?class ?fact {{ VALUES ?class {{ {classes} }} ?fact a ?class ; nkg:confidence ?c }}"
)
_TOLD = "SELECT ?one ?p ?o {{ VALUES ?one {{ {iris} }} ?one ?p ?o }}"
_PATH = re.compile(r"(?:person|organization|place|group)/[^\s/<>\"{}|\\^`]+")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_KINDS = ("Event", "Statement", "Membership", "Relation")
Row = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch list: names of things (or their IRIs or paths, as `person/ann-lee`), and classes by their IRIs.

    `classes` maps each class that counts to the word under which it is watched.
    """

    names: tuple[str, ...] = ()
    classes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """One fact about what is watched: `id` stays when the article is built anew, `iri` may not."""

    id: str
    watch: tuple[str, ...]
    kind: str
    cls: str
    what: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    where: tuple[str, ...]
    when: str
    how: str
    says: tuple[str, ...]
    confidence: float
    sentence: str
    article: str
    headline: str
    published: str
    url: str
    iri: str

    def to_json(self) -> dict[str, Any]:
        """Return it as a report has it; what is not known is left out."""
        found = {("class" if key == "cls" else key): value for key, value in asdict(self).items()}
        return {key: value for key, value in found.items() if value not in ("", ())}

    def line(self) -> str:
        """Return it in one line for people."""
        told = self.published or "no date"
        by = f" ({self.headline})" if self.headline else ""
        return f'{told}  {self.what}: "{self.sentence}"{by}'


def watched(names: Iterable[str], classes: Iterable[str]) -> Watched:
    """Return a watch list; a class stands for those below it, too.

    Raises:
        UsageError: nothing is watched, or there is no such class; the message tells which there are.
    """
    kept = tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    known, below = _classes()
    found: dict[str, str] = {}
    for given in classes:
        word = given.rpartition(":")[2].rpartition("#")[2].strip()
        hit = next((name for name in known if name.casefold() == word.casefold()), None)
        if hit is None:
            raise UsageError(f"there is no class '{given}'; there are {', '.join(sorted(known))}")
        left = [known[hit]]
        while left:
            iri = left.pop()
            if iri not in found:
                found[iri] = hit
                left += below[iri]
    if not kept and not found:
        raise UsageError(
            "say what to watch: names or classes, in the table [watch] of the settings or with --names"
        )
    return Watched(kept, tuple(sorted(found.items())))


def _classes() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the classes of facts by their short names, and those right below each."""
    graph = ontology()
    below: dict[str, list[str]] = defaultdict(list)
    for lower, upper in graph.subject_objects(RDFS.subClassOf):
        below[str(upper)].append(str(lower))
    roots = [PREFIXES["sem"] + "Event", PREFIXES["nkg"] + "Statement", PREFIXES["org"] + "Membership"]
    known: dict[str, str] = {}
    left = [*roots, PREFIXES["nkg"] + "Relation"]
    while left:
        iri = left.pop()
        known.setdefault(re.split(r"[/#]", iri)[-1], iri)
        left += below[iri]
    return known, below


def find_news(store: StoreReader, wanted: Watched) -> list[News]:
    """Return all facts of a store about what is watched, in the order of their articles' dates.

    Example:
        >>> with StoreReader("news.db") as store:  # doctest: +SKIP
        ...     for one in find_news(store, watched(["Northwind"], ["Accuse"])):
        ...         print(one.line())
    """
    why: dict[str, set[str]] = defaultdict(set)
    things = _things(store, wanted.names)
    for some in _batches(sorted(things)):
        for thing, fact in _rows(store, _ABOUT.format(things=_listed(some), parts=_PARTS)):
            why[fact] |= things[thing]
    words = dict(wanted.classes)
    for some in _batches(sorted(words)):
        for cls, fact in _rows(store, _OF_CLASS.format(classes=_listed(some))):
            why[fact].add(words[cls])
    facts = {iri: row for some in _batches(sorted(why)) for iri, row in _told(store, some).items()}
    parts = {value for row in facts.values() for key in (*_WHO, *_MORE) for value in row.get(key, ())}
    spans = {span for row in facts.values() for span in row.get("prov:wasDerivedFrom", ())}
    articles = {span.partition("#")[0] for span in spans}
    beside = {
        i: r for some in _batches(sorted(parts | spans | articles)) for i, r in _told(store, some).items()
    }
    speakers = {s for one in beside.values() for s in one.get("nkg:speaker", ())} - set(beside)
    beside |= {i: r for some in _batches(sorted(speakers)) for i, r in _told(store, some).items()}
    found = [
        made
        for iri in sorted(facts)
        if (made := _news(iri, facts[iri], why[iri], beside, store.base)) is not None
    ]
    return _numbered(sorted(found, key=lambda one: (one.published, one.article, one.iri)))


_WHO = ("nkg:agent", "nkg:speaker", "org:member", "rdf:subject")
_WHOM = ("nkg:patient", "nkg:addressee", "org:organization", "rdf:object")
_WHERE = ("sem:hasPlace",)
_MORE = (*_WHOM, *_WHERE, "nkg:accordingTo", "org:role")


def _news(iri: str, row: Row, why: set[str], beside: dict[str, Row], base: str) -> News | None:
    spans = [
        (_first(beside.get(span, {}), "nif:anchorOf"), span)
        for span in row.get("prov:wasDerivedFrom", ())
        if "#" in span
    ]
    if not spans:
        return None
    sentence, span = max(spans, key=lambda one: (len(one[0]), one))  # the headline says least
    doc = span.partition("#")[0]
    article = beside.get(doc, {})

    def names(*keys: str) -> tuple[str, ...]:
        things = [thing for key in keys for thing in row.get(key, ())]
        return tuple(
            sorted({_first(beside.get(thing, {}), "rdfs:label") or _local(thing) for thing in things})
        )

    kind, cls = _kind(row)
    who, whom = names(*_WHO), names(*_WHOM)
    source = [beside.get(one, {}) for one in row.get("nkg:accordingTo", ())]
    said = {speaker for one in source for speaker in one.get("nkg:speaker", ())}
    title = ", ".join(names("org:role"))
    predicate = _local(_first(row, "rdf:predicate"))
    words = _first(row, "nkg:trigger") or _first(row, "schema:text") or title or predicate
    what = _first(row, "rdfs:label") or (
        f"{', '.join(who) or 'someone'}: {words}"
        if kind == "statement"
        else ", ".join(part for part in (*who, words, *whom) if part)
    )
    path = doc.removeprefix(base).removeprefix("article/")
    key = hashlib.sha256("\0".join((kind, path, " ".join(sentence.split()), words)).encode()).hexdigest()[:24]
    return News(
        id=key,
        watch=tuple(sorted(why)),
        kind=kind,
        cls=cls,
        what=what,
        who=who,
        whom=whom,
        where=names(*_WHERE),
        when=_first(row, "sem:hasTimeStamp"),
        how=_local(_first(row, "nkg:modality")),
        says=tuple(sorted({_first(beside.get(one, {}), "rdfs:label") or _local(one) for one in said})),
        confidence=float(_first(row, "nkg:confidence") or 0),
        sentence=sentence,
        article=path,
        headline=_first(article, "schema:headline"),
        published=_first(article, "schema:datePublished"),
        url=_first(article, "schema:url"),
        iri=iri,
    )


def _numbered(found: Sequence[News]) -> list[News]:
    """Tell facts of the same words in one sentence apart, in their order."""
    seen: Counter[str] = Counter()
    out = []
    for one in found:
        seen[one.id] += 1
        out.append(one if seen[one.id] == 1 else replace(one, id=f"{one.id}-{seen[one.id]}"))
    return out


def _kind(row: Row) -> tuple[str, str]:
    types = [_local(one) for one in row.get("rdf:type", ())]
    kind = next((k for k in _KINDS if k in types), "Event")
    cls = min((one for one in types if one not in {kind, "Fact"}), default="")
    return {"Membership": "role"}.get(kind, kind.lower()), cls if kind == "Event" else ""


def _things(store: StoreReader, names: Iterable[str]) -> dict[str, set[str]]:
    """Return the things that are watched, with the words under which each is."""
    found: dict[str, set[str]] = defaultdict(set)
    called: dict[str, str] = {}
    for name in names:
        if _PATH.fullmatch(name):
            found[store.base + name].add(name)
        elif _IRI.fullmatch(name) and "://" in name:
            found[name].add(name)
        else:
            called[name.lower()] = name
    if called:
        wanted = ", ".join(quoted(name) for name in sorted(called))
        for name, thing in _rows(store, _CALLED.format(names=wanted)):
            found[thing].add(called[name])
    return found


def _told(store: StoreReader, iris: Iterable[str]) -> dict[str, Row]:
    out: dict[str, Row] = defaultdict(lambda: defaultdict(list))
    for one, predicate, value in _rows(store, _TOLD.format(iris=_listed(iris))):
        out[one][_SHORT.get(predicate, predicate)].append(value)
    for row in out.values():
        for values in row.values():
            values.sort()
    return out


def _short() -> dict[str, str]:
    keys = (
        *_WHO, *_MORE, "prov:wasDerivedFrom", "nif:anchorOf", "rdfs:label", "rdf:type", "rdf:predicate", "nkg:trigger",
        "nkg:modality", "nkg:confidence", "schema:text", "schema:headline", "schema:datePublished", "schema:url",
        "sem:hasTimeStamp",
    )  # fmt: skip
    return {PREFIXES[key.partition(":")[0]] + key.partition(":")[2]: key for key in keys}


_SHORT = _short()


def _rows(store: StoreReader, query: str) -> Iterator[tuple[str, ...]]:
    return (tuple("" if term is None else str(term) for term in row) for row in store.answer(query))


def _batches(iris: Sequence[str]) -> Iterator[Sequence[str]]:
    return (iris[begin : begin + _AT_ONCE] for begin in range(0, len(iris), _AT_ONCE))


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris if _IRI.fullmatch(iri))


def _first(row: Row, key: str) -> str:
    return min(row.get(key, ()), default="")


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]
