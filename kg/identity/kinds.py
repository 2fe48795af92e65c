"""Correct the kind of a thing where most articles see it otherwise: a company taken for a person in one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from kg.identity.model import IdentityRecord
from kg.identity.names import fold, initials, parse
from kg.identity.tables import tables
from kg.model import Kind
from kg.scoring import weights


@dataclass(frozen=True, slots=True)
class SpeltOut:
    """A record whose article names a body in full that its name is the initials of."""

    record: IdentityRecord


@dataclass(frozen=True, slots=True)
class Shortened:
    """An article's body, where records of a short form of its name meet; `sure` if more than the tagger says so."""

    doc: str
    key: str
    sure: bool


Seen = IdentityRecord | SpeltOut | Shortened


@dataclass(frozen=True, slots=True)
class Kinds:
    """One round over all articles, by folded name, that gives each record the kind that all together give it.

    Only records that nothing but their article's tagger puts into a kind are changed: no person with a given name
    or a role, no place that is in the gazetteer. `given` are the given names that are known, folded.
    """

    given: Collection[str]

    def rows(self, article: tuple[IdentityRecord, ...]) -> Iterator[tuple[str, Seen]]:
        """Yield the records of one article by name, and its bodies by the short forms of their names, too."""
        spelt_out = set(_spelt_out(article))
        for record in article:
            key = parse(record.name, Kind.ORGANIZATION).key
            yield key, SpeltOut(record) if record.key in spelt_out else record
            if record.kind is Kind.ORGANIZATION:
                for short in _shortened(key):
                    yield short, Shortened(record.doc, key, bool(record.classes) or record.named > 1)

    def __call__(self, key: str, seen: list[Seen]) -> Iterator[IdentityRecord]:
        """Yield the records of one name as they are to be taken."""
        members = [
            one.record if isinstance(one, SpeltOut) else one for one in seen if not isinstance(one, Shortened)
        ]
        kinds = {record.kind for record in members}
        new: dict[tuple[str, str], Kind] = {}
        if len(kinds) > 1:
            new = _voted(members, self.given)
        elif kinds == {Kind.PERSON}:
            longer = [one for one in seen if isinstance(one, Shortened)]
            sure = {one.key for one in longer if one.sure}
            docs = {one.doc for one in longer if one.key in sure}
            if docs:
                new = {
                    r.key: Kind.ORGANIZATION
                    for r in members
                    if not r.roles and (r.doc in docs or not _settled(r, self.given))
                }
        new.update((one.record.key, Kind.ORGANIZATION) for one in seen if isinstance(one, SpeltOut))
        for record in members:
            kind = new.get(record.key, record.kind)
            yield record if kind is record.kind else replace(record, kind=kind)


def given_names(names: Iterable[str]) -> frozenset[str]:
    """Return given names as the round takes them."""
    return frozenset(map(fold, names))


def _spelt_out(here: Iterable[IdentityRecord]) -> Iterable[tuple[str, str]]:
    """Yield what is the initials of a body that the same article names in full."""
    letters: set[str] = set()
    for record in here:
        if record.kind is Kind.ORGANIZATION:
            letters.update(initials(parse(record.name, Kind.ORGANIZATION).words))
    for record in here:
        name = parse(record.name, Kind.ORGANIZATION)
        if name.acronym and name.key in letters and not (record.same_as or record.roles):
            yield record.key


def _voted(members: list[IdentityRecord], firsts: Collection[str]) -> dict[tuple[str, str], Kind]:
    votes: dict[Kind, float] = defaultdict(float)
    for record in members:
        votes[record.kind] += min(3, max(1, record.named)) * _reliable(record, firsts)
    best = max(sorted(votes), key=lambda kind: votes[kind])
    majority = weights("kg.identity")["kind.majority"]
    return {
        r.key: best
        for r in members
        if r.kind is not best and not _settled(r, firsts) and votes[best] >= majority * votes[r.kind]
    }


def _reliable(record: IdentityRecord, firsts: Collection[str]) -> float:
    w = weights("kg.identity")
    if record.same_as:
        return w["kind.located"]
    if record.kind is Kind.PERSON:
        return w["kind.settled_person" if _settled(record, firsts) else "kind.person"]
    return w["kind.with_a_class" if record.classes else "kind.other"]


def _settled(record: IdentityRecord, firsts: Collection[str]) -> bool:
    """Tell whether more than the tagger's guess speaks for the record's kind."""
    if record.same_as or record.kind is not Kind.PERSON:
        return bool(record.same_as or record.classes)
    words = parse(record.name, Kind.PERSON).words
    return bool(words) and words[0] in firsts and (len(words) > 1 or bool(record.roles))


def _shortened(key: str) -> Iterable[str]:
    """Yield what a body's name is without the words that a short form may leave out."""
    words = key.split()
    droppable = tables().droppable
    while len(words) > 2 and words[-1] in droppable:
        words.pop()
        yield " ".join(words)
