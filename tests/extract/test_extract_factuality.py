"""What stands above a happening decides whether it is a fact: every governor, and 250 sentences of all kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import article

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract.factuality.decision import settled
from kg.extract.factuality.rules import Factuality, Stance
from kg.lexicon import Governor, load_lexicon
from kg.model import Modality, Span, Statement

LEXICON = load_lexicon()
CASES: list[tuple[str, str]] = [
    tuple(case)
    for case in yaml.safe_load(Path(__file__).with_name("factuality_cases.yaml").read_text(encoding="utf-8"))
]
FACTS = {"passes": "Asserted", "presupposed": "Asserted"}


def stances(sentences: list[str], resources: Resources) -> list[Stance]:
    """The stance of each sentence's happening, which stands between asterisks."""
    plain = [sentence.split("*") for sentence in sentences]
    parsed = annotate([article("".join(parts), str(n)) for n, parts in enumerate(plain)], resources.nlp)
    found = []
    for (before, _, _), one in zip(plain, parsed, strict=True):
        trigger = next(t for t in one.tokens if t.begin <= len(before) < t.end)
        found.append(Factuality(one, [], LEXICON).of(trigger))
    return found


@pytest.mark.model
def test_every_governor_does_to_its_example_what_its_entry_says(resources: Resources) -> None:
    governors = LEXICON.governors.all()
    wrong = [
        f"{g.pos} '{g.word}': {s.modality} ({s.reason}), hard {s.hard}: {g.example}"
        for g, s in zip(governors, stances([g.example for g in governors], resources), strict=True)
        if s.modality != _wanted(g) or (g.hard and not s.hard)
    ]
    assert wrong == []


def _wanted(governor: Governor) -> str:
    return FACTS.get(governor.effect, governor.effect.capitalize())


@pytest.mark.model
def test_sentences(resources: Resources) -> None:
    wrong = [
        f"{wanted}: {s.modality} ({s.reason}), hard {s.hard}: {sentence}"
        for (wanted, sentence), s in zip(CASES, stances([c[1] for c in CASES], resources), strict=True)
        if s.modality[0] not in wanted or ("!" in wanted and not s.hard)
    ]
    assert wrong == []


@pytest.mark.model
def test_what_a_statement_says_is_reported_with_it(resources: Resources) -> None:
    text = "Rebels would leave the port. Chad attacked Niger."
    (parsed,) = annotate([article(text)], resources.nlp)
    begin = text.index("Chad")
    direct = Statement("s1", text[begin:], Span(begin, len(text)), Span(begin, len(text)), "e1", True)
    told = Statement("s2", text[:27], Span(0, 27), Span(0, 28), "e1", False)
    factuality = Factuality(parsed, [direct, told], LEXICON)
    stance: Any = {t.text: factuality.of(t) for t in parsed.tokens}
    assert (stance["attacked"].modality, stance["attacked"].statement) == (Modality.REPORTED, "s1")
    assert stance["leave"].modality is Modality.PLANNED  # "would" in reported speech is "will"


@pytest.mark.parametrize(
    ("stance", "asserted", "wanted"),
    [
        (Stance(Modality.REPORTED, "s1", ""), 0.95, Modality.REPORTED),
        (Stance(Modality.REPORTED, "s1", ""), 0.99, Modality.ASSERTED),
        (Stance(Modality.REPORTED, None, ""), 0.85, Modality.REPORTED),
        (Stance(Modality.REPORTED, None, ""), 0.95, Modality.ASSERTED),
        (Stance(Modality.PLANNED, None, ""), 0.6, Modality.PLANNED),
        (Stance(Modality.PLANNED, None, ""), 0.8, Modality.ASSERTED),
        (Stance(Modality.NEGATED, None, "", hard=True), 0.99, Modality.NEGATED),
        (Stance(Modality.REPORTED, None, "", hard=True), 0.99, Modality.REPORTED),
    ],
)
def test_a_fact_within_somebodys_words_must_be_read_most_surely(
    stance: Stance, asserted: float, wanted: Modality
) -> None:
    rest = (1 - asserted) / 4
    likely = {"asserted": asserted} | dict.fromkeys(("reported", "planned", "hypothetical", "negated"), rest)
    assert settled(stance, likely) is wanted


def test_every_governor_has_a_way_to_be_reached() -> None:
    """An entry that earlier ones shadow wholly would never be read."""
    table = LEXICON.governors
    for governor in table.all():
        if governor.via:
            assert any(table.under(governor.word, governor.pos, via) is governor for via in governor.via), (
                governor
            )
        else:
            assert table.word(governor.word, governor.pos) is governor
