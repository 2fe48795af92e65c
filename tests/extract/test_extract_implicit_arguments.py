"""Events completed by what other tellings of the article name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from kg.annotate import annotate
from kg.builder import Resources, build
from kg.extract.decoding import load_thresholds
from kg.extract.events.implicit import completed, is_of_another_time
from kg.heads.implicit import ImplicitArguments
from kg.heads.narrative import Narrative
from kg.heads.small import PrincipalComponents
from kg.model import Event, Kind, Span, TimeRef
from kg.parsed import Block, BlockKind, Parsed, Resolved, Sentence, Token
from tests.builders import article, entity

NONE = PrincipalComponents(np.zeros(4, np.float32), np.zeros((4, 2), np.float32))
VECTORS = np.zeros((20, 4), np.float32)
TEXT = "A bomb hit Gao on Friday. The attack killed nine."


class Scripted(ImplicitArguments):
    """A head that says what it is told to."""

    def __init__(self, **said: list[tuple[int, str, float]]) -> None:
        super().__init__((), NONE, {})
        object.__setattr__(self, "networks", said)

    def scores(self, narrative: Narrative, slot: str) -> Iterator[tuple[int, str, float]]:
        yield from self.networks.get(slot, [])  # type: ignore[misc]


def resolved() -> Resolved:
    tokens, begin = [], 0
    for i, word in enumerate(TEXT.replace(".", " .").split()):
        begin = TEXT.index(word, begin)
        sentence = int(i > 6)
        tokens.append(
            Token(
                i,
                word,
                word.lower(),
                "NOUN",
                "NN",
                "dep",
                i,
                begin,
                begin + len(word),
                sentence,
                0,
                i,
                i,
                True,
            )
        )
        begin += len(word)
    whole = Span(0, len(TEXT))
    first, last = Span(0, 25), Span(26, len(TEXT))
    parsed = Parsed(
        article(TEXT, date="2024-05-13"),
        tuple(tokens),
        tuple(() for _ in tokens),
        (Sentence(first, 0, 7, 0), Sentence(last, 7, len(tokens), 0)),
        (Block(whole, BlockKind.BODY, 0, len(tokens)),),
        (),
        (),
    )
    return Resolved(parsed, (entity(TEXT, "Gao", Kind.PLACE),), (), {}, {})


def events() -> list[Event]:
    hit = Span(7, 10)
    attack = Span(30, 36)
    first = Event(
        "", "plover:Assault", "", "hit", (hit,), (Span(0, 25),), places=("Gao",), time=TimeRef("2024-05-10")
    )
    return [first, replace(first, trigger="attack", spans=(attack,), places=(), time=None)]


def test_what_is_likely_enough_is_taken_over_and_the_likeliest_date_alone() -> None:
    head = Scripted(
        place=[(1, "Gao", 0.9)], date=[(1, "2024-05-10", 0.8), (1, "2024-05-13", 0.7)], agent=[(1, "x", 0.1)]
    )
    made = completed(events(), resolved(), VECTORS, head, load_thresholds())
    assert (made[1].places, made[1].time, made[1].agents) == (("Gao",), TimeRef("2024-05-10"), ())
    assert made[0] == events()[0]


def test_nobody_takes_two_parts() -> None:
    head = Scripted(agent=[(1, "Gao", 0.8)], place=[(1, "Gao", 0.9)])
    made = completed(events(), resolved(), VECTORS, head, load_thresholds())[1]
    assert (made.agents, made.places) == (("Gao",), ())


def test_who_only_speaks_of_an_attack_did_not_make_it_nor_on_that_day() -> None:
    head = Scripted(agent=[(1, "Gao", 0.9)], date=[(1, "2024-05-10", 0.8)])
    told = events()
    talked = replace(told[0], event_class="plover:Consult", agents=("Gao",), places=())
    made = completed([talked, told[1]], resolved(), VECTORS, head, load_thresholds())[1]
    assert (made.agents, made.time) == ((), None)
    made = completed(
        [replace(talked, event_class="plover:Assault"), told[1]], resolved(), VECTORS, head, load_thresholds()
    )[1]
    assert (made.agents, made.time) == (("Gao",), TimeRef("2024-05-10"))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "other"),
    [
        ("The attack followed four deadly shootings in the country.", "shootings", True),
        ("The attack followed a deadly shooting in the country.", "shooting", False),
        ("The list holds events where four people are killed.", "killed", True),
        ("He ran to the mall where four people were killed.", "killed", False),
        ("Nine were killed two years ago.", "killed", True),
    ],
)
def test_a_series_a_definition_and_what_is_long_past_is_not_of_the_day(
    text: str, trigger: str, other: bool, resources: Resources
) -> None:
    (parsed,) = annotate([article(text)], resources.nlp)
    span = next(Span(t.begin, t.end) for t in parsed.tokens if t.text == trigger)
    event = Event("", "plover:Assault", "", trigger, (span,), (Span(0, len(text)),))
    assert is_of_another_time(event, parsed) is other


@pytest.mark.model
def test_the_attack_of_the_next_sentence_was_on_the_same_day(resources: Resources, tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Bomb kills nine in Gao\n\nMay 13, 2024\n\nA bomb hit a market in Gao, Mali, on Friday. "
        "Nine people were killed in the attack in Gao, the army said.\n"
    )
    facts = build([path], resources=resources).facts[0]
    dates = {e.time.begin for e in facts.events if e.time is not None and e.event_class == "plover:Assault"}
    assert dates == {"2024-05-10"}
