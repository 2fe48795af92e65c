"""Who stands on which side of an event, and who on none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import article

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract import extract
from kg.extract.argument_roles import accusers_over, apart, is_left_out, outweighed
from kg.extract.clause_membership import (
    is_anothers_goal,
    is_anothers_subject,
    is_apart,
    is_no_doer,
    predecessor,
)
from kg.model import Event, Facts, Ground, Span
from kg.parsed import Parsed, Token
from kg.resolve import resolve


def event(event_class: str, agents: tuple[str, ...], patients: tuple[str, ...]) -> Event:
    """An event of nothing but its participants."""
    return Event("v1", event_class, "", "met", (Span(0, 1),), (Span(0, 1),), agents, patients)


def facts(text: str, resources: Resources, **more: object) -> Facts:
    """What is extracted from a text."""
    (parsed,) = annotate([article(text, **more)], resources.nlp)
    reading = resources.reader.read(parsed, resources.lexicon)
    resolved = resolve(parsed, resources.lexicon, resources.world, reading)
    return extract(resolved, reading, resources.lexicon)


def test_nobody_stands_on_both_sides() -> None:
    met = apart(event("plover:Consult", ("a", "b"), ("b", "c")))
    assert (met.agents, met.patients) == (("a", "b"), ("c",))
    died = apart(event("nkg:Die", ("a",), ("a",)))
    assert (died.agents, died.patients) == ((), ("a",))
    shot = apart(event("plover:Assault", ("a",), ("a",)), reflexive=True)
    assert (shot.agents, shot.patients) == (("a",), ("a",))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "agents", "patients"),
    [
        ("Michael Tarn met Rosa Medel in Amman.", {"Michael Tarn"}, {"Rosa Medel"}),
        ("Zelia Corp. merged with Paylane Inc. on Tuesday.", {"Zelia Corp."}, {"Paylane Inc."}),
        ("Norway and Chad held talks in Oslo.", {"Norway", "Chad"}, set()),
        ("Ivo Mrak clashed with Lena Ruiz over the plan.", {"Ivo Mrak"}, {"Lena Ruiz"}),
    ],
)
def test_sides_are_as_the_sentence_puts_them(
    text: str, agents: set[str], patients: set[str], resources: Resources
) -> None:
    found = facts(text, resources)
    names = {e.id: e.name for e in found.entities}
    assert ({names[a] for e in found.events for a in e.agents}) == agents
    assert ({names[p] for e in found.events for p in e.patients}) == patients


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The mayor of Leeds was arrested for fraud.", "Leeds"),
        ("Police arrested the Leeds mayor for fraud.", "Leeds"),
        ("The bishop of Bergen resigned on Monday.", "Bergen"),
        ("A Norwegian spokesman accused Chad of theft.", "Norway"),
    ],
)
def test_a_town_is_not_its_mayor(text: str, place: str, resources: Resources) -> None:
    found = facts(text, resources)
    names = {e.id: e.name for e in found.entities}
    assert place not in {names[x] for e in found.events for x in (*e.agents, *e.patients)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Oman, but not Qatar, recalled its envoy.", "Qatar"),
        ("Oman and not Chad recalled its envoy.", "Chad"),
        ("Oman, but not Qatar, recalled its envoy.", ""),
    ],
)
def test_who_is_left_out(text: str, out: str, resources: Resources) -> None:
    (parsed,) = annotate([article(text)], resources.nlp)
    names = ("Oman", "Qatar", "Chad")
    left_out = {t.text for t in parsed.tokens if t.text in names and is_left_out(parsed, t)}
    assert left_out == {out} if out else "Oman" not in left_out


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "accusers"),
    [
        ("Oman accused the rebels of killing a nun.", "killing", {"Oman"}),
        ("A spokesman of Oman accused the US-led coalition of killing nine.", "killing", {"spokesman"}),
        ("The rebels were accused by Oman of killing a nun.", "killing", {"Oman"}),
        ("Oman and Chad blamed the rebels for killing a nun.", "killing", {"Oman", "Chad"}),
        ("The rebels killed a nun.", "killed", set()),
        ("Oman urged the rebels to kill nobody.", "kill", set()),
    ],
)
def test_who_accuses_is_not_who_did_it(
    text: str, trigger: str, accusers: set[str], resources: Resources
) -> None:
    (parsed,) = annotate([article(text)], resources.nlp)
    verb = next(t for t in parsed.tokens if t.text == trigger)
    assert {parsed.tokens[i].text for i in accusers_over(parsed, verb, resources.lexicon)} == accusers


def words(text: str, resources: Resources, *wanted: str) -> tuple[Parsed, list[Token]]:
    """A text's parse and some of its tokens."""
    (parsed,) = annotate([article(text)], resources.nlp)
    return parsed, [next(t for t in parsed.tokens if t.text == word) for word in wanted]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "word", "of_another"),
    [
        ("A nun was killed and nine monks were rescued.", "rescued", "nun", True),
        ("A nun was killed and nine monks were rescued.", "rescued", "monks", False),
        ("A nun was found and rescued.", "rescued", "nun", False),
    ],
)
def test_the_subject_of_one_passive_is_not_that_of_the_next(
    text: str, trigger: str, word: str, of_another: bool, resources: Resources
) -> None:
    parsed, (verb, noun) = words(text, resources, trigger, word)
    assert is_anothers_subject(parsed, verb, noun) is of_another


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "time", "away"),
    [
        ("A man who was arrested on Friday was released.", "released", "Friday", True),
        ("A man who was arrested on Friday was released.", "arrested", "Friday", False),
        ("The firms say that they replaced the 1991 agreement.", "replaced", "1991", True),
        ("The firms say that they replaced the 1991 agreement.", "agreement", "1991", False),
        ("Officials said on Monday that he had resigned.", "resigned", "Monday", False),
    ],
)
def test_a_time_of_another_clause_stands_apart(
    text: str, trigger: str, time: str, away: bool, resources: Resources
) -> None:
    parsed, (word, when) = words(text, resources, trigger, time)
    assert is_apart(parsed, word, when) is away


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "word", "no_doer"),
    [
        ("Strikes against Oman and Chad by Mali killed four.", "Strikes", "Chad", True),
        ("Strikes against Oman and Chad by Mali killed four.", "Strikes", "Mali", False),
        ("Norway condemned Chad's invasion.", "invasion", "Norway", True),
        ("Norway condemned Chad's invasion.", "invasion", "Chad", False),
        ("Norway rejected an offer by Chad.", "offer", "Norway", True),
        ("Norway launched an invasion.", "invasion", "Norway", False),
        ("Norway rejected an offer by Chad to leave.", "leave", "Norway", True),
    ],
)
def test_who_is_aimed_at_or_only_speaks_of_a_deed_does_not_do_it(
    text: str, trigger: str, word: str, no_doer: bool, resources: Resources
) -> None:
    parsed, (noun, name) = words(text, resources, trigger, word)
    assert is_no_doer(parsed, noun, name, resources.lexicon.tables.constructions) is no_doer


@pytest.mark.model
def test_who_is_shot_in_a_headline_did_not_shoot(resources: Resources) -> None:
    title = "Officer Ana Roth shot in Leeds"
    found = facts(
        f"{title}\n\nOfficer Ana Roth died in Leeds on Friday.\n",
        resources,
        title=title,
        title_span=Span(0, len(title)),
    )
    roth = {e.id for e in found.entities if "Roth" in e.name}
    assert roth and not any(roth & {*e.agents} for e in found.events if e.event_class == "plover:Assault")


@pytest.mark.model
def test_a_much_less_likely_participant_goes_unless_he_is_of_a_list(resources: Resources) -> None:
    parsed, (oman, chad, mali) = words(
        "Rebels attacked Oman and Chad. Mali paid.", resources, "Oman", "Chad", "Mali"
    )
    grounds = tuple(
        Ground("head event.patient", "patients", "", score, parsed.span(t.i, t.i + 1), t.text)
        for t, score in ((oman, 0.95), (chad, 0.6), (mali, 0.6))
    )
    told = Event(
        "v1", "plover:Assault", "", "attacked", (Span(0, 1),), (Span(0, 1),), (), ("Oman", "Chad", "Mali")
    )
    left = outweighed(replace(told, grounds=grounds), parsed, 0.3)
    assert left.patients == ("Oman", "Chad")
    assert [g.entity for g in left.grounds if not g.kept] == ["Mali"]


@pytest.mark.model
def test_who_is_succeeded_retired_and_not_the_nominee(resources: Resources) -> None:
    text = "Ana Roth, of Ohio, to be a District Judge, vice Benedict Lund, retired."
    parsed, (verb, lund) = words(text, resources, "retired", "Lund")
    found = predecessor(parsed, verb)
    assert found is not None and lund.i in found and len(found) <= 3
    (be,) = (t for t in parsed.tokens if t.text == "be")
    assert predecessor(parsed, be) is None


@pytest.mark.model
def test_where_the_next_verb_leads_is_no_place_of_the_first(resources: Resources) -> None:
    parsed, (verb, next_verb, place) = words(
        "A boy was rescued in Bergen and flown to Oslo.", resources, "rescued", "flown", "Oslo"
    )
    assert is_anothers_goal(parsed, verb, place) and not is_anothers_goal(parsed, next_verb, place)


@pytest.mark.model
def test_a_request_to_the_reader_is_no_happening(resources: Resources) -> None:
    found = facts("For further information, please contact the Bureau of Energy in Oslo.", resources)
    assert not [e for e in found.events if e.trigger == "contact"]
