"""The body of a position that another sentence tells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract.decoding import load_thresholds
from kg.extract.roles.affiliation import SOURCE, affiliated, traits
from kg.heads.affiliation import AffiliationHead, Affiliations
from kg.heads.small import Networks, PrincipalComponents
from kg.lexicon import load_lexicon
from kg.model import Kind, MentionKind, Role
from kg.parsed import Link, Parsed, Resolved
from tests.builders import article, entity, span

pytestmark = pytest.mark.model

TEXT = "The Harbour Museum closed on Friday. Ana Moss, the director, met Mayor Ben Holt."


class Scripted(AffiliationHead):
    """A head that says the same of every position."""

    def __init__(self, **said: float) -> None:
        nothing = np.zeros(0, np.float32)
        super().__init__(PrincipalComponents(nothing, nothing), Networks(*[nothing] * 6))
        object.__setattr__(self, "said", said)

    said: dict[str, float]
    __slots__ = ("said",)

    def scores(self, article: Affiliations, asked: Sequence[int]) -> list[dict[str, float]]:
        return [dict(self.said) for _ in asked]


def link(parsed: Parsed, words: str) -> Link:
    tokens = parsed.tokens_in(span(parsed.article.text, words))
    first, last = tokens[0].i, tokens[-1].i + 1
    return Link(first, last, last - 1, (words,), MentionKind.NAME)


def resolved(resources: Resources) -> Resolved:
    (parsed,) = annotate([article(TEXT)], resources.nlp)
    people = {"Ana Moss": Kind.PERSON, "Ben Holt": Kind.PERSON, "Harbour Museum": Kind.ORGANIZATION}
    links = sorted((link(parsed, words) for words in people), key=lambda one: one.first)
    at = {one.head: n for n, one in enumerate(links)}
    return Resolved(parsed, tuple(entity(TEXT, n, k) for n, k in people.items()), tuple(links), at, {})


def role(person: str, title: str, organization: str | None = None) -> Role:
    sentence = span(TEXT, TEXT.partition(". ")[2])
    return Role(person, title, organization, False, span(TEXT, title), sentence, 0.8)


@pytest.mark.parametrize(("sure", "body"), [(0.9, "Harbour Museum"), (0.1, None)])
def test_the_likeliest_body_is_taken_if_it_is_likely_enough(
    resources: Resources, sure: float, body: str | None
) -> None:
    head = Scripted(**{"Harbour Museum": sure})
    told = resolved(resources)
    vectors = np.zeros((len(told.parsed.tokens), 4), np.float32)
    (made,) = affiliated([role("Ana Moss", "director")], told, vectors, head, load_lexicon(None))
    assert made.organization == body
    if body is not None:
        assert made.confidence == pytest.approx(0.8 * sure)
        assert [(g.source, g.entity, g.score) for g in made.grounds] == [(SOURCE, body, sure)]


def test_who_is_met_may_be_of_a_body_that_the_article_does_not_name(resources: Resources) -> None:
    told, lexicon = resolved(resources), load_lexicon(None)
    vectors = np.zeros((len(told.parsed.tokens), 4), np.float32)
    head = Scripted(**{"Harbour Museum": 1.0})
    (made,) = affiliated([role("Ben Holt", "Mayor")], told, vectors, head, lexicon)
    assert made.organization is None


def test_a_body_that_is_told_stays(resources: Resources) -> None:
    told = resolved(resources)
    vectors = np.zeros((len(told.parsed.tokens), 4), np.float32)
    one = role("Ana Moss", "director", "elsewhere")
    head = Scripted(**{"Harbour Museum": 1.0})
    assert affiliated([one], told, vectors, head, load_lexicon(None)) == [one]


def test_the_threshold_is_one_of_the_titles() -> None:
    assert 0 < load_thresholds().of("title", "affiliation") < 1


def test_traits_are_what_the_lexicon_knows_of_a_title() -> None:
    lexicon = load_lexicon(None)
    assert traits("prime minister", lexicon) >= {"national"}
    assert traits("spokeswoman", lexicon) >= {"speaker"}
    assert traits("", lexicon) == frozenset()
