"""A run of hyphens without end is no name, and costs no more than its length."""

from __future__ import annotations

from cost import ratio_of_growth

from kg.annotate import annotate
from kg.builder import Resources
from kg.model import Article
from kg.resolve.mentions.acronyms import hyphened


def test_names_with_hyphens_are_not_looked_for_without_end(resources: Resources) -> None:
    def ends(size: int) -> list[int]:
        return [hyphened(parsed[size], i, resources.lexicon) for i in range(2 * size)]

    parsed = {}
    for size in (500, 2000):
        text = "A-" * size + "B left Port-au-Prince."
        article = Article(id="a", path="a", text=text, title=None, date="2020-01-01")
        (parsed[size],) = annotate([article], resources.nlp)
    assert set(ends(500)) == {0}
    assert ratio_of_growth(ends, 500) < 8
    tokens = parsed[500].tokens
    port = next(t.i for t in tokens if t.text == "Port")
    assert parsed[500].text(port, hyphened(parsed[500], port, resources.lexicon)) == "Port-au-Prince"
