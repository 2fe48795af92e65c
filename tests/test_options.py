"""The settings of a build are spelt once; as keywords they are the same."""

from __future__ import annotations

import pytest

from kg import build
from kg.errors import UsageError
from kg.options import BuildOptions


def test_a_keyword_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="jobz"):
        build(jobz=3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (BuildOptions(jobs=0), "0 processes"),
        (BuildOptions(min_confidence=1.5), "between 0 and 1"),
        (BuildOptions(evidence="much"), "much"),
        (BuildOptions(base_iri="nowhere"), "nowhere"),
        (BuildOptions(identity="none.yaml"), "none.yaml: no such file"),
    ],
)
def test_what_makes_no_sense_is_one_line(options: BuildOptions, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        options.check()


def test_a_keyword_goes_before_the_options() -> None:
    with pytest.raises(UsageError, match="0 processes"):
        build(options=BuildOptions(jobs=2), jobs=0)
