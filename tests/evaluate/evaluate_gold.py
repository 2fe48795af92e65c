"""A made-up article with its annotation, and facts that are right about it but for what a test changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from builders import article, facts_to_graph, span

from kg.evaluate.findings import Judged
from kg.evaluate.gold import load_gold
from kg.evaluate.judge import judge
from kg.model import Entity, Event, Facts, Kind, Mention, MentionKind, Modality, Role, Span, Statement

TEXT = (
    "Mira Okafor, the mayor of Port Elm, accused Tidewater Ltd on Friday of dumping oil. "
    '"They poisoned the bay," she said.'
)
SENTENCES = (Span(0, TEXT.index('"') - 1), Span(TEXT.index('"'), len(TEXT)))
SAID = "They poisoned the bay"


def at(words: str) -> list[int]:
    found = span(TEXT, words)
    return [found.begin, found.end]


def gold() -> dict[str, Any]:
    """The annotation, to be changed at will."""
    return {
        "entities": [
            {
                "id": "e1",
                "type": "Person",
                "name": "Mira Okafor",
                "aliases": [],
                "mentions": [at("Mira Okafor"), at("she")],
            },
            {"id": "e2", "type": "Place", "name": "Port Elm", "aliases": [], "mentions": [at("Port Elm")]},
            {
                "id": "e3",
                "type": "Organization",
                "name": "Tidewater Ltd",
                "aliases": ["Tidewater"],
                "mentions": [at("Tidewater Ltd"), at("They")],
            },
        ],
        "roles": [{"person": "e1", "title": "mayor", "organization": "e2", "former": False}],
        "quotes": [
            {"speaker": "e1", "speaker_text": None, "direct": True, "cue": "said", "span": at(SAID + ",")}
        ],
        "events": [
            {
                "type": "ACCUSE",
                "trigger": at("accused"),
                "agent": ["e1"],
                "patient": ["e3"],
                "place": [],
                "date": None,
                "modality": "asserted",
            }
        ],
    }


def entities() -> dict[str, Entity]:
    def thing(key: str, kind: Kind, name: str, *words: str) -> Entity:
        mentions = tuple(Mention(span(TEXT, w), MentionKind.NAME) for w in (name, *words))
        return Entity(id=key, kind=kind, name=name, mentions=mentions)

    return {
        "m": thing("m", Kind.PERSON, "Mira Okafor", "she"),
        "p": thing("p", Kind.PLACE, "Port Elm"),
        "t": thing("t", Kind.ORGANIZATION, "Tidewater Ltd", "They"),
    }


def role(**more: Any) -> Role:
    made: dict[str, Any] = {
        "person": "m",
        "title": "mayor",
        "organization": "p",
        "former": False,
        "span": span(TEXT, "mayor"),
        "sentence": SENTENCES[0],
        "confidence": 0.9,
    }
    return Role(**made | more)


def event(**more: Any) -> Event:
    made: dict[str, Any] = {
        "id": "v1",
        "event_class": "plover:Accuse",
        "label": "Mira Okafor accused Tidewater Ltd",
        "trigger": "accused",
        "spans": (span(TEXT, "accused"),),
        "sentences": (SENTENCES[0],),
        "agents": ("m",),
        "patients": ("t",),
        "modality": Modality.ASSERTED,
        "confidence": 0.8,
    }
    return Event(**made | more)


def statement(**more: Any) -> Statement:
    made: dict[str, Any] = {
        "id": "s1",
        "text": SAID,
        "span": span(TEXT, SAID),
        "sentence": SENTENCES[1],
        "speaker": "m",
        "direct": True,
        "cue": "said",
        "confidence": 0.7,
    }
    return Statement(**made | more)


def facts(**more: Any) -> Facts:
    made: dict[str, Any] = {
        "entities": tuple(entities().values()),
        "roles": (role(),),
        "events": (event(),),
        "statements": (statement(),),
    }
    return Facts(article(TEXT, "oil"), **made | more)


def write(folder: Path, annotation: object, text: str = TEXT, name: str = "oil") -> Path:
    """Write the article and its annotation; return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    (folder / f"{name}.gold.json").write_text(json.dumps(annotation), encoding="utf-8")
    return folder


def judged(folder: Path, found: Facts, annotation: dict[str, Any] | None = None) -> Judged:
    """Judge facts against the annotation."""
    (one,) = load_gold(write(folder, gold() if annotation is None else annotation))
    return judge(one, facts_to_graph([found]))
