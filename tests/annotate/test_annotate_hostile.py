"""Text that is made to be slow to take apart is done in a time that grows as it does."""

from __future__ import annotations

from cost import ratio_of_growth

from kg.annotate.parser_input import AYN
from kg.builder import Resources

LINEAR = 8.0  # of four times the size; with its square it would be 16


def test_marks_without_end_are_taken_off_in_time(resources: Resources) -> None:
    make = resources.nlp.make_doc
    assert ratio_of_growth(lambda size: make("(" * size + "Ana" + ")" * size), 2000) < LINEAR
    assert [t.text for t in make('("Ana Koval..."), he said.')][:5] == ["(", '"', "Ana", "Koval", "..."]


def test_hyphens_without_end_are_looked_through_in_time() -> None:
    for joined in ("A-", "A'"):
        assert ratio_of_growth(lambda size, unit=joined: list(AYN.finditer(unit * size)), 8000) < LINEAR
    found = AYN.search("the envoy Salim \u2018Abd al-Karim left")
    assert found is not None and found[1] == "\u2018"
