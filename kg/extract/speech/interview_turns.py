"""Interviews and transcripts: whoever a paragraph's label names says what stands in it, without quotation marks.

"((Ana Koval)) We left at once.", "KOVAL: We left at once.", "Q: Why?" and "A: …", over several paragraphs: those
without a label of their own go on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.interval_index import SpokenOf
from kg.lexicon import Lexicon
from kg.model import Entity, Ground, Kind, MentionKind, Span, Statement
from kg.parsed import Block, BlockKind, Resolved

_BRACKETED = re.compile(r"\(\(\s*([^()\n]{1,40}?)\s*\)\)[ \t]*:?\s*")
_PLAIN = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z(][\w.'’)-]*){0,4})[ \t]*:\s+")
_BYLINE = re.compile(r"(?:[Bb]y|BY)(?: [A-Z][\w.'’-]*){1,5}")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
LEAST = 3  # labels with a colon that make an interview
SHORTEST = 2  # words of an answer
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Turn:
    """What one label says, paragraph by paragraph (indices of `Parsed.blocks`); `begin` is where the words begin."""

    label: str
    begin: int
    blocks: tuple[int, ...]


def interview_turns(resolved: Resolved, lexicon: Lexicon) -> list[Statement]:
    """Return what the people interviewed in an article say, a statement for each paragraph; no ids yet.

    What the interviewer asks is no statement, nor what stands under a label that names nobody.
    """
    turns = _turns(resolved)
    speakers = _speakers(turns, resolved, lexicon)
    out: list[Statement] = []
    for turn in turns:
        speaker = speakers.get(turn.label)
        if speaker is None:
            continue
        for n, index in enumerate(turn.blocks):
            block = resolved.parsed.blocks[index]
            if n and _names(resolved, block, speaker):  # "Okonjo says …": the article's own words
                break
            span = Span(turn.begin if n == 0 else block.span.begin, block.span.end)
            if len(span.of(resolved.parsed.article.text).split()) >= SHORTEST:
                out.append(_statement(resolved, span, speaker, turn.label))
    spoken_of = SpokenOf(resolved)
    return [replace(s, about=spoken_of.about(s)) for s in out]


def asked(resolved: Resolved, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    """Yield each question of an interview with the entity that is asked: whoever answers next, or, where no answer has
    a label, the one person of the headline.
    """
    turns, blocks = _turns(resolved), resolved.parsed.blocks
    speakers = _speakers(turns, resolved, lexicon)
    titles = [b.span for b in blocks if b.kind is BlockKind.TITLE]
    people = [e for e in resolved.entities if e.kind is Kind.PERSON]
    named = [e.id for e in people if any(m.span.begin < t.end for t in titles[:1] for m in e.mentions)]
    alone = named[0] if len(named) == 1 else None
    for n, turn in enumerate(turns):
        later = (speakers[t.label] for t in turns[n + 1 :] if speakers.get(t.label) is not None)
        if turn.label not in speakers and (answers := next(later, alone)) is not None:
            yield Span(turn.begin, blocks[turn.blocks[0]].span.end), answers


def _names(resolved: Resolved, block: Block, person: str) -> bool:
    """Tell whether a paragraph speaks of a person by name."""
    mentions = next(e.mentions for e in resolved.entities if e.id == person)
    return any(m.kind is MentionKind.NAME and block.span.covers(m.span) for m in mentions)


def _statement(resolved: Resolved, span: Span, speaker: str, label: str) -> Statement:
    first = resolved.parsed.tokens_in(span)[0]
    ground = Ground(
        "rule interview", "speaker", label, SURE, span, speaker, note="the label of the paragraph"
    )
    return Statement(
        id="",
        text=span.of(resolved.parsed.article.text),
        span=span,
        sentence=resolved.parsed.sentence_span(first),
        speaker=speaker,
        direct=True,
        confidence=SURE,
        reason="a turn of an interview",
        grounds=(ground,),
    )


def _turns(resolved: Resolved) -> list[Turn]:
    """Return the labelled stretches of an article, with the paragraphs that go on behind them up to the next label.

    Behind the last label only what is said in the first person goes on: the rest may be the article's own.
    """
    text, blocks = resolved.parsed.article.text, resolved.parsed.blocks
    bracketed, found = 0, list[tuple[int, re.Match[str]]]()
    for i, block in enumerate(blocks):
        for form in (_BRACKETED, _PLAIN) if _is_running(block) else ():
            hit = form.match(text, block.span.begin, block.span.end)
            if hit is not None:
                found.append((i, hit))
                bracketed += form is _BRACKETED
                break
    again = max(Counter(hit[1] for _, hit in found).values(), default=0)
    if not bracketed and (len(found) < LEAST or again < 2):
        return []
    end = found[-1][0] + 1
    while end < len(blocks) and _FIRST_PERSON.search(blocks[end].span.of(text)):
        end += 1
    ends = [i for i, _ in found[1:]] + [end]
    return [
        Turn(hit[1], hit.end(), tuple(k for k in range(i, end) if _is_running(blocks[k])))
        for (i, hit), end in zip(found, ends, strict=True)
    ]


def _is_running(block: Block) -> bool:
    return block.kind is BlockKind.BODY and block.last > block.first


def _asking(resolved: Resolved, turns: list[Turn], lexicon: Lexicon) -> set[str]:
    """Return the labels of who asks: known ones, and those under which most paragraphs end in a question."""
    text, asked, all_ = resolved.parsed.article.text, Counter[str](), Counter[str]()
    for turn in turns:
        block = resolved.parsed.blocks[turn.blocks[0]]
        all_[turn.label] += 1
        asked[turn.label] += text[: block.span.end].rstrip().endswith("?")
    known = lexicon.tables.constructions.interviewers
    return {label for label, n in all_.items() if label.lower() in known or 2 * asked[label] > n}


def _speakers(turns: list[Turn], resolved: Resolved, lexicon: Lexicon) -> dict[str, str | None]:
    """Return for each label of those who do not ask whom it names, or None."""
    asking = _asking(resolved, turns, lexicon)
    people = [e for e in resolved.entities if e.kind is Kind.PERSON]
    labels = {turn.label for turn in turns} - asking
    return {label: _speaker(label, turns[0].begin, people, resolved, lexicon) for label in labels}


def _speaker(
    written: str, begin: int, people: list[Entity], resolved: Resolved, lexicon: Lexicon
) -> str | None:
    """Return the person whom a label names: in full, by the last name in any letters, or by initials; of "A:" whom the
    interview that begins there is with.
    """
    label = re.sub(r"\s*\(.*", "", written)
    if label.lower() in lexicon.tables.constructions.interviewees:
        return _introduced(people, resolved, begin)
    words = [w for w in re.split(r"[\s.]+", label.casefold()) if w]
    if not words:
        return None
    tests = (
        lambda name: name.casefold() == label.casefold(),
        lambda name: name.casefold().split()[-1] == words[-1],
        lambda name: label.isupper() and "".join(w[0] for w in name.split()) == label.replace(".", ""),
    )
    for test in tests:
        named = [e.id for e in people if any(test(n) for n in (e.name, *e.aliases) if n.split())]
        if len(named) == 1:
            return named[0]
    return None


def _introduced(people: list[Entity], resolved: Resolved, end: int) -> str | None:
    """Return whom the text before an interview names most often, bylines left out, if that is one person."""
    text, blocks = resolved.parsed.article.text, resolved.parsed.blocks
    bylines = [b.span for b in blocks if _BYLINE.fullmatch(b.span.of(text).strip())]
    named = Counter(
        person.id
        for person in people
        for mention in person.mentions
        if mention.span.begin < end and not any(b.begin <= mention.span.begin < b.end for b in bylines)
    )
    most = max(named.values(), default=0)
    found = [person for person, times in named.items() if times == most]
    return found[0] if len(found) == 1 else None
