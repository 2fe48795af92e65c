"""Finds the places within the names of bodies and happenings: "Toronto" of "Toronto Star", "Bank of England"."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.lexicon.name_words import name_words
from kg.model import Kind, MentionKind
from kg.parsed import Parsed
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.name_mention import Name
from kg.resolve.types.place_or_organization import is_of_nature
from kg.world import Place, World

OF_STATE = frozenset({"schema:GovernmentOrganization", "nkg:ArmedForces", "nkg:PoliceForce", "nkg:Court"})
LARGE = 100_000  # people: smaller towns at the front of a name are mostly something else
FAMOUS = 400_000  # people: such a city is meant even where it is a given name too ("Sydney")


def find_nested(
    parsed: Parsed, names: list[Name], things: list[Thing], lexicon: Lexicon, world: World
) -> list[Thing]:
    """Add to the places of `things` their further mentions, and return those that only what belongs to them names
    ("Municipality of Arken", "Nigerian Army"). Of a place that nothing else speaks of, other names tell nothing
    ("Toronto Star").

    A name opens with its place, or ends with it after "of"; in the middle or at the end it mostly is a part of
    what it stands with ("Captain America").
    """
    bodies = {(f.first, f.last) for t in things if t.kind is Kind.ORGANIZATION for f in t.found}
    named = {(f.first, f.last) for t in things for f in t.found}
    heads = {f.head for t in things for f in t.found}
    known = {t.place.key: t for t in reversed(things) if t.kind is Kind.PLACE and t.place is not None}
    spoken_of = {
        n: t
        for t in reversed(things)
        if t.kind is Kind.ORGANIZATION or (t.kind is Kind.PLACE and t.place is None)
        for n in t.names
    }
    spoken_of |= {n.title(): t for n, t in spoken_of.items() if n.isupper() and " " in n}  # of a dateline
    new: list[Thing] = []
    for name in names:
        span = (name.first, name.last)
        _add_spoken_of(parsed, name, spoken_of, lexicon)
        owner = _owner(parsed, name, lexicon)
        if owner is not None:
            _add(owner, parsed, things, new)
        if span not in bodies and not (name.label == "EVENT" and span not in named):
            continue
        for first, last, place in _places(parsed, name, lexicon, world):
            if last - 1 in heads or any(
                first < f.last and f.first < last for t in known.values() for f in t.found
            ):
                continue
            text = parsed.text(first, last)
            if text in spoken_of and spoken_of[text].kind is Kind.ORGANIZATION:
                continue  # "Toyota" of "Toyota Motor Corporation" is no town where the article speaks of the firm
            thing = known.get(place.key)
            if thing is None:
                if place.kind != "country" or first > name.first or not _is_of_state(parsed, name, lexicon):
                    continue
                thing = Thing(Kind.PLACE, place.name, place=place)  # "Nigerian Army"
                known[place.key] = thing
                new.append(thing)
            thing.names[text] += 1
            thing.found.append(_nested(first, last))
    return new


def _is_of_state(parsed: Parsed, name: Name, lexicon: Lexicon) -> bool:
    """Tell the bodies of a state ("Nigerian Army") from those that only bear its adjective ("American Express")."""
    tables = lexicon.tables
    classes = {
        tables.organization_words.get(t.text.lower()) for t in parsed.tokens[name.first + 1 : name.last]
    }
    return bool(classes & OF_STATE)


def _owner(parsed: Parsed, name: Name, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the town behind "Municipality of", which need not be known: what has one is a place."""
    tokens = parsed.tokens
    if name.last - name.first < 3 or tokens[name.first + 1].text != "of":
        return None
    word, rest = tokens[name.first].text.lower(), tokens[name.first + 2 : name.last]
    if word in lexicon.tables.constructions.bodies_of_places and all(t.pos == "PROPN" for t in rest):
        return name.first + 2, name.last
    return None


def _add_spoken_of(parsed: Parsed, name: Name, known: dict[str, Thing], lexicon: Lexicon) -> None:
    """Add what a longer name opens with and the article speaks of elsewhere: "Norwind" of "Norwind Open", but no body
    that a forest or river has its name with.
    """
    if name.label == "PERSON" or name.title is not None:
        return
    for last in range(name.last - 1, name.first, -1):
        text = parsed.text(name.first, last)
        thing = known.get(text)
        if thing is None or parsed.tokens[last].pos != "PROPN":
            continue
        if thing.kind is Kind.ORGANIZATION and is_of_nature(parsed.tokens[last].lemma, lexicon):
            continue
        if not any(f.first < last and name.first < f.last for f in thing.found):
            thing.found.append(_nested(name.first, last))
        return


def _add(span: tuple[int, int], parsed: Parsed, things: list[Thing], new: list[Thing]) -> None:
    text = parsed.text(*span)
    thing = next((t for t in (*things, *new) if t.kind is Kind.PLACE and text in t.names), None)
    if thing is None:
        thing = Thing(Kind.PLACE, text)
        new.append(thing)
    elif any(f.first <= span[0] < f.last for f in thing.found):
        return
    thing.names[text] += 1
    thing.found.append(_nested(*span))


def _places(parsed: Parsed, name: Name, lexicon: Lexicon, world: World) -> list[tuple[int, int, Place]]:
    gazetteer, tokens = world.gazetteer.names, parsed.tokens
    found = []
    country = world.gazetteer.adjectives.get(tokens[name.first].text)
    if country is not None and country.kind == "country" and _is_of_state(parsed, name, lexicon):
        found.append((name.first, name.first + 1, country))
    for last in range(name.last - 1, name.first, -1):
        place = gazetteer.get(parsed.text(name.first, last))
        if place is not None and parsed.text(name.first, last).lower() not in name_words().particles:
            least = FAMOUS if tokens[name.first].text in world.given_names else LARGE
            follows = tokens[last]
            if (place.kind != "city" or place.population >= least) and follows.pos == "PROPN":
                found.append((name.first, last, place))
            break
    for first in range(name.first + 2, name.last):
        place = gazetteer.get(parsed.text(first, name.last))
        if place is not None and tokens[first - 1].text == "of" and tokens[first].text != "America":
            found.append((first, name.last, place))
            break
    return found


def _nested(first: int, last: int) -> Found:
    return Found(first, last, last - 1, MentionKind.NAME, confidence=0.8, reason="within a name", nested=True)
