"""Facts renamed: every id and span of the model is found by its type, and nothing else is touched."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from kg.model import Entity, Event, Ground, Kind, Mention, MentionKind, Role, Span, Statement
from kg.renaming import Renaming

LED = Renaming(
    lambda name: f"w-{name}", lambda name: f"f-{name}", lambda span: Span(span.begin + 5, span.end + 5)
)


def test_ids_and_spans_are_renamed_wherever_they_stand() -> None:
    span = Span(0, 3)
    ground = Ground("head trigger", "agents", "plover:Aid", 0.5, span, "p")
    event = Event(
        "e", "plover:Aid", "aid", "aid", (span,), (span,), ("p", "q"), according_to="s", grounds=(ground,)
    )
    made = LED.of(event)
    moved = Span(5, 8)
    assert (made.id, made.according_to, made.agents, made.patients) == ("f-e", "f-s", ("w-p", "w-q"), ())
    assert (made.spans, made.sentences) == ((moved,), (moved,))
    assert (made.grounds[0].entity, made.grounds[0].span, made.grounds[0].value) == (
        "w-p",
        moved,
        "plover:Aid",
    )
    assert made.label == "aid"
    entity = Entity("p", Kind.PERSON, "p", mentions=(Mention(span, MentionKind.NAME),))
    assert LED.of(entity) == Entity("w-p", Kind.PERSON, "p", mentions=(Mention(moved, MentionKind.NAME),))


def test_what_is_not_there_stays_so() -> None:
    assert LED.of(Role("p", "mayor", None, False, Span(0, 1), Span(0, 1))).organization is None
    assert LED.of(Statement("s", "Yes", Span(0, 1), Span(0, 1), None, True)).speaker is None


def test_entities_that_become_one_are_named_once() -> None:
    one = Renaming(entities=lambda _: "p")
    assert one.of(Event("e", "plover:Aid", "aid", "aid", (), (), ("p", "q"))).agents == ("p",)


def test_the_model_calls_no_id_plain_text() -> None:
    for kind in (Role, Event, Statement, Ground, Entity):
        assert is_dataclass(kind)
        plain = {
            field.name for field in fields(kind) if field.type in ("str", "str | None", "tuple[str, ...]")
        }
        names = {
            "id",
            "person",
            "organization",
            "entity",
            "agents",
            "patients",
            "places",
            "speaker",
            "addressee",
        }
        assert not plain & names
