"""Reads off a name what the learned judge weighs: its form and words, the recogniser's label, what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon, Tables
from kg.parsed import BlockKind, Parsed, Token
from kg.resolve.name_mention import Name
from kg.world import World

QUOTES = frozenset({'"', "'", "“", "”", "‘", "’"})
RELATIVES = ("who", "whose", "which", "where", "that")
FUNCTION = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PRON", "PART", "AUX", "PUNCT"})
Labels = dict[str, Counter[str]]
NONE: Counter[str] = Counter()  # never added to


@lru_cache(maxsize=4096)
def shape(text: str) -> str:
    """Return the form of a word: capitals X, small letters x, digits d, each run once ("McCain": "XxXx")."""
    kinds = ("X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in text[:24])
    return re.sub(r"(.)\1+", r"\1", "".join(kinds))[:6]


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split() if word[0].isupper()) if " " in text else ""


def labels_by_spelling(parsed: Parsed, names: list[Name]) -> Labels:
    """Return how often each spelling, and each last word, has which label in the article."""
    found: Labels = {}
    for name in names:
        for key in {name.text, "…" + name.text.rsplit(None, 1)[-1]}:
            found.setdefault(key, Counter())[name.label or "-"] += 1
    return found


def traits(parsed: Parsed, name: Name, labels: Labels, lexicon: Lexicon, world: World) -> Iterator[str]:
    """Yield the traits of a name, each once; the weights are kept under these words."""
    tokens = parsed.tokens[name.first : name.last]
    head = tokens[-1]
    label, size = name.label or "-", min(len(tokens), 4)
    yield f"label={label}"
    yield f"label={label} size={size}"
    yield f"size={size}"
    yield from _form(name, tokens, label)
    yield from _words(name, tokens, lexicon, world)
    yield from _beside(parsed, name, world)
    yield from _syntax(parsed, name, head, lexicon, world)
    yield from _article(name, labels)


def _form(name: Name, tokens: tuple[Token, ...], label: str) -> Iterator[str]:
    yield f"form={'_'.join(shape(t.text) for t in tokens[:3])}"
    if name.text.isupper():
        yield f"capitals={min(len(name.text), 7)}"
    if any(c.isdigit() for c in name.text):
        yield "digits"
    yield f"tags={'_'.join(t.tag for t in tokens[:4])}"
    yield f"ending2={tokens[-1].text[-2:].lower()}"
    if any(t.text.islower() for t in tokens):
        yield "small words"


def _words(name: Name, tokens: tuple[Token, ...], lexicon: Lexicon, world: World) -> Iterator[str]:
    for place, token in (("first", tokens[0]), ("last", tokens[-1])):
        yield from _word(place, token, len(tokens), lexicon.tables, world)
    yield from _known(name)
    for kind, weight in name.votes.items():
        for step in (0.5, 1.0, 2.0, 4.0):
            if weight >= step:
                yield f"votes {kind}>={step}"


def _word(place: str, token: Token, size: int, tables: Tables, world: World) -> Iterator[str]:
    """Yield what the first or last word of a name of so many words is a word for."""
    lemma, word = token.lemma.lower(), token.text.lower()
    for table, known in (("org", tables.organization_words), ("place", tables.place_words)):
        if lemma in known or word in known:
            yield f"{place} is {table} word"
    if tables.is_person_word(lemma):
        yield f"{place} is person word"
    if token.text in world.given_names:
        yield f"{place} is given name {min(size, 3)}"
    if token.text in world.gazetteer.names and size > 1:
        yield f"{place} is place"
    if token.text in world.gazetteer.adjectives:
        yield f"{place} is nationality"
    yield f"{place} class={world.word_classes.get(token.text)}"
    if word in world.word_classes and word != token.text:
        yield f"{place} lower class={world.word_classes[word]}"


def _known(name: Name) -> Iterator[str]:
    """Yield what was found out about a name before: a title, a nationality, a place."""
    if name.title is not None:
        yield "title"
    if name.demonym:
        yield f"demonym={name.demonym}"
    if name.place is not None:
        size = "" if name.place.kind != "city" else f" {len(str(name.place.population))}"
        yield f"place={name.place.kind}{size}"


def _beside(parsed: Parsed, name: Name, world: World) -> Iterator[str]:
    block = parsed.blocks[parsed.tokens[name.first].block]
    for where, i in (("before", name.first - 1), ("after", name.last)):
        if not block.first <= i < block.last:
            yield f"{where}=edge"
            continue
        token = parsed.tokens[i]
        if token.pos in FUNCTION:
            yield f"{where}={token.text.lower()}"
        else:
            yield f"{where} pos={token.pos}"
            yield f"{where} class={world.word_classes.get(token.lemma.lower())}"
    if name.first - 1 >= block.first and parsed.tokens[name.first - 1].text in QUOTES:
        yield "quoted"
    if name.last < block.last and parsed.tokens[name.last].text == "(" and name.text.isupper():
        yield "capitals before bracket"
    if block.kind is not BlockKind.BODY:
        yield f"block={block.kind}"


def _syntax(parsed: Parsed, name: Name, head: Token, lexicon: Lexicon, world: World) -> Iterator[str]:
    top = parsed.climb(head, lambda token: name.first <= token.head < name.last)
    yield f"dep={top.dep}"
    path, governor = top.dep, parsed.tokens[top.head]
    if path == "conj":
        governor = parsed.top(governor, "conj")
        path, governor = f"conj {governor.dep}", parsed.tokens[governor.head]
    if governor.pos == "ADP":
        yield f"preposition={governor.text.lower()}"
        path, governor = f"{path} {governor.text.lower()}", parsed.tokens[governor.head]
        if governor.pos == "NOUN" and path == "pobj of":  # "the town of Ede"
            yield from _noun("of", governor, lexicon, world)
    yield f"{path} of {governor.pos}"
    yield f"{path} of class={world.word_classes.get(governor.lemma.lower())}"
    if top.dep in ("nsubj", "nsubjpass") and governor.lemma.lower() in lexicon.cues.verbs:
        yield "speaks"
    for how, noun in _nouns(parsed, name, top, governor):
        yield from _noun(how, noun, lexicon, world)
    yield from _below(parsed, top)


def _nouns(parsed: Parsed, name: Name, top: Token, governor: Token) -> Iterator[tuple[str, Token]]:
    """Yield the nouns that say what the name is, and how they stand to it."""
    if top.dep in ("nsubj", "nsubjpass"):
        yield from (("is", attribute) for attribute in parsed.dependents(governor, "attr"))
    yield from (("appos", child) for child in parsed.dependents(top, "appos"))
    if top.dep in ("appos", "compound", "nmod"):
        yield top.dep, governor
    for child in parsed.dependents(top, "compound", "nmod", "amod"):
        if child.i == name.first - 1 and child.pos == "NOUN":  # "airline Norwind"
            yield "modifier", child


def _below(parsed: Parsed, top: Token) -> Iterator[str]:
    """Yield what hangs on the name: the word that opens a relative clause, a genitive, a determiner."""
    for clause in parsed.dependents(top, "relcl"):
        opening = {t.text.lower() for t in parsed.tokens[clause.left : min(clause.left + 3, clause.i)]}
        yield from (f"relative={word}" for word in RELATIVES if word in opening)
    if any(t.text in ("'s", "’s", "'") for t in parsed.dependents(top, "case")):
        yield "possessive"
    for child in parsed.dependents(top, "det"):
        yield f"det={child.text.lower()}"


def _noun(how: str, noun: Token, lexicon: Lexicon, world: World) -> Iterator[str]:
    lemma, tables = noun.lemma.lower(), lexicon.tables
    if tables.is_person_word(lemma):
        yield f"{how} person word"
    elif lemma in tables.organization_words:
        yield f"{how} org word"
    elif lemma in tables.place_words:
        yield f"{how} place word"
    yield f"{how} class={world.word_classes.get(lemma)}"


def _article(name: Name, labels: Labels) -> Iterator[str]:
    if len(name.text) > 1 and name.text.isupper() and any(name.text == _initials(other) for other in labels):
        yield "acronym of a name"
    same = labels.get(name.text, NONE)
    total = sum(same.values())
    yield f"times={min(total, 4)}"
    for label in same:
        yield f"also {label}"
    last = labels.get("…" + name.text.rsplit(None, 1)[-1], NONE)
    for label, count in last.items():
        if count > same.get(label, 0):
            yield f"last word {label}"
