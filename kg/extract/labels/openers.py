"""What opens a clause of a label: its conjunction or question word, and whether it asks or supposes at all."""

from __future__ import annotations

from kg.extract.labels.ground import Item
from kg.extract.labels.inflect import third_person
from kg.extract.labels.naming import plain
from kg.extract.labels.phrases import OPENING, QUOTES, Phrases
from kg.extract.speech.first_person import YOU
from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token

OPENERS = frozenset({"that", "whether", "if", "for"})


def is_condition(lexicon: Lexicon, token: Token) -> bool:
    """Tell "if", "unless", "whether" and the like, under which nothing is told as a fact."""
    governor = lexicon.governors.word(token.text.lower(), "mark")
    return governor is not None and governor.effect == "hypothetical"


def conjunctions(phrases: Phrases, item: Item, alone: bool = False) -> list[str]:
    """Return what joins a clause with a subject to the one above it, "that", "whether", or where it stands `alone` the
    words under which it is told: "if", "unless".
    """
    return [
        phrases.word(c)
        for c in phrases.parsed.dependents(item.place, "mark", *(["advmod"] if alone else []))
        if c.i < item.token.i
        and (is_condition(phrases.lexicon, c) or (not alone and c.text.lower() in OPENERS))
    ]


def markers(phrases: Phrases, item: Item) -> list[str]:
    """Return what joins a clause without a subject to the one above it: "rather than" of "rather than sue"."""
    said: list[str] = []
    for mark in phrases.parsed.dependents(item.place, "mark"):
        kids = phrases.parsed.dependents(item.place, "advmod")
        said += [phrases.word(c) for c in kids if c.i == mark.i - 1]
        said.append(phrases.word(mark))
    return said


def question_words(phrases: Phrases, item: Item) -> list[str]:
    """Return the question word that opens a clause: "how", "which city"."""
    return [
        phrases.core(c)
        for c in phrases.parsed.dependents(item.place, "advmod", "dobj", "attr", "pobj")
        if c.i < item.token.i
        and phrases.parsed.tokens[c.left].tag in ("WRB", "WP", "WDT")
        and c.pos != "PROPN"
    ]


def asks(parsed: Parsed, place: Token) -> bool:
    """Tell the main verb of a sentence that ends with a question mark, "arrested" of "was A. Berg *arrested*?" too."""
    noun = parsed.tokens[place.head]
    verb = parsed.tokens[noun.head]
    if place.dep == "acl" and noun.dep == "nsubj" and verb.i < noun.i and verb.lemma == "be":
        place = verb  # the participle is taken for one that tells who she is
    sentence = parsed.sentences[place.sent]
    last = sentence.last - 1
    while last > sentence.first and parsed.tokens[last].pos in ("SPACE", "PUNCT"):
        if parsed.tokens[last].text == "?":
            return place.dep in ("ROOT", "conj")
        last -= 1
    return False


def question(phrases: Phrases, verb: Token) -> str:
    """Return the question that a verb asks as it stands, whoever is asked by name: "whom would A. Berg call?"."""
    sentence = phrases.parsed.sentences[verb.sent]
    first = verb.left if verb.dep == "conj" else sentence.first
    pieces: list[str] = []
    for token in phrases.parsed.tokens[first : sentence.last]:
        if token.pos == "SPACE" or (token.i == first and token.text in OPENING):
            continue
        words = phrases.word(token)
        entities = phrases.naming.at.get(token.i, ()) if token.text.lower() in YOU else ()
        if entities:
            words = phrases.naming.all_of(entities)
            words = f"{words}'s" if token.dep == "poss" else words
            before = phrases.parsed.tokens[token.i - 1] if token.i > first else verb
            if before.tag == "VBP" and pieces:
                pieces[-1] = f"{third_person(before.text)} "
        pieces.append(words + (" " if token.space else ""))
    return f"{plain(''.join(pieces).translate(QUOTES)).rstrip(' ?')}?"
