"""The article's date: what is read, where it is looked for, and what goes before what."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Article
from kg.read.articles import article_of, read_articles
from kg.read.date_order import AHEAD
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
        (None, "2002-02-02", TEXT, "2012-05-03"),  # the dateline is the article's own
        (None, "2002-02-02", TEXT.partition("— ")[2], "2002-02-02"),
        ("one day", "2002-02-02", TEXT, "2002-02-02"),
        ("one day", None, TEXT, None),
        (None, None, TEXT, "2012-05-03"),
        (None, None, TEXT.partition("— ")[2], "2012-05-01"),
    ],
)
def test_what_goes_before_what(metadata: str | None, given: str | None, text: str, date: str | None) -> None:
    record = Record("x", "x", "x", "x", text, date=metadata)
    assert article_of(record, ReadOptions(), given).date == date


CAPTION = """Storm shuts the pier

The pier at Tarnmouth after the storm, May 7, 2012. (Photo: Ida Holm/Northern Wire)

The pier is shut, the council said, and no one knows for how long it will stay so.
"""


@pytest.mark.parametrize(
    ("text", "file", "date", "origin"),
    [
        ("The pier fell on May 1, 2012 and is shut.", "pier", "2012-05-01", "the text"),
        ("The pier fell and is shut.", "2012-05-09-pier", "2012-05-09", "the file's name"),
        (CAPTION, "pier", "2012-05-07", "a caption"),
        (TEXT, "pier", "2012-05-03", None),
        ("The pier fell and is shut.", "pier", None, None),
    ],
)
def test_a_guessed_date_says_what_it_is_guessed_from(
    text: str, file: str, date: str | None, origin: str | None
) -> None:
    told: list[str] = []
    record = Record(f"{file}.txt", f"{file}.txt", file, file, text)
    assert article_of(record, ReadOptions(on_warning=told.append)).date == date
    assert told == (
        [f"{file}.txt: it has no date of its own; {date} is guessed from {origin}"] if origin else []
    )


@pytest.mark.parametrize("name", ["pier", "news/pier", "pier.txt"])
def test_one_article_is_given_its_date_by_name(name: str, tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "news").mkdir()
    for file in ("pier", "quay"):
        (tmp_path / "news" / f"{file}.txt").write_text(
            f"The {file} fell in the storm and is shut.", encoding="utf-8"
        )
    options = ReadOptions(date="2002-02-02", dates={name: "2012-05-03"}, on_warning=told.append)
    found = {a.id: a.date for a in read_articles([tmp_path], options) if isinstance(a, Article)}
    assert found == {"pier": "2012-05-03", "quay": "2002-02-02"} and told == []


def test_a_date_for_no_article_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "quay.txt").write_text("The quay fell in the storm and is shut.", encoding="utf-8")
    list(read_articles([tmp_path], ReadOptions(dates={"pier": "2012-05-03"}, on_warning=told.append)))
    assert told == ["a date is given for 'pier', but no article of that name was read"]
    with pytest.raises(UsageError, match="can't be read"):
        read_articles([tmp_path], ReadOptions(dates={"pier": "one day"}))


# --- a column of numbers


def column(tmp_path: Path, *dates: str) -> tuple[list[str | None], list[str]]:
    path = tmp_path / "n.csv"
    rows = "".join(
        f'{n},"{day}",The pier at Tarnmouth is shut for the {n}th time.\n' for n, day in enumerate(dates)
    )
    path.write_text(f"id,date,text\n{rows}")
    warnings: list[str] = []
    found = list(read_articles([path], ReadOptions(on_warning=warnings.append)))
    assert [item.id for item in found if isinstance(item, Article)] == [str(n) for n in range(len(dates))]
    return [item.date for item in found if isinstance(item, Article)], warnings


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["03/04/2020", "25/12/2020", "05/06/2020"], ["2020-04-03", "2020-12-25", "2020-06-05"]),
        (["03/04/2020", "12/25/2020", "05/06/2020"], ["2020-03-04", "2020-12-25", "2020-05-06"]),
        (["25/12/2020 10:15", "03/04/2020 09:30", "7-8-2020"], ["2020-12-25", "2020-04-03", "2020-08-07"]),
        (["5/5/2020", "2020-03-04", "1 May 2020"], ["2020-05-05", "2020-03-04", "2020-05-01"]),
        (
            ["03/04/2020", "soon to come", "2020-01-01", "13.01.2020"],
            ["2020-04-03", None, "2020-01-01", "2020-01-13"],
        ),
    ],
)
def test_one_date_decides_for_the_column(tmp_path: Path, dates: list[str], read: list[str | None]) -> None:
    found, warnings = column(tmp_path, *dates)
    assert found == read
    assert not [line for line in warnings if "first" in line]


def test_an_order_that_nothing_decides_is_told(tmp_path: Path) -> None:
    found, warnings = column(tmp_path, "03/04/2020", "05/06/2020")
    assert found == ["2020-03-04", "2020-05-06"]
    (line,) = warnings
    assert line.endswith(
        "n.csv: no date tells whether the day or the month is first ('03/04/2020'); read with the month first"
    )
    found, warnings = column(tmp_path, "03.04.2020")
    assert found == ["2020-04-03"] and "day first" in warnings[0]


def test_both_orders_in_one_column_are_told(tmp_path: Path) -> None:
    found, warnings = column(
        tmp_path, "03/04/2020", "25/12/2020", "12/25/2020", "05/06/2020", "30/01/2020", "31/02/2020"
    )
    assert found == ["2020-04-03", "2020-12-25", "2020-12-25", None, "2020-01-30", None]
    assert (
        "('25/12/2020' and '12/25/2020')" in warnings[0]
        and "1 before were read with the day first" in warnings[0]
    )
    assert warnings[1].endswith("the date '31/02/2020' can't be read; left out")


def test_no_more_than_some_records_are_held_back(tmp_path: Path) -> None:
    found, warnings = column(tmp_path, *(["03/04/2020"] * (AHEAD + 3)), "25/12/2020", "03/04/2020")
    assert found == [*(["2020-03-04"] * (AHEAD + 3)), "2020-12-25", None]
    assert len(warnings) == 2 and f"{AHEAD + 3} before were read with the month first" in warnings[1]
