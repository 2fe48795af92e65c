"""Who stands on which side of an event, and who on none."""

from __future__ import annotations

import pytest
from builders import article

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract import extract
from kg.extract.argument_roles import accusers_over, apart, is_left_out
from kg.model import Event, Facts, Span
from kg.resolve import resolve


def event(event_class: str, agents: tuple[str, ...], patients: tuple[str, ...]) -> Event:
    """An event of nothing but its participants."""
    return Event("v1", event_class, "", "met", (Span(0, 1),), (Span(0, 1),), agents, patients)


def facts(text: str, resources: Resources) -> Facts:
    """What is extracted from a text."""
    (parsed,) = annotate([article(text)], resources.nlp)
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
