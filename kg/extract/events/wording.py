"""Events in words: each gets its label and what it is about, both in the words of its article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extract.events.themes import MOST, themes_of
from kg.extract.labels import event_label, naming_of
from kg.extract.labels.label import TELLINGS, tokens_of
from kg.lexicon import Lexicon
from kg.model import Entity, Event
from kg.parsed import Parsed


def worded(
    events: Iterable[Event], parsed: Parsed, entities: Iterable[Entity], lexicon: Lexicon
) -> tuple[Event, ...]:
    """Return events with `label` and `themes` made from the words at their spans, where they have none yet.

    `entities` are all that the events speak of, unnamed groups too, with their mentions; `parsed` is their article.
    """
    naming = naming_of(parsed, entities)
    out = []
    for event in events:
        themes: dict[str, str] = {}
        for span in event.spans[:TELLINGS]:
            tokens = tokens_of(parsed, span)
            if tokens:
                found = themes_of(parsed, tokens, (*event.agents, *event.patients), naming, lexicon)
                themes.update((theme.lower(), theme) for theme in found if theme.lower() not in themes)
        label = event.label or event_label(parsed, event, naming, lexicon)
        out.append(replace(event, label=label, themes=event.themes or tuple(themes.values())[:MOST]))
    return tuple(out)
