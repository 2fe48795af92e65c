"""Which tellings of an article are joined into one event, and which are kept apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from kg.annotate import annotate
from kg.builder import Resources
from kg.errors import LexiconError
from kg.extract.events.coreference import Tellings
from kg.extract.events.retellings import FEATURES, EventMention, differ, load_retellings, ruled_out
from kg.model import Event, Modality, Span, TimeRef
from kg.parsed import Block, BlockKind, Parsed, Sentence, Token
from tests.builders import article


def _parsed(*sentences: str) -> Parsed:
    """Return an article of a headline and paragraphs of a sentence each; its words are names, verbs end in "ed"."""
    text = ""
    tokens: list[Token] = []
    parts: list[Sentence] = []
    blocks: list[Block] = []
    for n, sentence in enumerate(sentences):
        first, begin = len(tokens), len(text)
        words = sentence.split()
        root = first + next(i for i, w in enumerate(words) if w.endswith("ed"))
        for word in words:
            verb = word.endswith("ed")
            tag, pos, dep = ("VBD", "VERB", "ROOT") if verb else ("NNP", "PROPN", "nsubj")
            i = len(tokens)
            at = len(text)
            tokens.append(
                Token(i, word, word.lower(), pos, tag, dep, root, at, at + len(word), n, n, i, i, True)
            )
            text += word + " "
        span = Span(begin, len(text) - 1)
        parts.append(Sentence(span, first, len(tokens), n))
        blocks.append(Block(span, BlockKind.TITLE if n == 0 else BlockKind.BODY, first, len(tokens)))
    children = tuple(
        tuple(t.i for t in tokens if t.head == parent.i and t.i != parent.i) for parent in tokens
    )
    return Parsed(article(text), tuple(tokens), children, tuple(parts), tuple(blocks), (), ())


def _event(parsed: Parsed, sentence: int, **parts: Any) -> Event:
    whole = parsed.sentences[sentence]
    verb = next(t for t in parsed.tokens[whole.first : whole.last] if t.pos == "VERB")
    told = Event(
        "",
        "plover:Protest",
        "",
        verb.text,
        (Span(verb.begin, verb.end),),
        (whole.span,),
        agents=("e1",),
    )
    return replace(told, **parts)


def _merged(parsed: Parsed, *events: Event) -> list[Event]:
    return Tellings(parsed, load_retellings()).merged(events)


PARSED = _parsed("Bavarians marched", "Bavarians marched", "Saxons marched", "Saxons fasted")


def test_the_headline_and_the_body_tell_of_one_protest() -> None:
    (made,) = _merged(
        PARSED, _event(PARSED, 0), _event(PARSED, 1, patients=("e2",), time=TimeRef("2024-05-10"))
    )
    assert len(made.spans) == 2
    assert (made.agents, made.patients, made.time) == (("e1",), ("e2",), TimeRef("2024-05-10"))
    assert any(g.source == "model retellings" and "same word" in g.note for g in made.grounds)


@pytest.mark.parametrize(
    "other",
    [
        {"agents": ("e9",), "patients": ("e8",)},
        {"modality": Modality.NEGATED},
        {"event_class": "nkg:Die", "agents": (), "patients": ("e1",)},
    ],
)
def test_what_contradicts_keeps_tellings_apart(other: dict[str, Any]) -> None:
    assert len(_merged(PARSED, _event(PARSED, 0), _event(PARSED, 2, **other))) == 2


def test_other_dates_are_other_happenings() -> None:
    first = _event(PARSED, 0, time=TimeRef("2024-05-10"))
    assert len(_merged(PARSED, first, _event(PARSED, 1, time=TimeRef("2024-05-11")))) == 2
    assert len(_merged(PARSED, first, _event(PARSED, 1, time=TimeRef("2024-05")))) == 1


def test_items_of_a_digest_share_who_or_where() -> None:
    def told(digest: bool, **parts: Any) -> int:
        found = [_event(PARSED, 0, **parts), _event(PARSED, 1, agents=(), **parts)]
        return len(Tellings(PARSED, load_retellings(), digest).merged(found))

    assert told(False) == 1
    assert told(True) == 2
    assert told(True, places=("e5",)) == 1


def test_a_month_holds_its_days() -> None:
    day, month = _event(PARSED, 0, time=TimeRef("2024-05-10")), _event(PARSED, 1, time=TimeRef("2024-05"))
    span = _event(PARSED, 1, time=TimeRef("2024-05-09", "2024-05-11"))
    assert not differ(day, month)
    assert not differ(day, span)
    assert differ(day, _event(PARSED, 1, time=TimeRef("2024-06", "2024-07")))


def test_every_feature_has_a_weight() -> None:
    assert set(load_retellings().weights) == FEATURES


def test_a_file_without_a_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "safe_load", lambda text: {"least": 0.5, "weights": {}})
    with pytest.raises(LexiconError, match="lacks the weight"):
        load_retellings.__wrapped__()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("The new agreement replaced the 1991 agreement.", True),
        ("The first flight was better than the second flight.", True),
        ("A new agreement was signed. The agreement is long.", False),
        ("A test flight is due in May and a commercial flight in June.", True),
    ],
)
def test_what_is_counted_otherwise_is_another_happening(text: str, apart: bool, resources: Resources) -> None:
    (parsed,) = annotate([article(text)], resources.nlp)
    one, other = (t for t in parsed.tokens if t.text in ("agreement", "flight"))
    made = [
        EventMention(
            Event("", "plover:Agree", "", t.text, (Span(t.begin, t.end),), (Span(t.begin, t.end),)), t, parsed
        )
        for t in (one, other)
    ]
    assert ruled_out(*made) is apart
