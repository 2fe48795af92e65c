"""The chart of events over time: the unit that fits, every event counted, odd dates survived."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.serve.web.chart import columns


@pytest.mark.parametrize(
    "dates, unit, count",
    [
        (["2031-03-01", "2031-03-04", "2031-03-04"], "day", 4),
        (["2031-01-05", "2031-02", "2031-11-30"], "month", 11),
        (["2029", "2031-03-01", "2030"], "year", 3),
        (["1913"], "year", 1),
    ],
)
def test_the_finest_unit_that_fits(dates: list[str], unit: str, count: int) -> None:
    chart = columns(Counter(dates))
    assert chart is not None
    assert (chart.unit, len(chart.columns)) == (unit, count)


def test_a_lone_date_long_ago_does_not_flatten_the_rest() -> None:
    chart = columns(Counter({"1066-01-01": 1, **{f"2031-03-{day:02}": 3 for day in range(1, 29)}}))
    assert chart is not None
    assert chart.unit == "day"
    assert chart.left_out == 1
    assert sum(c.number for c in chart.columns) + chart.left_out == chart.total == 85


def test_columns_stand_within_the_picture() -> None:
    chart = columns(Counter({f"20{year:02}": year for year in range(10, 60)}))
    assert chart is not None
    for column in chart.columns:
        assert 0 <= column.x <= column.x + column.width <= chart.width
        assert 0 <= column.y <= column.y + column.height <= chart.base + 0.01


@pytest.mark.parametrize("dates", [[], ["soon"], ["<b>"], ["-0044-03-15"], ["2031-13-45", "2031-02-30"]])
def test_dates_that_are_none(dates: list[str]) -> None:
    chart = columns(Counter(dates))
    assert chart is None or chart.total == len(dates)
