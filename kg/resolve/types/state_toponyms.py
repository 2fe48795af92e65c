"""Tells the state from the country or city of its name: Georgia, New York, Washington.

A word beside the name decides ("Georgia Governor A", "Washington state", "Georgia (country)"); else, for the state that
shares its name with a country, whichever of the two the article's other places speak for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.name_mention import Name
from kg.world import Gazetteer, Place, World

CODES = {"Georgia": "GA", "Ga.": "GA", "New York": "NY", "N.Y.": "NY", "Washington": "WA", "Wash.": "WA"}
AROUND = frozenset({"RU", "AM", "AZ", "TR"})  # the neighbours of the country of Georgia
SORTS = {
    "state": "state",
    "province": "state",
    "country": "country",
    "nation": "country",
    "republic": "country",
}
OF_STATES = frozenset(
    {"state", "gov.", "gov", "sen.", "rep.", "senator", "congressman", "congresswoman", "legislature"}
)
OF_COUNTRIES = frozenset({"republic", "embassy", "ambassador"})


def state_called(text: str, gazetteer: Gazetteer) -> Place | None:
    """Return the state whose name means something else by itself: Georgia, New York, Washington."""
    code = CODES.get(text)
    return gazetteer.by_key.get(f"state:US-{code}") if code is not None else None


def settle_states(parsed: Parsed, names: Sequence[Name], lexicon: Lexicon, world: World) -> None:
    """Set the `place` of those names that mean a state."""
    gazetteer = world.gazetteer
    doubtful = [n for n in names if n.place is not None and not n.demonym and n.text in CODES]
    if not doubtful:
        return
    told = {n.first: _told(parsed, n, lexicon) for n in doubtful}
    for name in doubtful:
        state = state_called(name.text, gazetteer)
        if state is None or name.place is None:
            continue
        sort = told[name.first]
        if not sort and name.place.kind == "country":
            sort = _by_others(name, name.place, names, told, state)
        if sort == "state":
            name.place = state


def _told(parsed: Parsed, name: Name, lexicon: Lexicon) -> str:
    """Return what the words beside a name tell: "state", "country" or nothing."""
    tokens = parsed.tokens
    after = [t.text.lower() for t in tokens[name.last : name.last + 4]]
    if after[:1] == ["("]:
        words = after[1 : after.index(")")] if ")" in after else after[1:]
        return next((SORTS[w] for w in words if w in SORTS), "")
    noun = tokens[name.last] if name.last < len(tokens) else None
    before = tokens[name.first - 1] if name.first > 0 else None
    if before is not None and before.text.lower() == "of":
        noun = tokens[before.head]
    if noun is None or noun.sent != tokens[name.first].sent:
        return ""
    lemma = noun.lemma.lower()
    if lemma in OF_STATES or lexicon.tables.constructions.offices_of_parts.get(lemma) == "state":
        return "state"
    return "country" if lemma in OF_COUNTRIES else ""


def _by_others(
    name: Name, country: Place, names: Sequence[Name], told: Mapping[int, str], state: Place
) -> str:
    """Return what the other places of the article speak for, "state" or "country": first what lies in either or is said
    of the name elsewhere, then the states and the neighbours beside it.
    """
    sure, likely = set[str](), set[str]()
    for other in names:
        place = other.place
        if other.text == name.text:
            sure.add(told.get(other.first, ""))
        elif place is None or place.country is None:
            continue
        elif place.country == country.country:
            sure.add("country")
        elif place.country in AROUND:
            likely.add("country")
        elif place.country == state.country and place.region is not None:
            (sure if place.region == state.region else likely).add("state")
    for found in (sure, likely):
        if "country" in found:
            return "country"
        if "state" in found:
            return "state"
    return ""
