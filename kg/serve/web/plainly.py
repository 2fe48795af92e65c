"""What pages tell, as plain values for programs: objects, lists, words and numbers; what is empty is there, too."""

from __future__ import annotations

from kg.serve.web.articles import ShownArticle
from kg.serve.web.records import EvidenceSentence, Fact, PageLink
from kg.serve.web.search import Hits
from kg.serve.web.things import Section, ThingPage

Value = dict[str, object]


def of_link(link: PageLink) -> Value:
    """Return a thing that is named in passing."""
    return {"iri": link.iri, "label": link.label, "kind": link.kind}


def of_fact(fact: Fact) -> Value:
    """Return an event, a statement, a membership or a relation, with its evidence."""
    return {
        "iri": fact.iri,
        "kind": fact.kind,
        "label": fact.label,
        "class": fact.word,
        "modality": fact.modality,
        "begin": fact.when,
        "end": fact.until,
        "confidence": fact.confidence,
        "parts": [{"part": part, **of_link(link)} for part, link in fact.parts],
        "according_to": fact.according_to,
        "text": fact.text,
        "direct": fact.direct if fact.kind == "statement" else None,
        "cue": fact.cue,
        "former": fact.former if fact.kind == "membership" else None,
        "evidence": [of_evidence(piece) for piece in fact.evidence],
    }


def of_evidence(piece: EvidenceSentence) -> Value:
    """Return a sentence; `marks` are pairs of code points within it."""
    return {
        "span": piece.span,
        "sentence": piece.text,
        "begin": piece.begin,
        "page": piece.page,
        "marks": [list(mark) for mark in piece.marks],
        "article": of_link(piece.article),
        "date": piece.date,
    }


def of_thing(thing: ThingPage) -> Value:
    """Return a person, an organisation, a place, a group or a role, with the first facts of each section."""
    return {
        "iri": thing.iri,
        "kind": thing.kind,
        "label": thing.label,
        "names": list(thing.names),
        "former_names": list(thing.former),
        "classes": list(thing.classes),
        "same_as": list(thing.identities),
        "latitude": thing.at[0] if thing.at else None,
        "longitude": thing.at[1] if thing.at else None,
        "sections": {section.name: _of_section(section) for section in thing.sections},
    }


def _of_section(section: Section) -> Value:
    facts = [of_fact(fact) for fact in section.facts]
    mentions = [{**of_link(link), "date": date, "mentions": count} for link, date, count in section.mentions]
    return {"count": section.count, "from": section.start, "items": facts or mentions}


def of_article(article: ShownArticle) -> Value:
    """Return an article with its text and what is found in it."""
    return {
        "iri": article.iri,
        "kind": "article",
        "label": article.headline,
        "date": article.date,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "url": article.url,
        "source": article.source,
        "language": article.language,
        "sha256": article.digest,
        "text": "".join(piece.text for piece in article.pieces),
        "things": [{**of_link(link), "mentions": count} for link, count in article.things],
        "facts": [of_fact(fact) for fact, _ in article.facts],
        "facts_left_out": article.more,
    }


def of_hits(hits: Hits, words: str) -> Value:
    """Return what a search found."""
    return {
        "words": words,
        "kind": hits.kind,
        "from": hits.start,
        "more": hits.more,
        "hits": [{**of_link(hit.link), "found_as": hit.also or hit.link.label} for hit in hits.hits],
    }
