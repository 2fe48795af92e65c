"""Decide which entities of many articles are one thing, in rounds over datasets: on one machine or on many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from kg.identity.apply_overrides import overruled
from kg.identity.dataset import Dataset, Listed
from kg.identity.disambiguation import commonness, name_key, profiles
from kg.identity.evidence import Compared
from kg.identity.kb.model import Linker
from kg.identity.kinds import Kinds, given_names
from kg.identity.linking import linked
from kg.identity.matching import joined, letters_of, placed
from kg.identity.model import Identity, IdentityRecord, Judgement, Key, Node
from kg.identity.names import parse
from kg.identity.naming import judgements, named, variants
from kg.identity.overrides import Overrides
from kg.identity.profile import Commonness, Profile
from kg.model import Kind
from kg.world import World


def identify(
    records: Iterable[IdentityRecord],
    world: World,
    overrides: Overrides | None = None,
    linker: Linker | None = None,
    retired: Mapping[str, str] | None = None,
) -> Identity:
    """Return the node of every record; `records` are those of all articles, in any order.

    `linker` says what things are elsewhere; what it holds for one thing is one. Things that an earlier
    build knew (`Record.was`) keep their IRIs; `retired` leads from paths that were lost then to those of the nodes
    that they became. The outcome depends on the set of records and the overrides, not on their order. The cost
    grows with the number of records, not of their pairs: only things that share a block (see
    `kg.identity.blocking`) are compared.
    """
    listed = sorted(records, key=lambda r: r.key)
    articles = Listed(tuple(some) for _, some in groupby(listed, key=lambda r: r.doc))
    del listed
    link = None if linker is None else lambda: linker
    found = decided(articles, world, overrides or Overrides(), link, retired or ())
    del articles
    nodes = led_on(sorted(found.nodes.collect(), key=lambda node: node.segment), retired or {})
    assigned: dict[Key, Node] = {key: node for node in nodes for key in node.members}
    return Identity(nodes, found.judgements, assigned, found.unmatched)


def led_on(nodes: Sequence[Node], retired: Mapping[str, str]) -> tuple[Node, ...]:
    """Return the nodes with all paths that lead to them, also those that were lost in earlier builds."""
    to = {**retired, **{lost: node.segment for node in nodes for lost in node.was}}
    if not to:
        return tuple(nodes)
    was: dict[str, list[str]] = defaultdict(list)
    for lost in sorted(to):
        at, seen = to[lost], {lost}
        while at in to and at not in seen:
            seen.add(at)
            at = to[at]
        was[at].append(lost)
    return tuple(
        replace(node, was=tuple(was[node.segment])) if node.segment in was else node for node in nodes
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """What the rounds give: the nodes, wherever they are, all judgements, and `Identity.unmatched`."""

    nodes: Dataset[Node]
    judgements: tuple[Judgement, ...]
    unmatched: tuple[str, ...]


def decided(
    articles: Dataset[tuple[IdentityRecord, ...]],
    world: World,
    overrides: Overrides,
    linker: Callable[[], Linker] | None,
    retired: Collection[str] = (),
) -> Decided:
    """Return what the records of all articles are; `linker` gives the linker in whatever process asks for it."""
    kinds = Kinds(given_names(world.given_names))
    records = articles.grouped(kinds.rows, kinds)
    common = commonness(len(articles.flat(_one).collect()), records)
    compared: list[Compared] = []

    def told(made: Dataset[Any]) -> Dataset[Profile]:
        compared.extend(made.of(Compared).collect())
        return made.of(Profile)

    by_name = partial(_profiles, common)
    short = records.flat(partial(_short, True))
    found = told(records.flat(partial(_short, False)).grouped(_by_name, by_name))
    del records  # each dataset goes when it is done with: a corpus has many things
    # an acronym that one body at most may have is a name like others
    letters = frozenset(short.flat(_letters).collect())
    clear = found.also(short).grouped(partial(_by_letters, letters), partial(_unless_many, common))
    short = short.flat(_person).also(clear.of(IdentityRecord))
    found = found.also(told(clear))
    found = told(joined(found, common))
    found, rest, made = placed(found, short, common)
    compared += made.collect()
    del short, clear, made
    found = found.also(told(rest.grouped(_by_name, by_name)))
    if linker is not None:
        found = told(linked(found, linker))
    found, people, unmatched = overruled(found, overrides)
    compared += people
    outcome = named(found, retired)
    del found, rest
    nodes = outcome.of(Node)
    judged = _judged(nodes, compared)
    return Decided(nodes, (*judged, *outcome.of(Judgement).collect()), unmatched)


def _one(_: tuple[IdentityRecord, ...]) -> tuple[None]:
    return (None,)


def _by_name(record: IdentityRecord) -> Iterator[tuple[tuple[str, str], IdentityRecord]]:
    yield name_key(record), record


def _profiles(
    common: Commonness, _: tuple[str, str], records: Sequence[IdentityRecord]
) -> Iterator[Profile | Compared]:
    things, kept_apart = profiles(records, common)
    yield from things
    yield from kept_apart


def _short(wanted: bool, record: IdentityRecord) -> tuple[IdentityRecord, ...]:
    """Give the record if its name is, or is not, one that many may have: a single name of a person, an acronym."""
    name = parse(record.name, record.kind)
    if record.kind is Kind.PERSON:
        short = len(name.words) < 2
    else:
        short = record.kind is Kind.ORGANIZATION and name.acronym and len(name.words) == 1
    return (record,) if short is wanted else ()


def _person(record: IdentityRecord) -> tuple[IdentityRecord, ...]:
    return (record,) if record.kind is Kind.PERSON else ()


def _letters(record: IdentityRecord) -> Iterator[str]:
    if record.kind is Kind.ORGANIZATION:
        yield name_key(record)[1]


def _by_letters(
    letters: Collection[str], thing: Profile | IdentityRecord
) -> Iterator[tuple[str, Key | IdentityRecord]]:
    if thing.kind is not Kind.ORGANIZATION:
        return
    if isinstance(thing, IdentityRecord):
        yield name_key(thing)[1], thing
    else:
        for own in letters_of(thing):
            if own in letters:
                yield own, thing.id


def _unless_many(
    common: Commonness, _: str, members: list[Key | IdentityRecord]
) -> Iterator[Profile | Compared | IdentityRecord]:
    """Yield the things that an acronym stands for; its records as they are if several bodies may be meant."""
    records = [one for one in members if isinstance(one, IdentityRecord)]
    if len(members) - len(records) < 2:
        yield from _profiles(common, name_key(records[0]), records)
    else:
        yield from records


def _judged(nodes: Dataset[Node], compared: Sequence[Compared]) -> tuple[Judgement, ...]:
    keys = frozenset(side.key for item in compared for side in (item.one, item.other))
    wanted = frozenset(path for item in compared for path in variants(item))
    paths: dict[Key, str] = {}
    taken: set[str] = set()
    for key, path in nodes.flat(partial(_paths, keys, wanted)).collect():
        if key is None:
            taken.add(path)
        else:
            paths[key] = path
    return judgements(compared, paths, taken.__contains__)


def _paths(keys: Collection[Key], wanted: Collection[str], node: Node) -> Iterator[tuple[Key | None, str]]:
    if node.segment in wanted:
        yield None, node.segment
    for key in node.members:
        if key in keys:
            yield key, node.segment
