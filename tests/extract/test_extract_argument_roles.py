"""Who stands on which side of an event, and who on none."""

from __future__ import annotations

import pytest
from builders import article

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract import extract
from kg.extract.decoding import load_thresholds
from kg.extract.events.arguments import ArgumentFinder
from kg.extract.events.clause_membership import (
    is_anothers,
    is_apart,
    is_no_doer,
)
from kg.extract.events.sides import apart, is_left_out
from kg.extract.participants import Participants
from kg.extract.temporal_expressions import Times
from kg.heads.reader import Candidate
from kg.model import Event, Facts, Span
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
        ("Police questioned Falk and freed Vik.", "questioned", "Vik", True),
        ("Police questioned Falk and freed Vik.", "freed", "Vik", False),
        ("Police questioned Falk and freed Vik.", "freed", "Falk", True),
        ("A nun fell ill before a monk was rescued.", "rescued", "nun", True),
        ("Having sued the driver, police detained him.", "detained", "driver", False),
    ],
)
def test_who_suffers_by_one_verb_does_not_by_the_next_that_names_its_own(
    text: str, trigger: str, word: str, of_another: bool, resources: Resources
) -> None:
    parsed, (verb, noun) = words(text, resources, trigger, word)
    assert is_anothers(parsed, verb, noun) is of_another


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "time", "away"),
    [
        ("A man who was arrested on Friday was released.", "released", "Friday", True),
        ("A man who was arrested on Friday was released.", "arrested", "Friday", False),
        ("The firms say that they replaced the 1991 agreement.", "replaced", "1991", True),
        ("The firms say that they replaced the 1991 agreement.", "agreement", "1991", False),
        ("Officials said on Monday that he had resigned.", "resigned", "Monday", False),
        ("Norwind will lease four more jets starting in April.", "lease", "April", False),
        ("A study published in April praised the firm.", "study", "April", False),
        ("Congress let the law expire in 2004.", "let", "2004", False),
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
        ("Strikes against Oman and Chad by Mali killed four.", "Strikes", "Mali", False),
        ("Norway condemned Chad's invasion.", "invasion", "Norway", True),
        ("Norway condemned Chad's invasion.", "invasion", "Chad", False),
        ("Norway rejected an offer by Chad.", "offer", "Norway", True),
        ("Norway launched an invasion.", "invasion", "Norway", False),
        ("Norway rejected an offer by Chad to leave.", "leave", "Norway", True),
        ("Oman was in mourning after a gunman killed nine.", "killed", "Oman", True),
        ("Oman was in mourning after a gunman killed nine.", "killed", "gunman", False),
        ("Oman hid after a shooting killed two men.", "shooting", "Oman", True),
        ("Lund resigns following a violation of the law by drones.", "violation", "Lund", True),
        ("Oman asked Chad to free a nun.", "free", "Oman", True),
        ("Oman asked Chad to free a nun.", "free", "Chad", False),
        ("Oman promised Chad to free a nun.", "free", "Oman", False),
        ("Chad, ordered by Oman to close a mine, refused.", "close", "Oman", True),
        ("Chad must cooperate with investigations into the crash.", "investigations", "Chad", True),
        ("A raid led by Ansar hit Gao on Monday.", "raid", "Ansar", False),
        ("Ayub's guards were killed in the raid.", "raid", "Ayub", True),
    ],
)
def test_who_is_aimed_at_or_only_speaks_of_a_deed_does_not_do_it(
    text: str, trigger: str, word: str, no_doer: bool, resources: Resources
) -> None:
    parsed, (noun, name) = words(text, resources, trigger, word)
    assert is_no_doer(parsed, noun, name, resources.lexicon.tables.constructions) is no_doer


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "month", "begin"),
    [
        ("The first test flight may take place as early as March.", "flight", "March", "2026-03"),
        (
            "He will visit Turkey, the site of a council, and Lebanon in November.",
            "visit",
            "November",
            "2025-11",
        ),
        ("He visited Lebanon in November.", "visited", "November", "2024-11"),
    ],
)
def test_the_month_of_a_plan_is_the_next_one(
    text: str, trigger: str, month: str, begin: str, resources: Resources
) -> None:
    (parsed,) = annotate([article(text, date="2025-10-07")], resources.nlp)
    at = {t.text: t for t in parsed.tokens}
    time = Times(parsed, ()).at(at[month].i, None if trigger == "visited" else at[trigger])
    assert time is not None and time.begin == begin


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
    (parsed,) = annotate([article("Rebels attacked Oman and Chad after Mali had paid.")], resources.nlp)
    reading = resources.reader.read(parsed, resources.lexicon)
    resolved = resolve(parsed, resources.lexicon, resources.world, reading)
    named = {e.id: e.name for e in resolved.entities}
    people = Participants(resolved, resources.lexicon)
    finder = ArgumentFinder(parsed, people, Times(parsed, ()), load_thresholds())
    at = {t.text: t.i for t in parsed.tokens}
    likely = {"Oman": 0.95, "Chad": 0.6, "Mali": 0.6}
    related: dict[str, list[Candidate]] = {"agent": [], "place": [], "time": []}
    related["patient"] = [Candidate(at[word], score) for word, score in likely.items()]
    found = finder.of(parsed.tokens[at["attacked"]], related, event_class="plover:Assault")
    assert [named[p.entity] for p in found.patients] == ["Oman", "Chad"]
    both = finder.of(parsed.tokens[at["attacked"]], related, event_class="plover:Consult")
    assert [named[p.entity] for p in both.patients] == ["Oman", "Chad", "Mali"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "nobody"),
    [
        (
            "The Institute of Physics recorded 240 aftershocks by Sunday evening.",
            "recorded",
            "Institute of Physics",
        ),
        ("Ana Roth, who lost her husband in the flood, sued the bank.", "lost", "Ana Roth"),
        ("Bishop Ana Roth announced the death of Bishop Juan Rey.", "death", "Ana Roth"),
    ],
)
def test_who_measures_mourns_or_tells_of_a_harm_takes_no_part(
    text: str, trigger: str, nobody: str, resources: Resources
) -> None:
    found = facts(text, resources)
    names = {e.id: e.name for e in found.entities}
    harms = [e for e in found.events if e.trigger == trigger and e.event_class in ("nkg:Disaster", "nkg:Die")]
    assert not any(nobody == names[x] for e in harms for x in (*e.agents, *e.patients))


@pytest.mark.model
def test_a_request_to_the_reader_is_no_happening(resources: Resources) -> None:
    found = facts("For further information, please contact the Bureau of Energy in Oslo.", resources)
    assert not [e for e in found.events if e.trigger == "contact"]
