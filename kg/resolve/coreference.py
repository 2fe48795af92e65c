"""Mentions to entities: names, then bodies named by description, then descriptions and pronouns, frozen at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from kg.heads.reader import Reading
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Mention
from kg.parsed import Link, Parsed, Resolved
from kg.resolve.clustering.name_clustering import cluster
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.mentions.mention_detection import find_names
from kg.resolve.mentions.nested_mentions import find_nested
from kg.resolve.mentions.span_splitting import recut
from kg.resolve.name_mention import Name
from kg.resolve.references.antecedent_ranking import Learned, Rank
from kg.resolve.references.apposition_attachment import hang
from kg.resolve.references.described_organizations import find_collectives
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.references.noun_phrases import phrase
from kg.resolve.references.pronoun_resolution import Linker
from kg.resolve.seams import Resolvers
from kg.resolve.types.organization_types import COMPANY, sort_by_name, told_sorts
from kg.world import World

PLACE_CLASSES = {"country": "schema:Country", "state": "schema:State", "city": "schema:City"}


def resolve(
    parsed: Parsed,
    lexicon: Lexicon,
    world: World,
    reading: Reading | None = None,
    resolvers: Resolvers | None = None,
    rank: Rank | None = None,
) -> Resolved:
    """Return who is who in one article: every entity with all its mentions, by the built-in stages or `resolvers`.

    `rank` tells the built-in resolver what pronouns speak of; without it `reading` does.
    """
    stages = resolvers or BUILT_IN
    if rank is not None:
        stages = replace(stages, coreference=partial(resolve_names, rank=rank))
    parsed = hang(recut(parsed, lexicon, world), lexicon)
    names = stages.mention(parsed, lexicon, world, reading)
    return stages.coreference(parsed, names, lexicon, world, reading)


def resolve_names(
    parsed: Parsed,
    names: Sequence[Name],
    lexicon: Lexicon,
    world: World,
    reading: Reading | None = None,
    rank: Rank | None = None,
) -> Resolved:
    """Return who is who, given the names of an article; ids `e1`, `e2`, … by first mention."""
    names = list(names)
    things = cluster(parsed, names, lexicon, world)
    things += find_collectives(parsed, things, lexicon)
    _classify(things, lexicon)
    _nationalities(parsed, things)
    if rank is None and reading is not None:
        rank = Learned(reading)
    state = DiscourseModel(parsed, things, lexicon, world)
    Linker(state, rank).run()
    pairs = state.pairs
    for found, several in pairs:
        for thing in several:
            thing.found.append(found)
    _classify_as_told(things, lexicon)
    nested = find_nested(parsed, names, things, lexicon, world)
    _classify(nested, lexicon)
    things += nested
    things.sort(key=lambda t: (t.first, t.name))
    for number, thing in enumerate(things, 1):
        thing.id = f"e{number}"
    shared = {id(found) for found, _ in pairs}
    links = [_link(found, (t.id,)) for t in things for found in t.found if id(found) not in shared]
    links += [_link(found, tuple(t.id for t in several)) for found, several in pairs]
    links.sort(key=lambda link: (link.first, -link.last, link.entities))
    # the town in a body's name takes no part in what the body does
    within = {found.head for thing in things for found in thing.found if found.nested}
    at = {link.head: index for index, link in enumerate(links) if link.head not in within}
    owner = {found.head: thing for thing in things for found in thing.found}
    entities = tuple(_frozen(parsed, thing, owner) for thing in things)
    genders = {t.id: t.gender for t in things if t.gender}
    return Resolved(
        parsed,
        entities,
        tuple(links),
        MappingProxyType(at),
        MappingProxyType(genders),
        _peoples(parsed, names),
        MappingProxyType(state.echoes),
    )


BUILT_IN = Resolvers(find_names, resolve_names)


def _peoples(parsed: Parsed, names: list[Name]) -> frozenset[int]:
    """Return the head tokens of nouns for members of a people or faith: "four Iraqis", "a Syrian", "ethnic Turks"."""
    known = {n.last - 1 for n in names if n.demonym in ("people", "person")}
    said = {n.last - 1 for n in parsed.names if n.label == "NORP"}
    return frozenset(known | {i for i in said if parsed.tokens[i].tag in ("NNPS", "NNS")})


def _classify(things: list[Thing], lexicon: Lexicon) -> None:
    for thing in things:
        if thing.kind is Kind.PLACE and thing.place is not None and thing.place.kind in PLACE_CLASSES:
            thing.classes.append(PLACE_CLASSES[thing.place.kind])
        elif thing.kind is Kind.ORGANIZATION and not thing.classes:
            sort = sort_by_name(thing.name.lower().split(), lexicon)
            thing.classes += [sort] if sort else []


def _classify_as_told(things: list[Thing], lexicon: Lexicon) -> None:
    """Give bodies whose names tell no sort the one by which the article calls them: "the airline Norwind"."""
    for thing in things:
        if thing.kind is Kind.ORGANIZATION and not thing.classes:
            told = told_sorts(thing.descriptors - lexicon.tables.constructions.loose_sorts, lexicon)
            finer = told - {COMPANY} or told
            if len(finer) == 1:
                thing.classes += finer


def _nationalities(parsed: Parsed, things: list[Thing]) -> None:
    """Note the country whose adjective or possessive stands with a person's title ("Russian Foreign
    Minister Lavrov").
    """
    owner = {f.head: t for t in things for f in t.found}
    for thing in things:
        if thing.kind is not Kind.PERSON:
            continue
        for found in thing.found:
            for token in parsed.tokens[max(0, found.first - 8) : found.first]:
                land = owner.get(token.i)
                if (
                    land is not None
                    and land.place is not None
                    and land.place.kind == "country"
                    and parsed.tokens[found.head].left <= token.i
                ):
                    thing.nationalities.add(land.name)


def _link(found: Found, ids: tuple[str, ...]) -> Link:
    return Link(
        found.first, found.last, found.head, ids, found.kind, found.adjectival, found.confidence, found.reason
    )


def _frozen(parsed: Parsed, thing: Thing, owner: dict[int, Thing]) -> Entity:
    mentions = []
    for found in sorted(thing.found, key=lambda f: (f.first, f.last)):
        span = parsed.span(found.first, found.last)
        mentions.append(
            Mention(span, found.kind, phrase(parsed, found, thing, owner), found.confidence, found.reason)
        )
    aliases = {*thing.names, *thing.extra_aliases} - {thing.name}
    place = thing.place
    return Entity(
        id=thing.id,
        kind=thing.kind,
        name=thing.name,
        aliases=tuple(sorted(a for a in aliases if a)),
        classes=tuple(dict.fromkeys(thing.classes)),
        mentions=tuple(mentions),
        same_as=(place.same_as,) if place is not None and place.same_as else (),
        former_names=tuple(thing.former_names),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        confidence=thing.confidence,
    )
