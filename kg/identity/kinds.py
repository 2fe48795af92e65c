"""Correct the kind of a thing where most articles see it otherwise: a company taken for a person in one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from kg.identity.model import Record
from kg.identity.names import fold, initials, parse
from kg.identity.tables import tables
from kg.model import Kind

_MAJORITY = 2.0
"""So many times as much must speak for another kind as for the own one."""


def corrected(records: Iterable[Record], given_names: Mapping[str, str]) -> list[Record]:
    """Return the records, which come article by article, with the kinds that all together give them, in their order.

    Only records that nothing but their article's tagger puts into a kind are changed: no person with a given name
    or a role, no place that is in the gazetteer.
    """
    listed = list(records)
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in listed:
        groups[parse(record.name, Kind.ORGANIZATION).key].append(record)
    firsts = {fold(name) for name in given_names}
    bodies = {
        key
        for key, members in groups.items()
        if any(r.kind is Kind.ORGANIZATION and (r.classes or r.named > 1) for r in members)
    }
    shortened: dict[str, set[str]] = defaultdict(set)
    for key in bodies:
        for short in _shortened(key):
            shortened[short].update(record.doc for record in groups[key])
    new: dict[tuple[str, str], Kind] = {}
    for key, members in groups.items():
        kinds = {record.kind for record in members}
        if len(kinds) > 1:
            new.update(_voted(members, firsts))
        elif kinds == {Kind.PERSON} and key in shortened:
            new.update(
                (r.key, Kind.ORGANIZATION)
                for r in members
                if not r.roles and (r.doc in shortened[key] or not _settled(r, firsts))
            )
    for _, here in groupby(listed, key=lambda r: r.doc):
        new.update((key, Kind.ORGANIZATION) for key in _spelt_out(list(here)))
    return [replace(r, kind=new[r.key]) if r.key in new else r for r in listed]


def _spelt_out(here: list[Record]) -> Iterable[tuple[str, str]]:
    """Yield what is the initials of a body that the same article names in full."""
    letters: set[str] = set()
    for record in here:
        if record.kind is Kind.ORGANIZATION:
            letters.update(initials(parse(record.name, Kind.ORGANIZATION).words))
    for record in here:
        name = parse(record.name, Kind.ORGANIZATION)
        if name.acronym and name.key in letters and not (record.same_as or record.roles):
            yield record.key


def _voted(members: list[Record], firsts: set[str]) -> dict[tuple[str, str], Kind]:
    votes: dict[Kind, float] = defaultdict(float)
    for record in members:
        votes[record.kind] += min(3, max(1, record.named)) * _reliable(record, firsts)
    best = max(sorted(votes), key=lambda kind: votes[kind])
    return {
        r.key: best
        for r in members
        if r.kind is not best and not _settled(r, firsts) and votes[best] >= _MAJORITY * votes[r.kind]
    }


def _reliable(record: Record, firsts: set[str]) -> float:
    if record.same_as:
        return 4.0
    if record.kind is Kind.PERSON:
        return 2.5 if _settled(record, firsts) else 0.5
    return 2.0 if record.classes else 1.0


def _settled(record: Record, firsts: set[str]) -> bool:
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
