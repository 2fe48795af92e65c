"""The article's date: what is read, where it is looked for, and what goes before what."""

from __future__ import annotations

import pytest

from kg.read.articles import article_of
from kg.read.dates import dateline, parse_date, text_date
from kg.read.furniture import furniture_of
from kg.read.options import ReadOptions
from kg.read.record import Record


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2020-03-04", "2020-03-04"),
        ("2020-03-04T10:00:00Z", "2020-03-04"),
        ("2020-03-04 10:00:00+02:00", "2020-03-04"),
        ("20200304", "2020-03-04"),
        ("2020/3/4", "2020-03-04"),
        ("March 4, 2020", "2020-03-04"),
        ("Mar. 4 2020 10:15 GMT", "2020-03-04"),
        ("4 March 2020", "2020-03-04"),
        ("4th of March 2020", "2020-03-04"),
        ("4-Mar-2020", "2020-03-04"),
        ("Wed, 04 Mar 2020 23:59:00 -0500", "2020-03-04"),
        ("Wednesday, March 4, 2020", "2020-03-04"),
        ("1 Sept 2020", "2020-09-01"),
        ("1583316000", "2020-03-04"),
        ("1583316000123", "2020-03-04"),
        ("03/04/2020", "2020-03-04"),
        ("2020-02-30", None),
        ("2020", None),
        ("March 2020", None),
        ("yesterday", None),
        ("in two days", None),
        ("10", None),
        ("", None),
        ("soon", None),
        ("99999999999999999999", None),
    ],
)
def test_values(words: str, date: str | None) -> None:
    assert parse_date(words) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Pier shut\n\nThursday, May 3, 2012\n\nThe pier is shut.", "2012-05-03"),
        ("Pier shut\n\n3 May 2012\n\nThe pier is shut.", "2012-05-03"),
        ("Pier shut\nBy Ann Lee\nPublished: May 3, 2012 at 10:15 GMT\nThe pier is shut.", "2012-05-03"),
        ("Last updated on 2012-05-03\n\nThe pier is shut.", "2012-05-03"),
        ("TARNMOUTH, May 3, 2012 (Agency) — The pier is shut.", "2012-05-03"),
        ("TARNMOUTH, Norland, May 3 (Agency) - The pier, opened in 1999, was shut in 2012.", None),
        ("TARNMOUTH, May 3 (Agency) — The pier was shut on May 2, 2012.", "2012-05-03"),
        ("TARNMOUTH (Agency), 3 May 2012 – The pier is shut.", "2012-05-03"),
        ("The council, which met on May 3, 2012, was split.", None),
        ("Pier shut\n\nThe pier is shut.", None),
    ],
)
def test_datelines(text: str, date: str | None) -> None:
    assert dateline(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It fell on May 1, 2012 and was shut on 3 May 2012, they said.", "2012-05-03"),
        ("It was shut on May 3, 2012 and will open on June 9, 2014.", "2012-05-03"),
        ("Ida Holm, born on May 3, 1950, shut the pier in 2012.", None),
        ("The pier was opened on May 3, 1999. It was shut in 2012.", None),
        ("The pier is shut.\n\n© May 3, 2012 The Post. All rights reserved.", None),
        ("The file 2012-05-03 says so.", "2012-05-03"),
        ("The number 12-2012-05-03-7 says nothing.", None),
        ("On May 35, 2012 nothing happened.", None),
    ],
)
def test_dates_in_the_text(text: str, date: str | None) -> None:
    assert text_date(text, furniture_of(text)) == date


TEXT = "TARNMOUTH, May 3, 2012 (Agency) — The pier fell on May 1, 2012 and is shut."


@pytest.mark.parametrize(
    ("metadata", "given", "text", "date"),
    [
        ("2001-01-01", "2002-02-02", TEXT, "2001-01-01"),
        (None, "2002-02-02", TEXT, "2002-02-02"),
        ("one day", "2002-02-02", TEXT, "2002-02-02"),
        ("one day", None, TEXT, None),
        (None, None, TEXT, "2012-05-03"),
        (None, None, TEXT.partition("— ")[2], "2012-05-01"),
    ],
)
def test_what_goes_before_what(metadata: str | None, given: str | None, text: str, date: str | None) -> None:
    record = Record("x", "x", "x", "x", text, date=metadata)
    assert article_of(record, ReadOptions(), given).date == date
