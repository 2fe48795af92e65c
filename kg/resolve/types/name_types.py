"""Decides one type for each spelling of a name, by all that the article says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.lexicon import Lexicon
from kg.model import Kind
from kg.resolve.name_keys import person_words, plain_key
from kg.resolve.name_mention import Name
from kg.resolve.spelling_variants import together
from kg.resolve.types.place_or_organization import is_of_nature
from kg.world import World


def type_names(names: list[Name], lexicon: Lexicon, world: World) -> dict[str, Kind | None]:
    """Decide one type for each spelling by the sum of all its votes in the article; None means that it is no name.

    A lone word that is the surname of a full person's name in the article is that person ("Valeska Paris" … "Paris").
    """
    names = [name for name in names if name.label != "surname"]
    votes = _summed(names)
    types: dict[str, Kind | None] = {}
    for key, count in votes.items():
        best, _ = max(count.items(), key=lambda kv: (kv[1], kv[0] != "None", kv[0]))
        types[key] = None if best == "None" else Kind(best)
    for name in names:
        if name.told and types[plain_key(name.text)] in (Kind.PERSON, Kind.ORGANIZATION):
            same = [n for n in names if n.text == name.text]
            if _is_told(name, same, types[plain_key(name.text)]):
                types[plain_key(name.text)] = Kind(name.told)
    _one_spelling(votes, types)
    _one_family(votes, types, world)
    _by_sites(names, types, lexicon)
    surnames = _by_surnames(names, votes, types)
    _by_full_names(names, types, lexicon, surnames)
    return types


def _summed(names: list[Name]) -> dict[str, dict[str, float]]:
    """Return what the votes for each type come to, by spelling."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        for kind, weight in name.votes.items():
            votes[plain_key(name.text)][kind] += weight
        if not name.votes:
            votes[plain_key(name.text)]["None"] += 0.1
    return votes


def _by_surnames(
    names: list[Name], votes: Mapping[str, Mapping[str, float]], types: dict[str, Kind | None]
) -> dict[str, str]:
    """Type lone words that are part of a full person's name; return these names by their surnames."""
    known = {plain_key(name.text) for name in names if name.label == "institution"}
    surnames = {}
    given: dict[str, set[str]] = defaultdict(set)
    for key, decided in types.items():
        words = person_words(key)
        if decided is Kind.PERSON and len(words) > 1:
            surnames[words[-1]] = key
            given[words[0]].add(words[-1])
    for name in names:
        key = plain_key(name.text)
        words = person_words(key)
        bare = words[-1]  # "al-Assad" of "Bashar al-Assad", "De Laval" of "Jean de Laval"
        if len(words) == 1 and bare in surnames and key not in known and not name.demonym:
            place = name.place
            if place is None or place.kind == "city" or name.title is not None:
                types[key] = Kind.PERSON
        elif len(given.get(key, ())) == 1 and not name.demonym and name.place is None:
            types[key] = Kind.PERSON  # Icelanders, and those whom a feature calls by their given name
    return surnames


def _by_sites(names: list[Name], types: dict[str, Kind | None], lexicon: Lexicon) -> None:
    """Type a lone word as the place whose name it ends behind the word for what it is: "Mount Orval" … "Orval"."""
    full = (key.split(" ") for key, kind in types.items() if kind is Kind.PLACE)
    ends = {words[1] for words in full if len(words) == 2 and is_of_nature(words[0], lexicon)}
    titled = {plain_key(name.text) for name in names if name.title is not None}
    types.update((key, Kind.PLACE) for key in ends - titled if types.get(key) is Kind.PERSON)


def _is_told(name: Name, same: list[Name], kind: Kind | None) -> bool:
    """Tell whether what a noun says of a name goes before what speaks for another kind."""
    if name.told == "Person":
        return kind is Kind.ORGANIZATION and len(same) == 1
    if kind is not Kind.PERSON or any(n.title is not None for n in same):
        return False
    return name.told == "Organization" or all(n.told == name.told for n in same)


def _one_spelling(votes: Mapping[str, Mapping[str, float]], types: dict[str, Kind | None]) -> None:
    """Let the spellings of one name be of one type by the sum of their votes: "Al-Shabaab" and "Al Shabab"."""
    spelt: dict[str, list[str]] = defaultdict(list)
    for key in types:
        spelt[together(key)].append(key)
    for keys in spelt.values():
        kinds = {types[key] for key in keys} - {None}
        if len(kinds) > 1:
            total = {k: sum(votes[key].get(k.value, 0.0) for key in keys) for k in kinds if k is not None}
            best = max(total, key=lambda k: (total[k], k.value))
            types.update((key, best) for key in keys if types[key] is not None)


def _one_family(
    votes: Mapping[str, Mapping[str, float]], types: dict[str, Kind | None], world: World
) -> None:
    """Let a name of two words and its first word alone, where that is no given name, be of one type by the sum of
    their votes: "Norwind Renovables" is no person if "Norwind" is a company.
    """
    firsts = {key.partition(" ")[0] for key in types}
    given = {first for first in firsts if first.title() in world.given_names}
    for full, kind in list(types.items()):
        lone, _, rest = full.partition(" ")
        if kind is not Kind.PERSON or not rest or " " in rest or lone in given:
            continue
        if types.get(lone) not in (Kind.ORGANIZATION, Kind.PLACE):
            continue
        total = {k.value: votes[full].get(k.value, 0.0) + votes[lone].get(k.value, 0.0) for k in Kind}
        best = max(total, key=lambda k: (total[k], k))
        types[full] = types[lone] = Kind(best)


def _by_full_names(
    names: list[Name], types: dict[str, Kind | None], lexicon: Lexicon, surnames: Mapping[str, str]
) -> None:
    """Type a lone word that opens the name of one organisation as that one: "Orbita Energy" … "Orbita".

    Of a word that is a person's surname, too, it is the one that the article names in full first ("Wade Hutchins, the
    owner of Hutchins Feed & Seed", said Hutchins).
    """
    first: dict[str, int] = {}
    leads: dict[str, int] = {}
    for name in names:
        key = plain_key(name.text)
        first.setdefault(key, name.first)
        word = key.partition(" ")[0]
        if types[key] is Kind.ORGANIZATION and " " in key and word not in lexicon.tables.organization_words:
            leads.setdefault(word, name.first)
    for name in names:
        key = plain_key(name.text)
        if key not in leads or name.place is not None or name.title is not None or name.demonym:
            continue
        if key not in surnames or leads[key] < first.get(surnames[key], 0):
            types[key] = Kind.ORGANIZATION
