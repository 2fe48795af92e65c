"""One-line articles, mentions and entities, so that most tests run without a model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from rdflib import Graph

from kg.graph import DEFAULT_BASE, Evidence, facts_to_triples, triples_to_graph
from kg.graph.triple_builder import Triple
from kg.model import Article, Entity, Event, Facts, Kind, Mention, MentionKind, Span
from kg.parsed import Block, BlockKind, NamedSpan, Parsed, Sentence, Token

COARSE = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBN", "VBG", "VBZ", "VBP"), "VERB"),
    **dict.fromkeys((",", ".", "(", ")", ":"), "PUNCT"),
    "IN": "ADP",
    "DT": "DET",
    "JJ": "ADJ",
    "RB": "ADV",
    "CD": "NUM",
    "POS": "PART",
    "CC": "CCONJ",
    "PRP": "PRON",
    "WDT": "PRON",
    "WP": "PRON",
    "TO": "PART",
}
"""The coarse part of speech of each tag."""


def article(text: str, name: str = "a", **more: object) -> Article:
    """An article of this text and nothing else."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Article(id=name, text=text, path=name, sha256=digest, **more)  # type: ignore[arg-type]


def span(text: str, words: str) -> Span:
    """Where the words stand first in the text."""
    begin = text.index(words)
    return Span(begin, begin + len(words))


def mention(text: str, words: str, kind: MentionKind = MentionKind.NAME) -> Mention:
    """The first mention by these words."""
    return Mention(span(text, words), kind)


def entity(text: str, name: str, kind: Kind = Kind.PERSON, **more: object) -> Entity:
    """An entity mentioned once, by its name; its id is its name."""
    return Entity(id=name, kind=kind, name=name, mentions=(mention(text, name),), **more)  # type: ignore[arg-type]


def facts(text: str, trigger: str, agent: str, patient: str, event_class: str = "plover:Consult") -> Facts:
    """What an article of one sentence says: two people and what the one did to the other."""
    happening = Event(
        id="v1",
        event_class=event_class,
        label=f"{agent} {trigger} {patient}",
        trigger=trigger,
        spans=(span(text, trigger),),
        sentences=(Span(0, len(text)),),
        agents=(agent,),
        patients=(patient,),
    )
    return Facts(article(text), (entity(text, agent), entity(text, patient)), events=(happening,))


def parsed(written: str, names: Iterable[tuple[int, int, str]] = ()) -> Parsed:
    """A parse of one sentence, written by hand: `word|tag|dep|head|lemma` a token, a blank between them.

    Tokens are counted from 0; the head of the root is itself; the lemma may be left out where it is the word in small
    letters, or the word itself for proper names. `names` are what a recogniser would find.

    >>> parsed("Koval|NNP|nsubj|1 left|VBD|ROOT|1|leave").tokens[1].lemma
    'leave'
    """
    rows = [tuple(part.split("|")) for part in written.split(" ")]
    heads = [int(row[3]) for row in rows]
    text = " ".join(row[0] for row in rows)
    children = tuple(
        tuple(i for i, head in enumerate(heads) if head == n and i != n) for n in range(len(rows))
    )

    def under(n: int) -> set[int]:
        return {n}.union(*(under(child) for child in children[n]))

    tokens, begin = [], 0
    for i, (word, tag, dep, head, *lemma) in enumerate(rows):
        base = lemma[0] if lemma else word if tag.startswith("NNP") else word.lower()
        below, end = under(i), begin + len(word)
        tokens.append(
            Token(
                i=i, text=word, lemma=base, pos=COARSE[tag], tag=tag, dep=dep, head=int(head), begin=begin,
                end=end, sent=0, block=0, left=min(below), right=max(below) + 1, space=i + 1 < len(rows),
            )
        )  # fmt: skip
        begin = end + 1
    whole = Span(0, len(text))
    return Parsed(
        article=article(text),
        tokens=tuple(tokens),
        children=children,
        sentences=(Sentence(whole, 0, len(rows), 0),),
        blocks=(Block(whole, BlockKind.BODY, 0, len(rows)),),
        names=tuple(NamedSpan(*found) for found in names),
        quotes=(),
    )


def all_triples(
    articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN
) -> Iterator[Triple]:
    """Yield the triples of all articles, one article after the other."""
    for facts in articles:
        yield from facts_to_triples(facts, base, evidence=evidence)


def facts_to_graph(
    articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN
) -> Graph:
    """Return one graph of all articles."""
    return triples_to_graph(all_triples(articles, base, evidence))
