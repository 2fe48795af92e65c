"""Notes what sort of body each organisation is, and of which lands, where the article says so beside its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Token
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.types.name_features import head_of
from kg.world import Place, World

COMPANY = "schema:Corporation"
BUSINESS = frozenset({COMPANY, "schema:Airline"})  # a newspaper is cited more often than it is "the company"
AUTHORITY = frozenset({"nkg:ArmedForces", "nkg:PoliceForce", "nkg:Court", "nkg:Legislature"})
STATE = frozenset({"schema:GovernmentOrganization", "nkg:IntergovernmentalOrganization"})
LARGE = 400_000


def note_sorts(
    parsed: Parsed, things: list[Thing], owner: Mapping[int, Thing], lexicon: Lexicon, world: World
) -> None:
    """Add what stands with the names of bodies to their `descriptors` and `lands`: "the Dutch airline Norwind"."""
    for thing in things:
        if thing.kind is not Kind.ORGANIZATION:
            continue
        for found in thing.found:
            if found.kind is MentionKind.NAME:
                _note_name(parsed, thing, found, owner, lexicon)
        home = lexicon.tables.lands.get(thing.institution or "")
        if home is not None:
            thing.lands.add(home)
        callings = lexicon.tables.callings
        thing.callings = callings.get(thing.institution or thing.name, frozenset())
        for name in thing.names:
            told = lexicon.tables.constructions.sorts_by_last_word.get(name.lower().rpartition(" ")[2])
            if told is not None and " " in name:
                thing.descriptors.add(told)
            town = _town_of(name, world)
            if town is not None and town.country is not None:
                thing.lands |= {town.name, town.country}
            first = name.partition(" ")[0]
            place = world.gazetteer.adjectives.get(first) or world.gazetteer.names.get(first)
            if place is not None and place.kind == "country" and place.country is not None:
                thing.lands.add(place.country)


def _town_of(name: str, world: World) -> Place | None:
    """Return the large town that the name of a body begins with: "New York" of "New York Stock Exchange"."""
    words = name.split()
    for size in (3, 2, 1):
        place = world.gazetteer.names.get(" ".join(words[:size])) if len(words) > size else None
        if place is not None:
            return place if place.kind == "city" and place.population > LARGE else None
    return None


def _note_name(
    parsed: Parsed, thing: Thing, found: Found, owner: Mapping[int, Thing], lexicon: Lexicon
) -> None:
    head = parsed.tokens[found.head]
    noun = parsed.tokens[found.first - 1] if found.first > 0 else head
    beside = noun.tag == "NN" and noun.text.islower() and noun.sent == head.sent and noun.i not in owner
    if beside and noun.lemma.lower() in lexicon.tables.organization_words:
        thing.descriptors.add(noun.lemma.lower())
        note_lands(parsed, noun, owner, thing, lexicon)
    after = parsed.tokens[head.head]
    if head.dep in ("compound", "nmod") and after.i > head.i and after.tag == "NN":
        words = lexicon.tables.constructions  # "the Norwind airline", "the Solida union"
        lemma = after.lemma.lower()
        behind = lemma in words.generic_organizations or lemma in words.sorts_behind
        if behind and may_be_a(thing, lemma, lexicon):
            thing.descriptors.add(lemma)
    note_lands(parsed, head, owner, thing, lexicon)
    for child in parsed.dependents(head, "poss"):
        if child.i in owner:
            thing.lands |= _lands(owner[child.i])


def note_lands(
    parsed: Parsed, noun: Token, owner: Mapping[int, Thing], thing: Thing, lexicon: Lexicon
) -> None:
    """Add the places that stand with a noun for a body to the lands of that body."""
    for place in lands_beside(parsed, noun, owner, lexicon):
        thing.lands |= _lands(place)
    sited = lexicon.tables.constructions.sited
    for verb in (c for c in parsed.dependents(noun, "acl") if c.lemma.lower() in sited):  # "based in Ghent"
        for preposition in parsed.dependents(verb, "prep"):
            for town in parsed.dependents(preposition, "pobj"):
                if town.i in owner:
                    thing.lands |= _lands(owner[town.i])


def lands_beside(parsed: Parsed, noun: Token, owner: Mapping[int, Thing], lexicon: Lexicon) -> list[Thing]:
    """Return the places before a noun that tell where it belongs: "the Dutch company", "the Ghent-based brewer"."""
    out, sited = [], lexicon.tables.constructions.sited
    for child in parsed.dependents(noun, "amod", "compound", "nmod"):
        inner = parsed.dependents(child, "npadvmod") if child.lemma.lower() in sited else [child]
        out += [owner[c.i] for c in inner if c.i in owner and c.i < noun.i]
    return out


def _lands(place: Thing) -> set[str]:
    """Return the code of a country, or the name of a smaller place with the code of its country."""
    if place.kind is not Kind.PLACE:
        return set()
    known = place.place
    code = known.country if known is not None else None
    if known is not None and known.kind == "country" and code is not None:
        return {code}
    return {place.name, code} if code is not None else {place.name}


def is_of(thing: Thing, others: list[Thing]) -> bool:
    """Tell whether a body is known to be of all the places, and bears the other names, that stand before a noun."""
    return all(_is_sited(thing, o) or _bears_name(thing, o) for o in others)


def _is_sited(thing: Thing, other: Thing) -> bool:
    """Tell whether a body is of a place; no central bank is "the Lyon bank" for being of the same country."""
    town = other.place is not None and other.place.kind == "city" and not STATE.isdisjoint(thing.classes)
    return other.name in thing.lands if town else bool(thing.lands & _lands(other))


def may_be_of(thing: Thing, others: list[Thing]) -> bool:
    """Tell whether nothing speaks against it: the body has no other country."""
    for other in others:
        lands = _lands(other)
        if _bears_name(thing, other) or lands & thing.lands:
            continue
        if not lands or (any(map(_is_code, lands)) and any(map(_is_code, thing.lands))):
            return False
    return True


def _bears_name(thing: Thing, other: Thing) -> bool:
    return other.name in thing.name or any(a in thing.name for a in other.extra_aliases)


def _is_code(land: str) -> bool:
    return len(land) == 2 and land.isupper()


def is_called(thing: Thing, lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether a body is called by a noun: by the article, by its name, or wherever it is known."""
    return lemma in thing.callings or is_told(thing, lemma, lexicon)


def is_told(thing: Thing, lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether the article calls a body by a noun, or its name does."""
    return lemma in thing.descriptors or bears_word(thing, lemma, lexicon)


def bears_word(thing: Thing, lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether a noun stands among the words of a body's names, plural or not, or ends one ("Norbank")."""
    words = {w for n in (*thing.names, thing.name) for w in n.lower().split()}
    joined = lemma in lexicon.tables.constructions.sorts_in_one_word
    return any(lemma in (w, w.rstrip("s")) or (joined and w.endswith(lemma)) for w in words)


def may_be_a(thing: Thing, lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether a body may be called by a noun for bodies: no court is "the company", no union "the airline", no
    bank "the insurer", no central bank "the firm".
    """
    if not may_trade_as(thing, lemma, lexicon):
        return False
    sort, known = lexicon.tables.organization_words.get(lemma), _sorts(thing, lexicon)
    if sort is None or not known or sort in known:
        return True
    return sort in BUSINESS and bool(known & BUSINESS) and (sort == COMPANY or known == {COMPANY})


def may_trade_as(thing: Thing, lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether nothing known of a body's line of business speaks against a noun for bodies."""
    business = lexicon.tables.organization_words.get(lemma) == COMPANY
    if business and not STATE.isdisjoint(thing.classes) and lemma not in thing.descriptors | thing.callings:
        return False
    trades = _trades(thing, lexicon)
    told = any(lemma in trade for trade in lexicon.tables.constructions.trades)
    return not (told and trades) or any(lemma in trade for trade in trades)


def _trades(thing: Thing, lexicon: Lexicon) -> list[frozenset[str]]:
    """Return the lines of business that the names and descriptions of a body tell."""
    words = {w.removesuffix("s") for n in (*thing.names, thing.name) for w in n.lower().split()}
    words |= thing.descriptors | thing.callings
    trades = lexicon.tables.constructions.trades
    return [
        t
        for t in trades
        if not t.isdisjoint(words) or ("bank" in t and any(w.endswith("bank") for w in words))
    ]


def is_a(thing: Thing, lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether a body is known to be what a noun for bodies says."""
    sort = lexicon.tables.organization_words.get(lemma)
    return (sort is not None and sort in _sorts(thing, lexicon)) or bears_word(thing, lemma, lexicon)


def is_business(lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether a noun is for a company of any kind."""
    return lexicon.tables.organization_words.get(lemma) in BUSINESS


def is_authority(lemma: str, lexicon: Lexicon) -> bool:
    """Tell whether a noun is for an army, a court and the like, which bodies of other sorts are never called."""
    return lexicon.tables.organization_words.get(lemma) in AUTHORITY


def sort_by_name(words: Sequence[str], lexicon: Lexicon) -> str | None:
    """Return the class that the words of a body's name tell: the one that heads it; else the first, or one within.
    Some tell nothing but beside others: "Armoured Division", but "Joy Division".
    """
    sets, sorts = lexicon.tables.constructions, lexicon.tables.organization_words
    head = head_of(words)
    others = [w for w in (words[0], *words[1:-1]) if w not in sets.sorts_at_the_end]
    for word in [head] if head in sorts else others:
        needed, denied = sets.sorts_beside.get(word), sets.sorts_unless.get(word, frozenset())
        if (sort := sorts.get(word)) and denied.isdisjoint(words):
            if needed is None or not needed.isdisjoint(words) or words[0][:1].isdigit():
                return sort
    return None


def told_sorts(words: Iterable[str], lexicon: Lexicon) -> set[str]:
    """Return the classes that nouns for bodies tell."""
    sorts = lexicon.tables.organization_words
    return {sort for word in words if (sort := sorts.get(word)) is not None}


def _sorts(thing: Thing, lexicon: Lexicon) -> set[str]:
    return {*thing.classes, *told_sorts(thing.descriptors, lexicon)}


def is_past(parsed: Parsed, thing: Thing, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a body was spoken of before a token only as one that somebody left: "a former Norwind pilot"."""
    former = lexicon.tables.former
    heads = [parsed.tokens[f.head] for f in thing.found if f.head < token.i]
    return all(
        head.dep in ("compound", "nmod")
        and any(c.text.lower() in former for c in parsed.dependents(parsed.tokens[head.head], "amod"))
        for head in heads
    )
