"""What a statement is about: what it names, and what it means beyond much doubt."""

from __future__ import annotations

import pytest
from builders import article

from kg.builder import Resources
from kg.model import Facts
from kg.pipeline import facts_of


def about(text: str, resources: Resources) -> list[set[str]]:
    """The names of what each statement of a text is about."""
    (facts,) = facts_of([article(text, "1")], resources)
    assert isinstance(facts, Facts)
    names = {e.id: e.name for e in facts.entities}
    return [{names[e] for e in s.about} for s in facts.statements]


@pytest.mark.model
def test_what_is_named_counts_and_so_does_a_person_meant(resources: Resources) -> None:
    text = "Ingrid Dahl fled from Chile to Peru. Tomas Reyes said she had crossed the border of Chile."
    assert about(text, resources) == [{"Ingrid Dahl", "Chile"}]


@pytest.mark.model
def test_what_a_bare_word_for_a_place_may_mean_does_not(resources: Resources) -> None:
    text = "Storms reached Cuba and Haiti on Monday. Tomas Reyes said the island had lost its harbours."
    assert about(text, resources) == [set()]
