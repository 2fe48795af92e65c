"""What "it" may speak of is known, what it does speak of is learned, and it is left where that is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from builders import article, parsed

from kg.annotate import annotate
from kg.builder import Resources
from kg.model import MentionKind
from kg.parsed import Parsed, Resolved
from kg.resolve import resolve
from kg.resolve.references.antecedent_ranking import Case
from kg.resolve.references.antecedents import inside

pytestmark = pytest.mark.model

TEXT = "Ana Koval led the Velmar Group until May. The ship that it bought sank near Oslo. It had lost its rudder."


@dataclass
class Told:
    """A rank that puts the last candidate with a word of a set first, and notes what it was asked."""

    parsed: Parsed
    words: frozenset[str] = frozenset()
    asks_all: bool = False
    asked: list[Case] = field(default_factory=list)

    def __call__(self, case: Case) -> Sequence[float]:
        self.asked.append(case)
        fits = [n for n, a in enumerate(case.candidates) if self.parsed.tokens[a.head].text in self.words]
        chosen = fits[-1] if fits else len(case.candidates)
        return [float(n == chosen) for n in range(len(case.candidates) + 1)]


def parsed_of(text: str, resources: Resources) -> Parsed:
    return next(iter(annotate([article(text)], resources.nlp)))


def pronouns(resolved: Resolved) -> dict[str, str]:
    """The pronouns that speak of an entity, in small letters, with its name."""
    names = {e.id: e.name for e in resolved.entities}
    return {
        resolved.parsed.text(link.first, link.last).lower(): names[link.entities[0]]
        for link in resolved.links
        if link.kind is MentionKind.PRONOUN
    }


def read(text: str, resources: Resources) -> Resolved:
    parsed = parsed_of(text, resources)
    reading = resources.reader.read(parsed, resources.lexicon)
    return resolve(parsed, resources.lexicon, resources.world, reading)


def test_the_rank_chooses_and_may_choose_none(resources: Resources) -> None:
    parsed = parsed_of(TEXT, resources)
    chosen = resolve(parsed, resources.lexicon, resources.world, rank=Told(parsed, frozenset({"Group"})))
    assert pronouns(chosen).get("its", "").endswith("Velmar Group")
    left = resolve(parsed, resources.lexicon, resources.world, rank=Told(parsed))
    assert pronouns(left) == {}
    ship = resolve(parsed, resources.lexicon, resources.world, rank=Told(parsed, frozenset({"ship"})))
    assert "its" not in pronouns(ship)
    assert {parsed.tokens[head].text for head in ship.echoes.values()} == {"ship"}


def test_persons_and_what_binding_rules_out_are_never_offered(resources: Resources) -> None:
    parsed = parsed_of(TEXT, resources)
    rank = Told(parsed)
    resolve(parsed, resources.lexicon, resources.world, rank=rank)
    assert [parsed.tokens[c.token].text for c in rank.asked] == ["it", "It", "its"]
    offered = {parsed.tokens[a.head].text for c in rank.asked for a in c.candidates}
    assert "Group" in offered
    assert "Koval" not in offered


def test_all_pronouns_are_asked_about_where_one_learns_from_them(resources: Resources) -> None:
    text = "Ana Koval met Jon Berg and Eva Lund. She thanked him before their trip."
    parsed = parsed_of(text, resources)
    few, all_of_them = Told(parsed), Told(parsed, asks_all=True)
    resolve(parsed, resources.lexicon, resources.world, rank=few)
    resolve(parsed, resources.lexicon, resources.world, rank=all_of_them)
    assert few.asked == []
    assert [c.kind for c in all_of_them.asked] == ["he", "he", "they"]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Norwind Airlines said on Monday that it would close a base in Bergen.", "it", "Norwind Airlines"),
        ("The Velmar Group sold its mines in Chile to Halden Metals.", "its", "Velmar Group"),
        ("Solida Bank lost money last year. It will dismiss 40 people.", "it", "Solida Bank"),
    ],
)
def test_bodies_are_spoken_of(text: str, word: str, name: str, resources: Resources) -> None:
    assert pronouns(read(text, resources)).get(word) == name


@pytest.mark.parametrize(
    "text",
    [
        "It rained in Oslo on Monday when the Velmar Group met.",
        "The Velmar Group met on Monday. It is clear that nobody won.",
        "The Velmar Group built a bridge near Oslo. A lorry crossed the bridge before it collapsed.",
    ],
)
def test_what_is_no_body_is_left(text: str, resources: Resources) -> None:
    assert "it" not in pronouns(read(text, resources))


def test_the_same_text_is_read_the_same(resources: Resources) -> None:
    assert read(TEXT, resources) == read(TEXT, resources)


def test_a_word_between_those_of_a_phrase_that_hangs_under_another_is_not_inside_it() -> None:
    """An arc that crosses the phrase's own: climbing from the word never meets the phrase's head."""
    crossed = parsed("talks|NNS|nsubj|3 he|PRP|dobj|3 abroad|RB|advmod|0 ended|VBD|ROOT|3|end")
    talks, he, abroad, _ = crossed.tokens
    assert not inside(crossed, he, talks)
    assert inside(crossed, abroad, talks)
    assert not inside(crossed, talks, talks)
