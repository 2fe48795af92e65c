"""Merges things that name one: acronyms, short forms, and names that the text itself equates."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable

from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import BlockKind, Parsed, is_scattered
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.name_keys import as_usual, initials, person_words, plain_key
from kg.world import World

KNOWN_AS = re.compile(
    r"^[,\s(]*(?:(?:which|who|that)\s+)?(?:(?:was|were|is|are|has been|had been)\s+)?"
    r"(?P<how>formerly|previously|once|originally|also|better|commonly|widely)?\s*"
    r"(?:known|called|named|styled|referred to|born|née)?\s*"
    r"(?:as|a\.?k\.?a\.?|alias|under the name)?\s*(?:the\s+)?[\"“‘']?$",
    re.I,
)
OF_PLACES = frozenset({"de", "del", "da", "do", "di", "am", "an", "upon", "on", "sur", "la", "le"})
"""What follows the short form in the full name of a town: "Frankfurt am Main"."""
KNOWN_WORDS = re.compile(
    r"\b(known|called|born|née|formerly|previously|a\.?k\.?a\.?|alias|originally)\b", re.I
)
FORMER = re.compile(
    r"\b(born|née|formerly|previously|once|originally|was known|were known|was called|used to be)\b", re.I
)


def merge_organizations(parsed: Parsed, things: list[Thing], lexicon: Lexicon) -> list[Thing]:
    """Merge acronyms with what they stand for, and short forms with the one longer name that they begin or end."""
    order = sorted(
        things, key=lambda t: (-max(len(plain_key(n).split()) for n in [*t.names, t.name]), t.first)
    )
    kept = _Kept()
    blocks = {id(t): frozenset(parsed.tokens[f.head].block for f in t.found) for t in things}
    digest = is_scattered([blocks[id(t)] for t in things])
    common = {*lexicon.tables.organization_words, *lexicon.tables.place_words}
    for thing in order:
        target = None
        if (thing.kind is Kind.ORGANIZATION and thing.institution is None) or (
            thing.kind is Kind.PLACE and thing.place is None
        ):
            target = _longer_form(parsed, thing, kept, things, lexicon)
            if target is not None and digest and plain_key(thing.name) in common:
                # "the Governorate" of one item is none of another's
                target = target if blocks[id(thing)] & blocks[id(target)] else None
        kept.note(target or thing, (*thing.names, *([thing.institution] if thing.institution else ())))
        if target is not None:
            target.found.extend(thing.found)
            target.names.update(thing.names)
            target.extra_aliases.extend(a for a in thing.extra_aliases if a not in target.extra_aliases)
            target.descriptors |= thing.descriptors
    return kept.things


class _Kept:
    """The things kept so far, and which of them have a word or the initials in a name."""

    def __init__(self) -> None:
        self.things: list[Thing] = []
        self._places: dict[int, int] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)

    def note(self, thing: Thing, names: Iterable[str]) -> None:
        """Keep a thing, or note names that one which is kept has besides."""
        place = self._places.setdefault(id(thing), len(self.things))
        if place == len(self.things):
            self.things.append(thing)
        for name in names:
            letters = initials(name)
            for word in {*plain_key(name).split(), letters, letters.rstrip("S")}:
                self._by_word[word].add(place)

    def sharing(self, words: Iterable[str]) -> list[Thing]:
        """Return those with one of the words, in the order in which they were kept."""
        return [self.things[i] for i in sorted({i for word in words for i in self._by_word.get(word, ())})]


def _longer_form(
    parsed: Parsed, thing: Thing, kept: _Kept, things: list[Thing], lexicon: Lexicon
) -> Thing | None:
    short = plain_key(thing.name).split()
    options: list[Thing] = []
    for other in kept.sharing((*short[:1], thing.name.replace(".", ""))):
        if other.kind is not thing.kind and not (
            other.kind is Kind.ORGANIZATION and thing.kind is Kind.PLACE and len(short) > 1
        ):
            continue
        for full in (*other.names, *([other.institution] if other.institution else ())):
            words = plain_key(full).split()
            if len(words) <= len(short):
                continue
            acronym = (
                len(short) == 1
                and thing.name.isupper()
                and thing.name.replace(".", "") in (initials(full), initials(full).rstrip("S"))
            )
            ends = words[-len(short) :] == short and (
                len(short) > 1
                or words[-2] in ("of", "de")
                or short[0] in lexicon.tables.organization_words
                or len(words) == 2
                or (thing.kind is Kind.ORGANIZATION and thing.name[:1].isupper() and not thing.name.isupper())
            )
            board = (  # "the Board" of "Harlan Board of Education"
                len(short) == 1
                and short[0] in lexicon.tables.organization_words
                and f" {short[0]} of " in f" {' '.join(words)} "
            )
            part = (  # "the Strait" of "Strait of Arken"
                thing.kind is Kind.PLACE
                and len(short) == 1
                and short[0] in lexicon.tables.place_words
                and words[:2] == [short[0], "of"]
            )
            middle = (
                board
                or part
                or (
                    len(short) > 1
                    and short[-1] in lexicon.tables.organization_words
                    and any(words[k : k + len(short)] == short for k in range(len(words)))
                )
            )
            begins = words[: len(short)] == short and (
                words[len(short)] != "and" and words[-1] not in lexicon.tables.constructions.bodies_within
                if thing.kind is Kind.ORGANIZATION
                else words[len(short)] in OF_PLACES and other.kind is Kind.PLACE
            )
            if ends and len(words) == 2 and _named_first(parsed, thing, other, len(words)):
                rest = (t for t in things if t is not other and t.kind is Kind.ORGANIZATION)
                # "Norwind merges with Solida" into "Norwind Solida"
                ends = all(plain_key(t.name).split()[:1] != words[:1] for t in rest)
            if acronym or ends or begins or middle:
                options.append(other)
                break
    if not options:
        return None
    before = [o for o in options if o.first < thing.first]
    if len(options) == 1 or len(before) == 1:
        return (before or options)[0]
    if short[0] in lexicon.tables.organization_words:
        return max(before or options, key=lambda o: o.last_before(thing.first))
    return None


def _named_first(parsed: Parsed, short: Thing, full: Thing, words: int) -> bool:
    """Tell whether the text, past its headline, has the short name of a body before the full one of so many words."""
    whole = min((f.first for f in full.found if f.last - f.first >= words), default=0)
    kinds = ((f.first, parsed.blocks[parsed.tokens[f.first].block].kind) for f in short.found)
    return short.kind is Kind.ORGANIZATION and any(i < whole and k is BlockKind.BODY for i, k in kinds)


def merge_aliases(parsed: Parsed, things: list[Thing]) -> list[Thing]:
    """Merge names that the text itself equates: "A (B)", "A, formerly known as B"."""
    at: dict[int, tuple[Thing, Found]] = {}
    for thing in things:
        for found in thing.found:
            at[found.first] = (thing, found)
    ordered = sorted(at.items())
    merged: dict[int, Thing] = {}

    def final(thing: Thing) -> Thing:
        while id(thing) in merged:
            thing = merged[id(thing)]
        return thing

    for (_, (left, a)), (_, (right, b)) in itertools.pairwise(ordered):
        left, right = final(left), final(right)
        if left is right or b.first - a.last > 8 or a.adjectival or b.adjectival:
            continue
        block = parsed.tokens[a.first].block
        if block != parsed.tokens[b.first].block or parsed.blocks[block].kind is BlockKind.DATELINE:
            continue  # "NEW YORK (Norwind Wire) -": no other name of the town
        between = parsed.article.text[parsed.tokens[a.last - 1].end : parsed.tokens[b.first].begin]
        after = parsed.tokens[b.last].text if b.last < len(parsed.tokens) else ""
        same = left.kind is right.kind or Kind.GROUP in (left.kind, right.kind)
        bracket = between.strip() in ("(", "( the", "(the") and after == ")"
        acronym = bracket and _acronym_pair(parsed.text(a.first, a.last), parsed.text(b.first, b.last))
        acronym = acronym or (
            between.strip() == ", or"
            and after in (",", ".")
            and parsed.text(b.first, b.last).isupper()
            and same
        )
        known = bool(KNOWN_AS.match(between)) and bool(KNOWN_WORDS.search(between))
        known = known and between.strip().lower() not in (
            "called",
            "named",
        )  # "Leitgeb called Hallam a friend"
        if (
            (bracket and same and left.kind is not Kind.PERSON and left.place is None and right.place is None)
            or acronym
            or (known and (same or left.kind is not Kind.PLACE))
        ):
            keep, drop = (left, right)
            if known and FORMER.search(between):
                keep.former_names.append(parsed.text(b.first, b.last))
            keep.found.extend(drop.found)
            keep.names.update(drop.names)
            keep.descriptors |= drop.descriptors
            if keep.kind is drop.kind:
                keep.classes.extend(c for c in drop.classes if c not in keep.classes)
                keep.institution = keep.institution or drop.institution
            merged[id(drop)] = keep
    return [t for t in things if id(t) not in merged]


def _acronym_pair(a: str, b: str) -> bool:
    for full, short in ((a, b), (b, a)):
        letters = re.sub(r"[^A-Z0-9]", "", short)
        if short == short.upper() and 2 <= len(letters) <= 8 and " " in full:
            return True
    return False


def settle_name(thing: Thing, world: World, lexicon: Lexicon) -> None:
    """Choose the best full name of a thing, and note what else follows from its names."""
    if thing.kind is Kind.PERSON:
        borne = [n for n in thing.names if n not in thing.former_names] or list(thing.names)
        thing.name = max(borne, key=lambda n: (len(person_words(n)), thing.names[n], n))
        if thing.name.isupper() and " " in thing.name:  # a signature's
            thing.name = as_usual(thing.name)
    elif thing.place is not None and (thing.place.kind != "city" or thing.place.name in thing.names):
        thing.name = thing.place.name
        thing.confidence = 0.97
    elif thing.institution is not None:
        thing.name = thing.institution
        thing.confidence = 0.95
    elif thing.names:
        spelled = [n for n in thing.names if n not in thing.former_names] or list(thing.names)
        thing.name = max(
            spelled,
            key=lambda n: (len(n.split()) > 1, not n.isupper(), min(len(n.split()), 4), thing.names[n], n),
        )
    if thing.kind is Kind.PLACE and thing.name.isupper() and len(thing.name) > 4:  # a dateline's
        known = thing.place is not None and thing.place.name.isascii()
        thing.name = thing.place.name if thing.place is not None and known else thing.name.title()
    if thing.kind is Kind.ORGANIZATION:
        for name in list(thing.names):
            first, _, tail = name.partition(" ")
            nationality = first in world.gazetteer.adjectives or (
                first in world.gazetteer.names and world.gazetteer.names[first].kind == "country"
            )
            if nationality and len(tail.split()) > 1 and tail not in thing.names:
                thing.extra_aliases.append(tail)
            elif nationality and tail.lower() in lexicon.tables.organization_words:
                thing.plural = True
