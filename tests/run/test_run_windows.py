"""Long articles in windows: nothing is lost at the cuts, spans stand where they stood, one thing stays one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import article, facts, span
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Facts, Role, Span
from kg.run import windows
from kg.run.windows import cut, is_long, join

STORY = "Minister Anna Lund met Per Holm in Oslo. She thanked him for his help.\n\n"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "LONG", 1000)
    monkeypatch.setattr(windows, "WINDOW", 400)


def test_short_articles_are_not_long() -> None:
    assert not is_long(article("x" * 1000))
    assert is_long(article("x" * 1001))


@given(st.text(alphabet="ab \n.", min_size=1001, max_size=4000), st.integers(0, 900), st.integers(1, 200))
def test_windows_are_the_text(text: str, begin: int, size: int) -> None:
    furniture = (Span(begin, begin + size),)
    whole = Article("a", text, "a", furniture=furniture)
    parts = cut(whole)
    assert "".join(part.article.text for part in parts) == text
    for part in parts:
        assert text[part.begin :].startswith(part.article.text)
        assert len(part.article.text) <= 400 * 5 // 4
    kept = "".join(span.of(part.article.text) for part in parts for span in part.article.furniture)
    assert kept == text[begin : begin + size]


def test_windows_end_after_paragraphs() -> None:
    parts = cut(article(STORY * 30))
    assert all(part.article.text.endswith(".\n\n") for part in parts)


def window(text: str, agent: str, patient: str) -> Facts:
    made = facts(text, "met", agent, patient)
    role = Role(agent, "minister", None, False, span(text, agent), Span(0, len(text)))
    return replace(made, roles=(role,))


def test_facts_are_joined() -> None:
    one, two = "Anna Lund met Per Holm. ", "Lund met Ole Berg again."
    whole = article(one + two)
    joined = join(
        whole, [(0, window(one, "Anna Lund", "Per Holm")), (len(one), window(two, "Lund", "Ole Berg"))]
    )
    assert joined.article is whole
    names = {entity.name: entity for entity in joined.entities}
    assert set(names) == {"Anna Lund", "Per Holm", "Ole Berg"}
    lund = names["Anna Lund"]
    assert lund.aliases == ("Lund",)
    assert [mention.span.of(whole.text) for mention in lund.mentions] == ["Anna Lund", "Lund"]
    assert [event.agents for event in joined.events] == [(lund.id,), (lund.id,)]
    assert len({event.id for event in joined.events}) == 2
    assert [event.spans[0].of(whole.text) for event in joined.events] == ["met", "met"]
    assert {role.person for role in joined.roles} == {lund.id}


def test_a_surname_before_the_full_name_is_that_person() -> None:
    one, two = "Lund met Ole Berg. ", "Anna Lund met Per Holm."
    joined = join(
        article(one + two),
        [(0, window(one, "Lund", "Ole Berg")), (len(one), window(two, "Anna Lund", "Per Holm"))],
    )
    lund = next(entity for entity in joined.entities if entity.name == "Anna Lund")
    assert {role.person for role in joined.roles} == {lund.id}
    assert [event.agents for event in joined.events] == [(lund.id,), (lund.id,)]


def test_two_of_one_surname_keep_apart() -> None:
    one, two, three = "Anna Lund met Per Lund. ", "Ole Berg met Lund. ", "Ole Berg met Anna Lund."
    parts = [(0, facts(one, "met", "Anna Lund", "Per Lund"))]
    parts.append((len(one), facts(two, "met", "Ole Berg", "Lund")))
    parts.append((len(one + two), facts(three, "met", "Ole Berg", "Anna Lund")))
    joined = join(article(one + two + three), parts)
    assert sorted(e.name for e in joined.entities) == ["Anna Lund", "Lund", "Ole Berg", "Per Lund"]
