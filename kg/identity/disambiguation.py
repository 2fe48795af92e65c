"""Tell apart things of one name, and put together what is one: the first half of the identity step.

All records of one name and kind come here together, wherever they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kg.identity.dataset import Dataset
from kg.identity.evidence import Compared, side, weigh
from kg.identity.model import IdentityRecord, Verdict
from kg.identity.names import FoldedName, distinctive, parse
from kg.identity.profile import FEW_OF_A_NAME, Commonness, Profile, order, profile_of
from kg.model import Kind
from kg.scoring import weights

SAME_NAME = "the same name"
_NAME, _GIVEN, _SURNAME = "name", "given", "surname"
SURE = 3.0
MOST_SENSES = 64
"""A name has at most so many things; past that, what is new joins the likeliest."""

MOST_GATHERED = 24
"""Things of one name are compared with each other again only if they are so few."""


def name_key(record: IdentityRecord) -> tuple[str, str]:
    """Return the key by which records are brought together: kind and folded name."""
    return record.kind.value, parse(record.name, record.kind).key or record.name


def commonness(articles: int, records: Dataset[IdentityRecord]) -> Commonness:
    """Return how common names are over all records, which are those of `articles` articles."""
    found: dict[str, dict[str, int]] = {_NAME: {}, _GIVEN: {}, _SURNAME: {}}
    for sort, name, count in records.grouped(_told_names, _many).collect():
        found[sort][name] = count
    return Commonness(articles, found[_NAME], found[_GIVEN], found[_SURNAME])


def _told_names(record: IdentityRecord) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield each name with the article it stands in, and the parts of a person's name with what goes with them."""
    yield (_NAME, parse(record.name, Kind.ORGANIZATION).key), record.doc
    if record.kind is Kind.PERSON:
        words = parse(record.name, Kind.PERSON).words
        if len(words) > 1:
            yield (_GIVEN, words[0]), words[-1]
            yield (_SURNAME, words[-1]), words[0]


def _many(key: tuple[str, str], beside: list[str]) -> Iterator[tuple[str, str, int]]:
    count = len(set(beside)) if len(beside) >= FEW_OF_A_NAME else 0
    if count >= FEW_OF_A_NAME:
        yield *key, count


def prior(name: FoldedName, kind: Kind, common: Commonness) -> float:
    """Return the log-odds that two articles that use this name mean one thing, before anything else is known."""
    w = weights("kg.identity")
    if kind is Kind.PERSON:
        if len(name.words) < 2:
            return w["name.lone"]
        many = min(common.given.get(name.words[0], 1), common.surnames.get(name.words[-1], 1))
        sort = "rare" if many < FEW_OF_A_NAME else "common" if many < 8 else "very_common"
        return w[f"name.{sort}_person"]
    if kind is Kind.PLACE:
        return w["name.place"]
    if not distinctive(name):
        return w["name.undistinctive"]
    return w["name.short_acronym" if name.acronym and len(name.compact) < 4 else "name.body"]


def profiles(records: Iterable[IdentityRecord], common: Commonness) -> tuple[list[Profile], list[Compared]]:
    """Return the things that the records of one name and kind are, in the order of their first article.

    With them comes what keeps things of one name apart.
    """
    listed = sorted(records, key=order)
    kind, name = listed[0].kind, parse(listed[0].name, listed[0].kind)
    if kind is Kind.PLACE and any(record.same_as for record in listed):
        return _places(listed), []
    base = prior(name, kind, common)
    if len(listed) == 1 or (kind is not Kind.PERSON and base >= SURE):
        return [profile_of(listed)], []  # nothing that articles say would part them
    found: list[Profile] = []
    for record in listed:
        if record.roles:
            _start(record, found)
    found = _gathered(found, common, base)
    for record in sorted(listed, key=lambda r: (not r.nations, not r.nouns, order(r))):
        if not record.roles:
            _assign(record, found, common, base)
    found = sorted(_gathered(found, common, base), key=lambda profile: profile.first)
    return found, _kept_apart(found, common, base) if len(found) > 1 else []


def _start(record: IdentityRecord, found: list[Profile]) -> None:
    """Put records together that hold a role in one body, and not in fields that exclude each other."""
    own = profile_of([record])
    for profile in found:
        if profile.bodies.keys() & own.bodies.keys() and not (
            profile.fields and own.fields and not profile.fields & own.fields
        ):
            profile.add(record)
            return
    found.append(own)


def _assign(record: IdentityRecord, found: list[Profile], common: Commonness, base: float) -> None:
    if (
        len(found) == 1
        and base >= weights("kg.identity")["name.enough_for_the_only_one"]
        and not (record.nations or record.nouns)
    ):
        found[0].add(record)
        return
    own = profile_of([record])
    ranked = (
        (weigh(own, profile, common, base, SAME_NAME).logit, -number) for number, profile in enumerate(found)
    )
    best = max(ranked, default=None)
    if best is not None and (best[0] >= 0 or len(found) >= MOST_SENSES):
        found[-best[1]].add(record)
    else:
        found.append(own)


def _places(records: list[IdentityRecord]) -> list[Profile]:
    """Places are one when the gazetteer says so; one that it doesn't know is the best known of its name."""
    groups: dict[str, list[IdentityRecord]] = defaultdict(list)
    for record in records:
        groups[record.same_as[0] if record.same_as else ""].append(record)
    known = Counter({key: len(group) for key, group in groups.items() if key})
    if "" in groups:
        best = min(known, key=lambda key: (-known[key], key))
        groups[best] += groups.pop("")
    return sorted((profile_of(group) for group in groups.values()), key=lambda profile: profile.first)


def _gathered(found: list[Profile], common: Commonness, base: float) -> list[Profile]:
    """Put profiles together that turned out to be one when both had grown, the likeliest first."""
    while 1 < len(found) <= MOST_GATHERED:
        pairs = (
            (weigh(one, other, common, base, SAME_NAME).logit, -a, -b)
            for a, one in enumerate(found)
            for b, other in enumerate(found[:a])
        )
        logit, a, b = max(pairs)
        if logit < 0:
            break
        found[-b].absorb(found[-a])
        del found[-a]
    return found


def _kept_apart(found: list[Profile], common: Commonness, base: float) -> list[Compared]:
    compared = []
    for number, profile in enumerate(found[1:], 1):
        others = [(weigh(other, profile, common, base, SAME_NAME), other) for other in found[:number]]
        weighed, other = max(others, key=lambda pair: pair[0].logit)
        compared.append(Compared(side(other), side(profile), Verdict.DIFFERENT, weighed))
    return compared
