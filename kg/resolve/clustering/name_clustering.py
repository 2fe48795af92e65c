"""Merges the names of an article that name one thing, by the article's own evidence as a whole."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping

from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed
from kg.resolve.clustering.capital_metonymy import capitals_meant_as_governments
from kg.resolve.clustering.name_merging import merge_aliases, merge_organizations, settle_name
from kg.resolve.clustering.namesakes import is_kin, may_bear, office_of, offices_beside
from kg.resolve.clustering.organization_homonyms import told_by_lands
from kg.resolve.clustering.toponym_resolution import settle_towns
from kg.resolve.clustering.turn_labels import merge_turn_labels
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.name_keys import person_words, plain_key, same_person
from kg.resolve.name_mention import Name
from kg.resolve.references.discourse_model import lesser_offices
from kg.resolve.spelling_variants import consonants, spelt_alike, together
from kg.resolve.types.name_types import type_names
from kg.resolve.types.place_or_organization import sort_of, told_apart
from kg.world import Place, World

NICKNAME = re.compile(r'"(\w+)" (\w.*)$')
MONARCH = re.compile(r" [IVX]+$")
OFTEN = 0.4  # for a bare surname, by how often its bearer was named (by the logarithm)
KIN = 0.6  # against one who is told to be somebody's relative
BEARER = 2.0  # of the score of a namesake who is known to hold the position before a surname


def cluster(parsed: Parsed, names: list[Name], lexicon: Lexicon, world: World) -> list[Thing]:
    """Return the named things of the article, each with all its name mentions, in order of first mention."""
    types = type_names(names, lexicon, world)
    spots = [n for n in names if types.get(plain_key(n.text)) is Kind.PLACE]
    settle_towns(parsed, spots, lexicon, world)
    persons: list[Thing] = []
    others: list[Thing] = []
    by_key: dict[str, Thing] = {}
    metonyms = capitals_meant_as_governments(parsed, names, types, lexicon, world)
    told = told_by_lands(parsed, names, lexicon)

    apart = told_apart(parsed, names, {n.first: types.get(plain_key(n.text)) for n in names}, lexicon)

    def kind_of(name: Name) -> Kind | None:
        if name.label == "surname":
            return Kind.PERSON
        return apart.get(name.first, types.get(plain_key(name.text)))

    person_names = [n for n in names if kind_of(n) is Kind.PERSON]
    sharing: dict[str, set[int]] = defaultdict(set)
    for name in sorted(person_names, key=lambda n: (-len(person_words(n.text)), n.first)):
        _place_person(parsed, name, persons, sharing, lexicon, world)
    rest = [n for n in names if kind_of(n) in (Kind.ORGANIZATION, Kind.PLACE)]
    known = {together(n.text): n.text for n in reversed(rest) if known_institution(n.text, lexicon)}
    for name in rest:  # "Al Shabab" is the body that is known as "Al-Shabaab"
        if name.text not in told and together(name.text) in known:
            told[name.text] = known[together(name.text)]
    for name in rest:
        kind = kind_of(name)
        assert kind is not None
        if name.demonym in ("people", "person"):
            continue
        spot = apart.get(name.first) is Kind.PLACE
        if spot:
            key = f"{kind}:{plain_key(name.text)}"
        else:
            key = _identity_key(name, told.get(name.text, name.text), kind, metonyms, lexicon)
        thing = by_key.get(key)
        if thing is None:
            thing = Thing(kind, name.text, place=name.place if kind is Kind.PLACE else None)
            is_land = key in metonyms.values() or key.startswith("country:")
            _identify(
                thing,
                told.get(name.text, name.text),
                world.gazetteer.by_key[key] if is_land else None,
                lexicon,
            )
            by_key[key] = thing
            others.append(thing)
        _shorten(parsed, name, thing)
        sort = sort_of(parsed, name, lexicon) if spot else None
        if sort is not None and sort not in thing.classes:
            thing.classes.append(sort)
        _add(parsed, thing, name, lexicon)
    _points_of_the_compass(names, by_key, others)
    others = merge_organizations(parsed, others, lexicon)
    things = merge_turn_labels(parsed, merge_aliases(parsed, [*persons, *others]))
    for thing in things:
        settle_name(thing, world, lexicon)
    return sorted(things, key=lambda t: t.first)


def _identify(thing: Thing, known_as: str, land: Place | None, lexicon: Lexicon) -> None:
    """Note which institution of the lexicon a new thing is, or else which land."""
    institution = known_institution(known_as, lexicon)
    if institution is not None and thing.kind is Kind.ORGANIZATION:
        thing.institution = institution[0]
        thing.classes.append(institution[1])
    elif land is not None:
        thing.place = land


def _shorten(parsed: Parsed, name: Name, thing: Thing) -> None:
    """Let a district, strait or mosque go by its name without the word for what it is: "Gorna district"."""
    head = parsed.tokens[name.last - 1]
    if thing.kind is not Kind.PLACE or not head.text.islower() or name.last - name.first < 2:
        return
    short = parsed.text(name.first, name.last - 1)
    if short not in thing.extra_aliases and not short.split()[-1].islower():
        thing.extra_aliases.append(short)


def _points_of_the_compass(names: list[Name], by_key: dict[str, Thing], others: list[Thing]) -> None:
    """ "The North" is the country of that name when the article names one ("North Korea")."""
    for thing in list(others):
        word = thing.name.removeprefix("the ").removeprefix("The ")
        if thing.place is not None or word not in ("North", "South", "East", "West"):
            continue
        for other in others:
            if (
                other.place is not None
                and other.place.kind == "country"
                and other.place.name.startswith(word + " ")
            ):
                other.found.extend(thing.found)
                other.names.update(thing.names)
                others.remove(thing)
                break


def _number(name: str) -> str:
    """Return the number of a monarch with the space before it, or nothing: " II" of "Elizabeth II"."""
    number = MONARCH.search(name)
    return number[0] if number is not None else ""


def _add(parsed: Parsed, thing: Thing, name: Name, lexicon: Lexicon) -> None:
    thing.found.append(
        Found(
            name.first,
            name.last,
            head_of(parsed, name.first, name.last),
            MentionKind.NAME,
            adjectival=name.demonym == "adj",
            reason="name",
        )
    )
    if name.demonym != "adj":
        thing.names[name.text] += 1
    elif name.text not in thing.extra_aliases:
        thing.extra_aliases.append(name.text)
    if name.title is not None and not any(c == " " for c in name.text.removesuffix(_number(name.text))):
        title = parsed.tokens[name.title[1] - 1].text
        if title.lower() in lexicon.tables.constructions.names_with_titles and title.istitle():
            with_title = f"{title} {name.text}"  # "Pope Francis" is called no less
            thing.extra_aliases += [with_title] if with_title not in thing.extra_aliases else []
    nickname = NICKNAME.search(name.text)
    if nickname is not None and thing.kind is Kind.PERSON:
        thing.extra_aliases.append(f"{nickname[1]} {nickname[2]}")
    if name.title is not None:
        words = parsed.text(*name.title).lower()
        office = words.split(" of ")[0].split()
        opens = parsed.sentences[parsed.tokens[name.first].sent].first
        before = (
            parsed.text(max(opens, name.title[0] - 1), name.title[0]).lower() if name.title[0] > opens else ""
        )
        lesser = {before, *office[:-1]} & lesser_offices(lexicon)
        thing.descriptors.add(" ".join((*sorted(lesser - set(office)), words)))
        thing.descriptors.add(" ".join((*sorted(lesser), office[-1])))  # no "president" is the vice president


def known_institution(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return the full name and class of a well-known institution, also of "US State Department" and "REUTERS"."""
    known = lexicon.tables.institutions
    if text in known:
        return known[text]
    if text.isupper() and len(text) > 4 and text.title() in known:
        return known[text.title()]
    bare, _, last = text.rpartition(" ")
    while bare and last.lower().rstrip(".") in lexicon.tables.constructions.legal_forms:
        if bare in known:
            return known[bare]  # "Sony Corporation"
        bare, _, last = bare.rpartition(" ")
    text = text.replace("United States ", "US ").replace("United Kingdom ", "UK ")
    first, _, rest = text.partition(" ")
    if (
        first in ("US", "U.S.", "UK", "U.K.", "American", "British", "Russian", "French", "Chinese")
        and rest in known
    ):
        return known[rest]
    return None


def head_of(parsed: Parsed, first: int, last: int) -> int:
    """Return the token that the others of a name hang on ("Church" of "Church of Scientology"); the last
    where several stand out.
    """
    heads = parsed.tops(first, last)
    return heads[-1].i if heads else last - 1


def _identity_key(name: Name, text: str, kind: Kind, metonyms: dict[int, str], lexicon: Lexicon) -> str:
    if name.first in metonyms:
        return metonyms[name.first]
    if kind is Kind.PLACE and name.place is not None:
        return name.place.key
    institution = known_institution(text, lexicon)
    if institution is not None:
        return f"institution:{institution[0]}"
    return f"{kind}:{together(name.text)}"


def _place_person(
    parsed: Parsed,
    name: Name,
    persons: list[Thing],
    sharing: dict[str, set[int]],
    lexicon: Lexicon,
    world: World,
) -> None:
    """Add a name to the person who bears it, or to a new one; `sharing` are the places of persons by their words."""
    words = person_words(name.text)
    best: tuple[float, int] | None = None
    # two of one person end alike, as `same_person` has it, unless one is a single word of the other
    shared = words if len(words) == 1 else words[-1:]
    for place in sorted({i for word in shared for i in sharing[word]}):
        thing = persons[place]
        score = max(same_person(words, person_words(other)) for other in thing.names)
        if score <= 0:
            continue
        gender = _title_gender(parsed, name, lexicon)
        if gender and thing.gender and gender != thing.gender:
            continue
        if not may_bear(parsed, name, thing, lexicon, world):
            continue
        score += _bears(parsed, name, words, thing)
        before = thing.last_before(name.first)
        nearness = 1.0 / (1 + (name.first - before) / 50) if before >= 0 else 0.1
        if best is None or score + nearness > best[0]:
            best = (score + nearness, place)
    if best is None:
        spelt = _spelt_otherwise(parsed, name, persons, sharing, lexicon, world)
        best = (0.0, len(persons) if spelt is None else spelt)
        if spelt is None:
            persons.append(Thing(Kind.PERSON, name.text))
    thing = persons[best[1]]
    for word in (*words, f"={consonants(words[-1])}"):
        sharing[word].add(best[1])
    _add(parsed, thing, name, lexicon)
    thing.offices |= offices_beside(parsed, name, lexicon)
    thing.kin = thing.kin or is_kin(parsed, name, lexicon)
    gender = _title_gender(parsed, name, lexicon)
    if gender:
        thing.gender = gender
    elif not thing.gender and len(words) > 1:
        given = world.given_names.get(name.text.split()[0], "")
        thing.gender = given if given in ("m", "f") else ""


def _bears(parsed: Parsed, name: Name, words: tuple[str, ...], thing: Thing) -> float:
    """Return what speaks for a person beside his name: the office, and, where only a surname is said, that the article
    is about him; his relatives go by their full names.
    """
    office = office_of(parsed, name)
    held = BEARER if office and office in thing.offices else 0.0
    return held + (OFTEN * math.log(len(thing.found)) - KIN * thing.kin if len(words) == 1 else 0.0)


def _spelt_otherwise(
    parsed: Parsed,
    name: Name,
    persons: list[Thing],
    sharing: Mapping[str, set[int]],
    lexicon: Lexicon,
    world: World,
) -> int | None:
    """Return the place of the one person whose name is another spelling of this one; who stands with it in a sentence
    is somebody else.
    """
    words, sentence = person_words(name.text), parsed.tokens[name.first].sent
    found = [
        place
        for place in sorted(sharing.get(f"={consonants(words[-1])}", ()))
        if any(spelt_alike(words, person_words(other), world) for other in persons[place].names)
        and may_bear(parsed, name, persons[place], lexicon, world)
        and all(parsed.tokens[f.first].sent != sentence for f in persons[place].found)
    ]
    return found[0] if len(found) == 1 else None


def _title_gender(parsed: Parsed, name: Name, lexicon: Lexicon) -> str:
    if name.title is None:
        return ""
    for token in parsed.tokens[name.title[0] : name.title[1]]:
        gender = lexicon.tables.honorifics.get(token.text.lower().rstrip("."))
        if gender:
            return gender
    return ""
