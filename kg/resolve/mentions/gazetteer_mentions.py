"""Finds the names that gazetteer and lexicon know: institutions, places, words of nationality."""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token
from kg.resolve.mentions.acronyms import (
    closes_bracket,
    expanded_names,
    hyphened,
    is_short_for,
    owned_names,
    spelled_out,
)
from kg.resolve.name_mention import Name, known_place
from kg.resolve.stock_indices import is_index
from kg.scoring import weights
from kg.world import Place, World
from kg.world.places import first_words

OTHER_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
EDGE = frozenset({"the", "The", "THE", "a", "A", "an", "An", "of", "and", "'s", "’s", "."})
LONGEST = 9
NOBODY = (
    "nobody"  # what holds a word that is known, but names nobody there: "American football", "Arken Derby"
)
CALENDAR = frozenset(
    w
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for w in names
    if w
)


def known_spans(parsed: Parsed, lexicon: Lexicon, world: World, told: dict[str, str]) -> Iterator[Labelled]:
    """Yield the longest matches of institutions, countries, states, regions and words of nationality, left to right,
    and bodies with the acronyms that the article gives them.
    """
    known = _Known(parsed, lexicon, world, told)
    i = 0
    while i < len(parsed.tokens):
        i += 1
        if parsed.tokens[i - 1].text[:1].isupper():
            for rule in (
                known.elliptic,
                known.state,
                known.hyphened,
                known.body,
                known.spelled,
                known.longest,
            ):
                found, behind = rule(i - 1)
                if found:
                    yield from found
                    i = behind
                    break


Labelled = tuple[int, int, str]
Matched = tuple[list[Labelled], int]
"""What a rule finds where it is asked, and where to go on behind it; nothing found is an empty list."""


def _one(first: int, last: int, label: str) -> Matched:
    return [(first, last, label)], last


class _Known:
    """What is known of names in one article, by rules that are asked at a capitalised word."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon, world: World, told: dict[str, str]) -> None:
        self.parsed, self.lexicon, self.world, self.told = parsed, lexicon, world, told
        tokens = parsed.tokens
        self.owned, self.expanded = owned_names(parsed, lexicon), expanded_names(parsed, lexicon)
        self.short = {
            t.i for t in tokens if is_short_for(parsed, t.i) or closes_bracket(parsed, t.i, lexicon)
        }
        self.acronyms = {tokens[i].text for i in (*self.expanded.values(), *self.short)}
        things = lexicon.tables.constructions.heads_of_no_actor | lexicon.tables.title_heads
        self.of_things = {  # "Millennium Copyright Act (MCA)", "Divisional Railway Manager (DRM)"
            tokens[i].text for i in self.expanded.values() if tokens[i - 2].text.lower() in things
        }
        self.surnames = _surnames(parsed, lexicon)
        self.capitals = frozenset(world.gazetteer.capitals.values())
        self.first_words = (
            world.gazetteer.first_words,
            lexicon.tables.first_words,
            first_words(told) | {"st", "st."},  # "ST PETERSBURG" is looked up as "Saint Petersburg"
        )

    def elliptic(self, i: int) -> Matched:
        """ "North and South Korea"."""
        tokens, names = self.parsed.tokens, self.world.gazetteer.names
        if (
            i + 3 < len(tokens)
            and tokens[i + 1].text == "and"
            and f"{tokens[i].text} {tokens[i + 3].text}" in names
            and self.parsed.text(i + 2, i + 4) in names
        ):
            return [(i, i + 1, "elliptic")], i + 2
        return [], i

    def state(self, i: int) -> Matched:
        """A state's short form behind its town; the tokenizer may have cut its full stop off: "Ont" + "."."""
        text, abbreviated = self.parsed.tokens[i].text, self.world.gazetteer.abbreviated
        cut = text if text in abbreviated else text + "."
        behind_town = i > 1 and cut in abbreviated and self.parsed.tokens[i - 1].text == ","
        return _one(i, i + 1, "state") if behind_town else ([], i)

    def hyphened(self, i: int) -> Matched:
        """A town whose name has hyphens."""
        joined = hyphened(self.parsed, i, self.lexicon)
        return _one(i, joined, "GPE") if joined else ([], i)

    def body(self, i: int) -> Matched:
        """A body that its owner, its acronym or its brackets tell."""
        if i in self.owned:
            return _one(i, self.owned[i], "body")
        if i in self.expanded:
            acronym = self.expanded[i]
            label = NOBODY if self.parsed.tokens[acronym].text in self.of_things else "body"
            return [(i, acronym - 1, label), (acronym, acronym + 1, label)], acronym + 1
        word = self.parsed.tokens[i].text
        again = word in self.acronyms and not _within_name(self.parsed, i, i + 1)
        label = NOBODY if word in self.of_things else "body"
        return _one(i, i + 1, label) if i in self.short or again else ([], i)

    def spelled(self, i: int) -> Matched:
        """A name whose initials the article gives."""
        spelled = spelled_out(self.parsed, i)
        return _one(i, spelled, "ORG") if spelled else ([], i)

    def longest(self, i: int) -> Matched:
        """The longest name from here that gazetteer, lexicon or the article's own words have."""
        parsed = self.parsed
        stop = min(len(parsed.tokens), i + LONGEST, parsed.blocks[parsed.tokens[i].block].last)
        for j in range(stop, i, -1):
            ends = parsed.tokens[j - 1].text
            if j - i > 1 and not (ends[:1].isalnum() or ends[-1:] == "." or ends == "'s"):  # "Moody's"
                continue
            text = parsed.text(i, j)
            if "\n" in text:
                continue
            found = self._match(i, j, text)
            if found is not None:
                return [found], j
        return [], i

    def _match(self, i: int, j: int, text: str) -> Labelled | None:
        """Return a stretch with what it is known as, or None."""
        opening = text.partition(" ")[0].lower()
        if text.isascii() and not any(opening in words for words in self.first_words):
            return None  # so are most of them, and nothing more need be looked up
        place = known_place(text, self.world)
        if j - i > 1 and text in self.told and text not in self.lexicon.tables.institutions and place is None:
            return i, j, self.told[text]
        label = self._label(i, j, text, place)
        if j - i == 1 and label and self._tells_time(i):
            return i, j, NOBODY
        if j - i == 1 and label in ("demonym", "place") and self._tells_no_nation(i, text):
            return i, j, NOBODY
        if label in ("place", "demonym") and self._names_a_contest(j):
            return i, self._names_a_contest(j), NOBODY
        if label == "place" and _is_branch(self.parsed, i, j, self.lexicon):
            return i - 1, j, "ORG"
        return (i, j, label) if label and not _within_name(self.parsed, i, j) else None

    def _label(self, i: int, j: int, text: str, place: Place | None) -> str:
        if self._is_institution(text):
            return "surname" if j - i == 1 and i in self.surnames else "institution"
        if self._is_known_place(place, j - i):
            return "place"
        if j - i == 1 and text in CALENDAR:
            return ""
        gazetteer = self.world.gazetteer
        of_nation = text in gazetteer.adjectives or text in gazetteer.peoples or text in gazetteer.persons
        return "demonym" if of_nation else ""

    def _tells_time(self, i: int) -> bool:
        """Tell a word of "Central European Time"."""
        tokens = self.parsed.tokens
        behind = tokens[i + 1].text if i + 1 < len(tokens) else ""
        return i > 0 and "Time" in (behind, tokens[i].text) and tokens[i - 1].tag in ("NNP", "JJ", "DT", "CD")

    def _tells_no_nation(self, i: int, text: str) -> bool:
        """Tell the adjective of "American football" and "of Chinese descent", and the country of "US dollars"."""
        sets = self.lexicon.tables.constructions
        behind = self.parsed.tokens[i + 1] if i + 1 < len(self.parsed.tokens) else self.parsed.tokens[i]
        if text in ("US", "U.S."):
            return behind.text == "$" or behind.lemma.lower() in ("dollar", "cent")
        nouns = sets.no_nations.get(text.lower(), frozenset()) | sets.no_nation_nouns
        return behind.text.lower() in nouns

    def _names_a_contest(self, j: int) -> int:
        """Return the end of the name of a contest or war that opens with what ends at `j`, or 0: "Arken Derby", "Arken
        Ski Cup".
        """
        tokens, contests = self.parsed.tokens, self.lexicon.tables.constructions.contests
        for behind in tokens[j : j + 2]:
            if behind.pos != "PROPN" or not behind.text[:1].isupper() or behind.sent != tokens[j - 1].sent:
                return 0
            if behind.text.lower() in contests:
                return behind.i + 1
        return 0

    def _is_institution(self, text: str) -> bool:
        known = self.lexicon.tables.institutions
        return text in known or _shouted(text) in known

    def _is_known_place(self, place: Place | None, words: int) -> bool:
        """Tell a place that nothing else shares its name with: any but a town, a large one of two words, a capital."""
        return place is not None and (
            place.kind != "city" or (place.population > 400_000 and words > 1) or place.key in self.capitals
        )


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
    inner = parsed.tokens[found.first : found.last]
    words = [t for t in inner if t.text not in EDGE and t.text[:1].isalnum()]
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
    if before.left != before.i:
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
    name, w = Name(first, last, text, label), weights("kg.resolve")
    head = parsed.tokens[last - 1]
    if label == "institution":
        if is_index(parsed, first, last, lexicon):
            return None
        name.vote("Organization", w["listed.institution"])
        return name
    if label == "surname":
        name.vote("Person", w["listed.surname"])
        return name
    if label == "state":
        name.place = gazetteer.abbreviated.get(text) or gazetteer.abbreviated[text + "."]
        name.vote("Place", w["listed.place"])
        return name
    if label == "elliptic":
        name.place = gazetteer.names[f"{text} {parsed.tokens[last + 2].text}"]
        name.vote("Place", w["listed.place"])
        return name
    if label == "place":
        name.place = known_place(text, world)
        assert name.place is not None
        name.vote("Place", w["listed.city" if name.place.kind == "city" else "listed.place"])
        return name
    name.place = gazetteer.adjectives.get(text) or gazetteer.peoples.get(text) or gazetteer.persons.get(text)
    name.vote("Place", w["listed.place"])
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
    bare = all(parsed.tokens[c].dep in ("conj", "cc", "punct") for c in parsed.children[word.i])
    return bare and word.tag in ("NNP", "NN", "JJ") and parsed.top(word, "conj").dep in ("pobj", "dobj")
