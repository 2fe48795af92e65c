"""Statements by cues and quotation marks alone, without the reader: each once, in the order of the text."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.interval_index import Overlaps, SpokenOf
from kg.extract.participants import Participants
from kg.extract.speech.attribution import Speakers
from kg.extract.speech.direct import Quotations, Spoken
from kg.extract.speech.indirect import ReportedSpeech, Reports
from kg.extract.temporal_expressions import Times
from kg.lexicon import Lexicon
from kg.model import Span, Statement
from kg.parsed import Parsed, Resolved


def find_statements(
    resolved: Resolved, people: Participants, times: Times, lexicon: Lexicon
) -> list[Statement]:
    """Return the statements of one article, ids `s1`, `s2`, …"""
    speakers = Speakers(resolved, people, lexicon)
    spoken = Quotations(speakers).run()
    told = Reports(speakers, spoken).run()
    found = [_direct(resolved.parsed, s, speakers, times) for s in spoken]
    said: Overlaps[Span] = Overlaps()
    for one in spoken:
        said.add(one.span, one.span)
    found += [  # what a quotation reports belongs to the words of its speaker
        _indirect(resolved.parsed, t, speakers, times)
        for t in told
        if not any(
            span.covers(t.span) or (t.speaker is None and span.overlaps(t.span)) for span in said.over(t.span)
        )
    ]
    found.sort(key=lambda s: (s.span.begin, -s.span.end, not s.direct))
    kept: dict[int, Statement] = {}
    places: Overlaps[int] = Overlaps()
    for number, statement in enumerate(found):
        near = (n for n in places.over(statement.span) if n in kept)
        rivals = [n for n in near if kept[n].direct == statement.direct]
        if statement.direct or not rivals:
            if statement.span in [kept[n].span for n in rivals]:
                continue
        elif all(kept[n].cue in ("according to", "per") for n in rivals):
            for n in rivals:  # the clause within says more exactly what is said
                del kept[n]
        else:
            continue
        kept[number] = statement
        places.add(statement.span, number)
    spoken_of = SpokenOf(resolved)
    ordered = sorted(kept.values(), key=lambda s: (s.span.begin, -s.span.end))
    return [replace(s, id=f"s{n}", about=spoken_of.about(s)) for n, s in enumerate(ordered, 1)]


def _direct(parsed: Parsed, spoken: Spoken, speakers: Speakers, times: Times) -> Statement:
    sentence = parsed.sentences[parsed.tokens[spoken.first].sent].span
    cue = spoken.cue
    if cue is not None:
        other = parsed.sentence_span(cue)
        sentence = Span(min(sentence.begin, other.begin), max(sentence.end, other.end))
    return Statement(
        id="",
        text=spoken.text,
        span=spoken.span,
        sentence=sentence,
        speaker=spoken.speaker,
        direct=True,
        cue=cue.text if cue is not None else None,
        addressee=speakers.addressee(cue, spoken.speaker) if cue is not None else None,
        time=times.of(cue) if cue is not None else None,
        confidence=round(0.6 + 0.35 * spoken.confidence, 2),
        reason=spoken.reason,
        co_speakers=speakers.with_speaker(cue, spoken.speaker) if cue is not None else (),
    )


def _indirect(parsed: Parsed, told: ReportedSpeech, speakers: Speakers, times: Times) -> Statement:
    verb = told.cue.pos in ("VERB", "AUX") and told.cue_text != "according to"
    return Statement(
        id="",
        text=told.span.of(parsed.article.text),
        span=told.span,
        sentence=parsed.sentence_span(told.cue),
        speaker=told.speaker,
        direct=False,
        cue=told.cue_text,
        addressee=speakers.addressee(told.cue, told.speaker) if verb else None,
        time=times.of(told.cue),
        confidence=round(0.5 + 0.4 * told.prior, 2),
        reason="reported clause",
        co_speakers=speakers.with_speaker(told.cue, told.speaker) if verb else (),
    )
