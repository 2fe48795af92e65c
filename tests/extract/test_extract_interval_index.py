"""Stretches that overlap are found without looking at each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.interval_index import Overlaps
from kg.model import Span

spans = st.builds(lambda begin, size: Span(begin, begin + size), st.integers(0, 2_000), st.integers(1, 900))


@given(st.lists(spans, max_size=30), spans)
def test_the_same_are_found_as_by_looking_at_each(known: list[Span], asked: Span) -> None:
    found: Overlaps[int] = Overlaps()
    for number, span in enumerate(known):
        found.add(span, number)
    assert found.over(asked) == [n for n, span in enumerate(known) if span.overlaps(asked)]
