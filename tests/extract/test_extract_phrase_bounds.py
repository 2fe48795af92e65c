"""A stretch of speech neither begins nor ends within a phrase: what that costs, by the parse."""

from __future__ import annotations

import pytest
from builders import article

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract.speech.phrase_bounds import phrase_bounds
from kg.parsed import Parsed

# "|" stands where a statement may begin or end, "^" where it may not.
ENDINGS = [
    "Dahl said the council regrets its handling ^ of ^ the ^ incident | .",
    "Dahl confirmed that the ^ report had ^ been ^ lost ^ by ^ the clerk | .",
    "The bridge is safe | , Dahl said.",
    "Dahl said the bridge broke ^ two pipes | because the frost was hard.",
    "Dahl said the plan will lead to ^ jobs, trade and ^ peace | , a view that few share.",
    "Dahl said she wants ^ to ^ build ^ a new harbour | while the council waits.",
]
BEGINNINGS = [
    "Dahl warned that | the ^ new ^ tax would ^ hurt families.",
    "The envoy denied | having ^ met the general.",
    "Dahl stressed that | peace should ^ be based on the law.",
    "Dahl promised | to ^ open the gate.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", ENDINGS)
def test_endings(marked: str, resources: Resources) -> None:
    parsed, places = _marked(marked, resources)
    closing = phrase_bounds(parsed, 2.0).closing
    for gap, allowed in places.items():
        assert (closing[gap] == 0) is allowed, parsed.tokens[gap].text


@pytest.mark.model
@pytest.mark.parametrize("marked", BEGINNINGS)
def test_beginnings(marked: str, resources: Resources) -> None:
    parsed, places = _marked(marked, resources)
    opening = phrase_bounds(parsed, 2.0).opening
    for gap, allowed in places.items():
        assert (opening[gap] == 0) is allowed, parsed.tokens[gap].text


@pytest.mark.model
def test_what_is_torn_costs_the_weight_and_an_empty_article_nothing(resources: Resources) -> None:
    parsed, places = _marked("Dahl counted the ^ ships.", resources)
    assert phrase_bounds(parsed, 3.0).closing[next(iter(places))] == 3.0
    assert max(phrase_bounds(parsed, 0.0).closing) == 0.0


def _marked(marked: str, resources: Resources) -> tuple[Parsed, dict[int, bool]]:
    """Return the parse of a text and, by the token behind each mark, whether a statement may end or begin there."""
    text, allowed = "", {}
    for word in marked.split(" "):
        if word in "|^":
            allowed[len(text)] = word == "|"
        else:
            text += f"{word} "
    parsed = next(iter(annotate([article(text.rstrip())], resources.nlp)))
    at = {token.begin: token.i for token in parsed.tokens}
    return parsed, {at[begin]: may for begin, may in allowed.items()}
