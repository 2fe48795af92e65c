"""One annotated article in the project's own immutable form, so that what follows needs neither spaCy nor a model."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kg.model import Article, Entity, MentionKind, Span


class Token(NamedTuple):
    """One token: `begin`/`end` are code points into `Article.text`; `head`, `left` and `right` are token indices.

    `left`..`right` (inclusive) is the stretch of the token's subtree; a root is its own head. `sent` and `block`
    index `Parsed.sentences` and `Parsed.blocks`. Labels are those of the spaCy pipeline (Universal POS, Penn
    tags, ClearNLP dependencies).
    """

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    begin: int
    end: int
    sent: int
    block: int
    left: int
    right: int
    space: bool


class BlockKind(StrEnum):
    """What a stretch of text is: running text, the headline, the caption of a picture, or a dateline."""

    BODY = "body"
    TITLE = "title"
    CAPTION = "caption"
    DATELINE = "dateline"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, headline or caption: tokens `first` to `last` (exclusive), annotated apart from its neighbours."""

    span: Span
    kind: BlockKind
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of one sentence."""

    span: Span
    first: int
    last: int
    block: int


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """What the pipeline's entity recogniser found: tokens `first` to `last` (exclusive) with its OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `span` with its marks, `inner` without them; `continued` if it goes on from the paragraph before."""

    span: Span
    inner: Span
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its tokens, sentences, blocks, named spans and quotations; `children` maps a token
    to its dependents, in order.
    """

    article: Article
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    names: tuple[NamedSpan, ...]
    quotes: tuple[Quote, ...]
    # where tokens begin, the first tokens of names, and full names by their last word: looked into all the time
    _begins: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _firsts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _fullnames: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_begins", tuple(token.begin for token in self.tokens))
        object.__setattr__(self, "_firsts", tuple(name.first for name in self.names))
        full: dict[str, frozenset[str]] = {}
        for name in self.names:
            if name.label == "PERSON" and name.last - name.first > 1:
                first, last = self.tokens[name.first].text, self.tokens[name.last - 1].text
                full[last] = full.get(last, frozenset()) | {first}
        object.__setattr__(self, "_fullnames", full)

    def span(self, first: int, last: int) -> Span:
        """Return the code points of tokens `first` to `last` (exclusive)."""
        return Span(self.tokens[first].begin, self.tokens[last - 1].end)

    def text(self, first: int, last: int) -> str:
        """Return the words of tokens `first` to `last` (exclusive), as a reader sees them in the article."""
        words = self.article.text[self.tokens[first].begin : self.tokens[last - 1].end]
        if words.isascii():
            return words
        return "".join(c for c in words if unicodedata.category(c) != "Cf")

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """Return the tokens that begin within a stretch of the text."""
        return self.tokens[bisect_left(self._begins, span.begin) : bisect_left(self._begins, span.end)]

    def tops(self, first: int, last: int) -> list[Token]:
        """Return those of the tokens `first` to `last` (exclusive) whose own head is none of the others."""
        return [t for t in self.tokens[first:last] if not first <= t.head < last or t.head == t.i]

    def named_at(self, token: int) -> NamedSpan | None:
        """Return what the recogniser found that holds the token at a place, or None."""
        place = bisect_right(self._firsts, token) - 1
        return self.names[place] if place >= 0 and token < self.names[place].last else None

    def given_names(self, surname: str) -> frozenset[str]:
        """Return the first words of the full names of persons that the recogniser found to end in a word."""
        return self._fullnames.get(surname, frozenset())

    def upward(self, token: Token) -> Iterator[Token]:
        """Yield the token and all that it hangs under, up to the root."""
        yield token
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def climb(self, token: Token, goes_on: Callable[[Token], bool]) -> Token:
        """Return the first of a token and what it hangs under of which `goes_on` does not hold, or the root."""
        while token.head != token.i and goes_on(token):
            token = self.tokens[token.head]
        return token

    def top(self, token: Token, *labels: str) -> Token:
        """Return the first of a token and what it hangs under that hangs by none of the labels, or the root.

        >>> parsed.top(chad, "conj").text  # "*Oman*, Qatar and *Chad* left."
        'Oman'
        """
        return self.climb(token, lambda node: node.dep in labels)

    def dependents(self, token: Token, *labels: str) -> list[Token]:
        """Return the dependents of `token` with one of the dependency labels (all of them when none is given)."""
        kids = self.children[token.i]
        if not kids:
            return []
        tokens = self.tokens
        if not labels:
            return [tokens[c] for c in kids]
        return [child for child in map(tokens.__getitem__, kids) if child.dep in labels]

    def sentence_span(self, token: Token) -> Span:
        """Return the code points of the token's sentence."""
        return self.sentences[token.sent].span


@dataclass(frozen=True, slots=True)
class Link:
    """A mention in tokens: `first` to `last` (exclusive), its `head` token, and the entities that it speaks of.

    A plural mention ("they", "the two leaders") may have several entities. `kind` is name, nominal or pronoun;
    `adjectival` marks a nationality adjective ("Russian jets").
    """

    first: int
    last: int
    head: int
    entities: tuple[str, ...]
    kind: MentionKind
    adjectival: bool = False
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is who: the parse, the entities, and `links` from tokens to entities, ordered by first token.

    `at` maps each mention's head token to the index of its link. `peoples` are the head tokens of nouns for
    members of a people or faith ("four Iraqis", "ethnic Albanians"), which name nobody but are groups. `echoes`
    maps a pronoun to the head token of the unnamed people that it speaks of ("the rebels said they …").
    """

    parsed: Parsed
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    at: Mapping[int, int]
    genders: Mapping[str, str]
    peoples: frozenset[int] = frozenset()
    echoes: Mapping[int, int] = field(default_factory=dict)

    def who(self, token: int) -> tuple[str, ...]:
        """Return the ids of the entities that the mention headed by `token` speaks of, or nothing."""
        link = self.at.get(token)
        return () if link is None else self.links[link].entities


LEAST_ITEMS = 5
LEAST_ENTITIES = 8
SPREAD = 0.1  # of the things that are no countries, at most, stand in several paragraphs of a digest


def is_scattered(blocks: Sequence[Set[int]]) -> bool:
    """Tell by the paragraphs that each thing of an article stands in whether these are items of their own: next to
    nothing comes back from one in another.
    """
    items = set().union(*blocks)
    if len(items) < LEAST_ITEMS or len(blocks) < LEAST_ENTITIES:
        return False
    return sum(len(own) > 1 for own in blocks) < SPREAD * len(blocks)
