"""An explanation for people and for programs: the sentence with its marks, then every ground, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import shorten
from typing import Any

from kg.explain.reread import Explanation, Fact, FactInArticle
from kg.model import Entity, Event, Ground, Mention, Relation, Role, Span, Statement

_PARTS: dict[type, tuple[str, ...]] = {
    Event: ("agents", "patients", "places"),
    Statement: ("speaker", "co_speakers", "addressee"),
    Role: ("person", "organization"),
    Relation: ("subject", "object"),
}
_ORDER = (
    *("trigger", "text", "title", "predicate", "event_class", "modality", "former"),
    *("agents", "patients", "places", "time", "speaker", "cue", "addressee", "person", "organization"),
    *("subject", "object", "confidence"),
)
_WIDTH = 60
_CALLED = {"event_class": "class", "predicate": "relation"}


def as_json(found: Explanation) -> dict[str, Any]:
    """Return an explanation as plain values; offsets are code points of the article's text."""
    return {
        "fact": found.fact.iri,
        "kind": found.fact.kind,
        "tellings": [_telling(t) for t in found.tellings],
    }


def _telling(telling: FactInArticle) -> dict[str, Any]:
    article, fact = telling.facts.article, telling.fact
    return {
        "article": {"id": article.id, "title": article.title, "date": article.date},
        "sentences": [_stretch(span, article.text) for span in _sentences(fact)],
        "marked": [marked(telling, span) for span in _sentences(fact)],
        "says": _says(telling),
        "confidence": fact.confidence,
        "participants": [
            {"part": part, **_entity(telling, identifier)} for part, identifier in _participants(fact)
        ],
        "grounds": [_ground(telling, ground) for ground in ordered(fact.grounds)],
        "differences": list(telling.differences),
    }


def _says(telling: FactInArticle) -> dict[str, Any]:
    """Return what the fact says beside who takes part."""
    fact = telling.fact
    if isinstance(fact, Event):
        time = None if fact.time is None else [fact.time.begin, fact.time.end]
        reports = next((s.text for s in telling.facts.statements if s.id == fact.according_to), None)
        said = {"class": fact.event_class, "label": fact.label, "modality": fact.modality.value, "time": time}
        return {**said, "themes": list(fact.themes), "according_to": reports}
    if isinstance(fact, Statement):
        return {"text": fact.text, "direct": fact.direct, "cue": fact.cue}
    if isinstance(fact, Role):
        return {"title": fact.title, "former": fact.former, "modality": fact.modality.value}
    return {"predicate": fact.predicate}


def _participants(fact: Fact) -> Iterator[tuple[str, str]]:
    for part in _PARTS[type(fact)]:
        value = getattr(fact, part)
        for identifier in value if isinstance(value, tuple) else (value,):
            if identifier is not None:
                yield part, identifier


def _entity(telling: FactInArticle, identifier: str) -> dict[str, Any]:
    """Return a participant with the mentions of it in the sentences of the fact."""
    entity = _of(telling, identifier)
    text = telling.facts.article.text
    mentions = [
        {**_stretch(m.span, text), "kind": m.kind.value, "confidence": m.confidence, "reason": m.reason}
        for m in _mentions(telling, entity)
    ]
    return {"id": entity.id, "name": entity.name, "kind": entity.kind.value, "mentions": mentions}


def _of(telling: FactInArticle, identifier: str) -> Entity:
    return next(e for e in telling.facts.entities if e.id == identifier)


def _mentions(telling: FactInArticle, entity: Entity) -> list[Mention]:
    sentences = _sentences(telling.fact)
    return [m for m in entity.mentions if any(span.covers(m.span) for span in sentences)]


def _sentences(fact: Fact) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(fact.sentences)) if isinstance(fact, Event) else (fact.sentence,)


def _spans(fact: Fact) -> tuple[Span, ...]:
    if isinstance(fact, Event):
        return fact.spans
    return () if isinstance(fact, Relation) else (fact.span,)


def _stretch(span: Span, text: str) -> dict[str, Any]:
    return {"begin": span.begin, "end": span.end, "text": span.of(text)}


def _ground(telling: FactInArticle, ground: Ground) -> dict[str, Any]:
    named = {e.id: e.name for e in telling.facts.entities}
    text = telling.facts.article.text
    return {
        "source": ground.source,
        "part": ground.part,
        "value": named.get(ground.entity, ground.entity) if ground.entity else ground.value,
        "entity": ground.entity,
        "score": ground.score,
        "span": None if ground.span is None else _stretch(ground.span, text),
        "kept": ground.kept,
        "note": ground.note,
    }


def ordered(grounds: tuple[Ground, ...]) -> list[Ground]:
    """Return grounds part by part, what speaks for the fact before what was ruled out; none twice."""
    known = {part: place for place, part in enumerate(_ORDER)}
    unique = dict.fromkeys(replace(g) for g in grounds)
    return sorted(unique, key=lambda g: (known.get(g.part, len(known)), not g.kept))


def marked(telling: FactInArticle, sentence: Span) -> str:
    """Return a sentence with the words of the fact between `*` and those of its participants between `[` and `]`."""
    text, marks = telling.facts.article.text, list[tuple[int, int, str]]()
    for span in _spans(telling.fact):
        if sentence.overlaps(span):
            begin, end = max(span.begin, sentence.begin), min(span.end, sentence.end)
            marks += [(begin, 1, "*"), (end, 0, "*")]
    for identifier in dict.fromkeys(identifier for _, identifier in _participants(telling.fact)):
        for mention in _mentions(telling, _of(telling, identifier)):
            if sentence.covers(mention.span):
                marks += [(mention.span.begin, 1, "["), (mention.span.end, 0, "]")]
    out, last = [], sentence.begin
    for place, _, sign in sorted(marks):
        out += [text[last:place], sign]
        last = place
    return " ".join("".join([*out, text[last : sentence.end]]).split())


def as_text(found: Explanation) -> str:
    """Return an explanation to be read on a terminal; what the text holds of control characters is taken out."""
    lines = [f"{found.fact.kind} {found.fact.iri}"]
    for telling in found.tellings:
        lines += ["", *_lines(telling)]
    return "\n".join("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines) + "\n"


def _lines(telling: FactInArticle) -> Iterator[str]:
    article, told = telling.facts.article, _telling(telling)
    yield f"{article.id}{f', {article.date}' if article.date else ''}{f': {article.title}' if article.title else ''}"
    for words in told["marked"]:
        yield f"  {words}"
    yield ""
    for name, value in told["says"].items():
        if value not in (None, [], ""):
            yield f"  {name.replace('_', ' '):<12} {_plain(value)}"
    for one in told["participants"]:
        how = {f"{m['kind']} “{m['text']}” {m['confidence']:.2f}" for m in one["mentions"]}
        mentions = f": {', '.join(sorted(how))}" if how else ""
        yield f"  {one['part'].rstrip('s'):<12} {one['name']} ({one['kind']}){mentions}"
    yield f"  confidence   {telling.fact.confidence:.2f}"
    for line in telling.differences:
        yield f"  but: {line}"
    yield ""
    yield "  What spoke (+ for it, - ruled out):"
    for one in told["grounds"]:
        score = "    " if one["score"] is None else f"{one['score']:.2f}"
        words = "" if one["span"] is None else f" “{shorten(one['span']['text'], _WIDTH, placeholder=' …')}”"
        value = str(one["value"])
        same = one["span"] is not None and one["span"]["text"] == value
        value = shorten(value, _WIDTH, placeholder=" …")
        note = f" ({one['note']})" if one["note"] else ""
        part = _CALLED.get(one["part"], one["part"]).replace("_", " ")
        said = f"{'' if same else ' ' + value if value else ''}{words}"
        yield f"  {'+' if one['kept'] else '-'} {part:<12} {score}  {one['source']}:{said}{note}"


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if one is not None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
