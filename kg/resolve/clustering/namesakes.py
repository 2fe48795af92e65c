"""Tells namesakes of an article apart: by the office before a name, by kinship, generation and given name."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.entity_drafts import Thing
from kg.resolve.name_keys import generation, person_words
from kg.resolve.name_mention import Name
from kg.world import World


def office_of(parsed: Parsed, name: Name) -> str:
    """Return the noun of the position that stands as a title before a name, or nothing."""
    if name.title is None:
        return ""
    words = parsed.text(*name.title).lower().split(" of ")[0].split()
    return words[-1].rstrip(".") if words else ""


def offices_beside(parsed: Parsed, name: Name, lexicon: Lexicon) -> set[str]:
    """Return the nouns of the positions beside a name: before it, in apposition, or as what its bearer is."""
    found = {office} if (office := office_of(parsed, name)) else set()
    head = parsed.tokens[name.last - 1]
    above = parsed.tokens[head.head]
    nouns = [*parsed.dependents(head, "appos"), *([above] if head.dep == "appos" else [])]
    if head.dep in ("nsubj", "nsubjpass") and above.lemma in ("be", "become"):
        nouns += parsed.dependents(above, "attr")
    return found | {n.lemma.lower() for n in nouns if n.lemma.lower() in lexicon.tables.title_heads}


def is_kin(parsed: Parsed, name: Name, lexicon: Lexicon) -> bool:
    """Tell a name that is announced as somebody's relative: "his father, Elias Whitford", "her son Elias Whitford"."""
    before = name.first - 1
    if before > 0 and parsed.tokens[before].text == ",":
        before -= 1
    noun = parsed.tokens[max(before, 0)]
    near = noun.i < name.first and noun.sent == parsed.tokens[name.first].sent
    return near and noun.lemma.lower() in lexicon.tables.kinship and bool(parsed.dependents(noun, "poss"))


def may_bear(parsed: Parsed, name: Name, thing: Thing, lexicon: Lexicon, world: World) -> bool:
    """Tell whether nothing keeps a name from being that of a person already known: no other generation, no other given
    name, no relative of the same name in the same breath.
    """
    mine, theirs = generation(name.text), {generation(n) for n in thing.names} - {""}
    if mine and theirs and mine not in theirs:
        return False
    words = person_words(name.text)
    if len(words) < 2:
        return True
    if any(_other_gender(words[0], n, world) for n in thing.names):
        return False
    if not is_kin(parsed, name, lexicon) and not thing.kin:
        return True
    if is_kin(parsed, name, lexicon) == thing.kin:
        return True
    beside = any(parsed.tokens[f.first].sent == parsed.tokens[name.first].sent for f in thing.found)
    return not ({mine} != (theirs or {""}) or beside)


def _other_gender(given: str, other: str, world: World) -> bool:
    """Tell "Michael" from "Michelle": given names of men and of women that only begin alike."""
    words = person_words(other)
    if len(words) < 2 or words[0] == given:
        return False
    a, b = (world.given_names.get(w.title(), "") for w in (given, words[0]))
    return {a, b} == {"m", "f"}
