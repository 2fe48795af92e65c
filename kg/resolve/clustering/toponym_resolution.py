"""Tells which of the towns that share a name is meant: the state right behind it decides, else the article's lands.

"Paris, Texas" is not the capital of France, and "Valencia" is linked only if the text tells of Spain or Venezuela.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.name_mention import Name
from kg.resolve.types.state_toponyms import settle_states, state_called
from kg.world import Gazetteer, Place, World

RIVAL = 0.1  # of the larger one's population: a smaller namesake is not thought of unless it is named
LANDS = frozenset({"country", "state", "region"})


def settle_towns(parsed: Parsed, names: Iterable[Name], lexicon: Lexicon, world: World) -> None:
    """Set the `place` of each name of a town to the one that is meant; to one that is linked to nothing where the text
    doesn't tell. Names of states that something else has, too ("Georgia"), are those of the state where it is told.
    """
    ordered = sorted(names, key=lambda n: n.first)
    settle_states(parsed, ordered, lexicon, world)
    at = {n.first: n for n in ordered}
    settled: dict[str, set[str]] = {}
    told: dict[int, Place] = {}
    for name in ordered:
        land = at.get(name.last + 1)
        if land is None or parsed.tokens[name.last].text != "," or name.demonym or land.demonym:
            continue
        town = _in_land(name, land, world.gazetteer)
        if town is not None:
            told[name.first] = name.place = town
            settled.setdefault(name.text, set()).add(town.key)
    lands = {n.place.country for n in ordered if n.place is not None and _tells_land(n, world.gazetteer)} - {
        None
    }
    for name in ordered:
        if name.first in told or name.place is None or name.place.kind != "city" or name.demonym:
            continue
        if len(settled.get(name.text, ())) == 1:
            name.place = next(p for i, p in told.items() if at[i].text == name.text)
        else:
            name.place = _by_lands(name.place, lands, world.gazetteer)


def _in_land(name: Name, land: Name, gazetteer: Gazetteer) -> Place | None:
    """Return the town of a name that lies in the land named right behind it; sets that land where its name is a
    state's as well ("Atlanta, Georgia"). None where the name is no town's, or a list of places goes on.
    """
    towns = gazetteer.namesakes.get(name.text) or (
        (name.place,) if name.place and name.place.kind == "city" else ()
    )
    if not towns or land.place is None:
        return None
    state = state_called(land.text, gazetteer)
    for over in (land.place, state):
        if over is None or over.kind not in LANDS:
            continue
        for town in towns:
            if _lies_in(town, over):
                land.place = over
                return town
    behind = land.place if land.place.kind in ("state", "region") else state
    if behind is None or behind.region is None:
        return None
    return Place(f"town:{name.text}, {behind.name}", name.text, "city", behind.country)


def _lies_in(town: Place, land: Place) -> bool:
    same = town.country is not None and town.country == land.country
    return same and (land.kind == "country" or land.region is None or town.region == land.region)


def _tells_land(name: Name, gazetteer: Gazetteer) -> bool:
    """Tell a name that shows which land an article is about: a country, state or word of nationality, a capital."""
    place = name.place
    if place is None or place.country is None:
        return False
    return place.kind in LANDS or bool(name.demonym) or name.text in gazetteer.capitals


def _by_lands(place: Place, lands: set[str | None], gazetteer: Gazetteer) -> Place:
    """Return the namesake of a town that lies in a land of the article; the town itself where it has no rival; and one
    that is linked to nothing where two could be meant.
    """
    if gazetteer.capitals.get(place.name) == f"country:{place.country}":
        return place
    rivals = [
        town
        for town in gazetteer.namesakes.get(place.name, ())
        if town.country != place.country and town.population >= RIVAL * place.population
    ]
    if not rivals:
        return place
    told = [town for town in (place, *rivals) if town.country in lands]
    if len({town.country for town in told}) == 1:
        return told[0]
    return replace(
        place,
        key=f"town:{place.name}",
        country=None,
        population=0,
        latitude=None,
        longitude=None,
        same_as=None,
        region=None,
    )
