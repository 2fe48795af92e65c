"""Finds the names that gazetteer and lexicon know: institutions, places, words of nationality."""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token
from kg.resolve.shares import is_index
from kg.resolve.spelt import (
    closes_bracket,
    expanded_names,
    hyphened,
    is_short_for,
    owned_names,
    spelled_out,
)
from kg.resolve.votes import Name, known_place
from kg.world import World

OTHER_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
EDGE = frozenset(
    {
        "the",
        "The",
        "THE",
        "a",
        "A",
        "an",
        "An",
        "'s",
        "'",
        '"',
        ",",
        ".",
        "-",
        "–",
        "—",
        "(",
        ")",
        "[",
        "]",
        ":",
        ";",
        "of",
        "and",
        "&",
        "’s",
    }
)
LONGEST = 9
CALENDAR = frozenset(
    w
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for w in names
    if w
)


def known_spans(
    parsed: Parsed, lexicon: Lexicon, world: World, told: dict[str, str]
) -> Iterator[tuple[int, int, str]]:
    """Yield the longest matches of institutions, countries, states, regions and words of nationality, left to right,
    and bodies with the acronyms that the article gives them.
    """
    gazetteer, tokens = world.gazetteer, parsed.tokens
    owned, expanded = owned_names(parsed, lexicon), expanded_names(parsed, lexicon)
    acronyms = {tokens[i].text for i in expanded.values()}
    short = {t.i for t in tokens if is_short_for(parsed, t.i) or closes_bracket(parsed, t.i, lexicon)}
    acronyms |= {tokens[i].text for i in short}
    surnames = _surnames(parsed, lexicon)
    i, size = 0, len(tokens)
    while i < size:
        token = tokens[i]
        if not token.text[:1].isupper():
            i += 1
            continue
        matched = 0
        if (
            i + 3 < size
            and tokens[i + 1].text == "and"
            and f"{token.text} {tokens[i + 3].text}" in gazetteer.names
            and parsed.text(i + 2, i + 4) in gazetteer.names
        ):
            yield i, i + 1, "elliptic"  # "North and South Korea"
            i += 2
            continue
        cut = token.text if token.text in gazetteer.abbreviated else token.text + "."  # "Ont" + "."
        if i > 1 and cut in gazetteer.abbreviated and tokens[i - 1].text == ",":
            yield i, i + 1, "state"
            i += 1
            continue
        joined = hyphened(parsed, i, lexicon)
        if joined:
            yield i, joined, "GPE"
            i = joined
            continue
        if i in owned:
            yield i, owned[i], "body"
            i = owned[i]
            continue
        if i in expanded:
            yield i, expanded[i] - 1, "body"
            yield expanded[i], expanded[i] + 1, "body"
            i = expanded[i] + 1
            continue
        if i in short or (token.text in acronyms and not _within_name(parsed, i, i + 1)):
            yield i, i + 1, "body"
            i += 1
            continue
        spelled = spelled_out(parsed, i)
        if spelled:
            yield i, spelled, "ORG"
            i = spelled
            continue
        stop = min(size, i + LONGEST, parsed.blocks[token.block].last)
        for j in range(stop, i, -1):
            ends = tokens[j - 1].text
            if j - i > 1 and not (ends[:1].isalnum() or ends[-1:] == "." or ends == "'s"):  # "Moody's"
                continue
            text = parsed.text(i, j)
            if "\n" in text:
                continue
            place = known_place(text, world)
            if j - i > 1 and text in told and text not in lexicon.tables.institutions and place is None:
                yield i, j, told[text]
                matched = j
                break
            if text in lexicon.tables.institutions or _shouted(text) in lexicon.tables.institutions:
                if not _within_name(parsed, i, j):
                    yield i, j, "surname" if j - i == 1 and i in surnames else "institution"
                    matched = j
                    break
            elif place is not None and (
                place.kind != "city"
                or (place.population > 400_000 and j - i > 1)
                or place.key in gazetteer.capitals.values()
            ):
                if _is_branch(parsed, i, j, lexicon):
                    yield i - 1, j, "ORG"
                    matched = j
                    break
                if not _within_name(parsed, i, j):
                    yield i, j, "place"
                    matched = j
                    break
            elif j - i == 1 and text in CALENDAR:
                break
            elif text in gazetteer.adjectives or text in gazetteer.peoples or text in gazetteer.persons:
                if not _within_name(parsed, i, j):
                    yield i, j, "demonym"
                    matched = j
                    break
        i = matched or i + 1


def _surnames(parsed: Parsed, lexicon: Lexicon) -> frozenset[int]:
    """Return the words that end the name of a person whom the article names in full and here mean that person: "Dell"
    beside "Michael Dell" if the recogniser says so, "who" follows, or it is who says "I".
    """
    tokens = parsed.tokens
    full = [n for n in parsed.names if n.label == "PERSON" and n.last - n.first > 1]
    surnames = {t.text for n in full for t in tokens[n.first + 1 : n.last]}
    alone = {n.first for n in parsed.names if n.label == "PERSON" and n.last - n.first == 1}
    first_person = {t.sent for t in tokens if t.text == "I" and t.tag == "PRP"} if surnames else set()

    def means_person(word: Token) -> bool:
        if word.i in alone or [t.text.lower() for t in tokens[word.i + 1 : word.i + 3]] == [",", "who"]:
            return True
        says = word.dep == "nsubj" and tokens[word.head].lemma in lexicon.cues.verbs
        return says and word.sent in first_person

    return frozenset(t.i for t in tokens if t.text in surnames and means_person(t))


def _shouted(text: str) -> str:
    """Return a name in capitals as it is usually written ("REUTERS"); acronyms stay as they are."""
    return text.title() if text.isupper() and len(text) > 4 else text


def _within_name(parsed: Parsed, first: int, last: int) -> bool:
    """Tell whether the recogniser holds these tokens for the inside of a longer name ("Bank of America",
    "Church of Ireland").
    """
    found = parsed.named_at(first)
    if found is None or last > found.last or (found.first, found.last) == (first, last):
        return False
    if found.label in OTHER_LABELS:
        return False
    words = [t for t in parsed.tokens[found.first : found.last] if t.text not in EDGE]
    if len(words) <= last - first:
        return False
    if found.label in ("ORG", "FAC", "PERSON", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "LOC"):
        return True
    return found.label == "GPE" and first > found.first and parsed.tokens[first - 1].text == "of"


def _is_branch(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell whether a country ends the name of a body: one that a lower-case noun announces ("the firm Norwind
    UK"), or that opens with a word for bodies ("Team Estonia").
    """
    before = parsed.tokens[first - 1] if first > 0 else None
    if before is None or before.pos != "PROPN" or before.dep != "compound" or before.head != last - 1:
        return False
    if before.left != before.i or before.text.isupper():
        return False
    noun = parsed.tokens[first - 2] if first > 1 else before
    announced = noun.pos == "NOUN" and noun.text.islower()
    return announced or before.text.lower() in lexicon.tables.organization_words


def known_name(
    parsed: Parsed, first: int, last: int, label: str, lexicon: Lexicon, world: World
) -> Name | None:
    """Return the name that one of the `known_spans` is, or None where its words mean something else here."""
    text = parsed.text(first, last)
    gazetteer = world.gazetteer
    name = Name(first, last, text, label)
    head = parsed.tokens[last - 1]
    if label == "institution":
        if is_index(parsed, first, last, lexicon):
            return None
        name.vote("Organization", 6.0)
        return name
    if label == "surname":
        name.vote("Person", 6.0)
        return name
    if label == "state":
        name.place = gazetteer.abbreviated.get(text) or gazetteer.abbreviated[text + "."]
        name.vote("Place", 6.0)
        return name
    if label == "elliptic":
        name.place = gazetteer.names[f"{text} {parsed.tokens[last + 2].text}"]
        name.vote("Place", 6.0)
        return name
    if label == "place":
        name.place = known_place(text, world)
        assert name.place is not None
        name.vote("Place", 6.0 if name.place.kind != "city" else 3.0)
        if (
            text in ("March", "May", "Turkey", "Chad", "Georgia", "Jordan", "Victoria")
            and head.pos != "PROPN"
        ):
            return None
        return name
    name.place = gazetteer.adjectives.get(text) or gazetteer.peoples.get(text) or gazetteer.persons.get(text)
    name.vote("Place", 6.0)
    plural = text in gazetteer.peoples and head.tag in ("NNPS", "NNS")
    governor = parsed.tokens[head.head]
    if not plural and _is_language(parsed, head):
        spoken = governor.lemma.lower() in lexicon.tables.constructions.of_languages
        if text not in gazetteer.peoples or spoken or governor.text.lower() in ("in", "into", "from"):
            return None
    if plural or (text in gazetteer.peoples and text not in gazetteer.adjectives):
        name.demonym = "people"
    elif text in gazetteer.persons or (
        head.dep not in ("amod", "compound", "nmod", "conj")
        and head.pos in ("NOUN", "PROPN")
        and parsed.children[head.i]
    ):
        name.demonym = "person"
    else:
        name.demonym = "adj"
    return name


def _is_language(parsed: Parsed, word: Token) -> bool:
    """Tell a language from a nationality: "wrote in French", "speaks Thai and Czech"; not "a French writer"."""
    top = word
    while top.dep == "conj" and top.head != top.i:
        top = parsed.tokens[top.head]
    bare = all(parsed.tokens[c].dep in ("conj", "cc", "punct") for c in parsed.children[word.i])
    return bare and word.tag in ("NNP", "NN", "JJ") and top.dep in ("pobj", "dobj")
