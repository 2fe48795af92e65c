"""PDF files: reading order, paragraphs, hyphens, what stands at the edges, pages, and what can't be read."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.builder import SAMPLES, Resources, build
from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles

sys.path.insert(0, str(Path(__file__).parent))
from small_pdf import Place, column, pdf

LEFT = """The harbour council of Tarnmouth
voted on Monday to close the old
ferry pier. The decision was taken
after three hours of debate about
the money that repairs would cost.
Mayor Ann Lee said that the coun-
cil had no choice. The twenty-
one workers of the pier are to be
moved to the new terminal before"""
RIGHT = """the end of the year. The union of
the workers condemned the vote.
It called a strike for Friday and
asked the govern-
ment in the capital for help. The
government did not answer the un-
ion, which is led by Bob Poe. The
company that owns the ferry will
appeal against the decision."""


def read(path: Path, data: bytes, **options: Any) -> list[Article | Reject]:
    path.write_bytes(data)
    return list(read_articles([path], ReadOptions(**options)))


def text(path: Path, pages: list[list[Place] | None], **options: Any) -> str:
    (article,) = read(path, pdf(pages), **options)
    assert isinstance(article, Article), article
    return article.text


def test_columns_are_read_one_after_the_other_and_words_are_whole(tmp_path: Path) -> None:
    # written row by row, as some programs do: the file's own order is of no help
    rows = [
        place for pair in zip(column(LEFT, 30, 520), column(RIGHT, 215, 520), strict=True) for place in pair
    ]
    found = text(tmp_path / "a.pdf", [[(30, 550, 16, "Pier of Tarnmouth to be closed"), *rows]])
    head, body = found.split("\n\n", 1)
    assert head == "Pier of Tarnmouth to be closed"
    words = re.sub(r"\s+", " ", body)
    assert "Mayor Ann Lee said that the council had no choice." in words
    assert "The twenty-one workers" in words
    assert "moved to the new terminal before the end of the year." in words
    assert "asked the government in the capital" in words and "answer the union, which" in words


def test_a_headline_in_the_middle_parts_what_is_above_and_below(tmp_path: Path) -> None:
    page = [
        *column(LEFT, 30, 560),
        *column(RIGHT, 215, 560),
        (30, 420, 16, "Second story of the page, over both of its columns"),
        *column(LEFT.replace("Tarnmouth", "Selm"), 30, 390),
        *column(RIGHT.replace("Poe", "Ray"), 215, 390),
    ]
    found = text(tmp_path / "a.pdf", [page])
    places = [found.index(words) for words in ("Tarnmouth", "Bob Poe", "Second story", "Selm", "Bob Ray")]
    assert places == sorted(places)


def test_headers_footers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [
            (30, 580, 8, f"The Tarn Post, number {number}"),
            *column(LEFT.replace("Monday", f"day {number}"), 30, 520),
            (190, 20, 8, f"- {number} -" if number % 2 else f"Page {number} of 3"),
            (30, 32, 8, "All rights reserved by the Post"),
        ]
        for number in (1, 2, 3)
    ]
    found = text(tmp_path / "a.pdf", pages)
    assert "Post" not in found and "Page" not in found and "- 1 -" not in found
    assert all(f"day {number}" in found for number in (1, 2, 3))


def test_indents_and_gaps_begin_paragraphs(tmp_path: Path) -> None:
    lines = [
        "This is the first line of one",
        "and its second, which is long",
        "enough.",
        "Another begins right here and",
    ]
    indented = [
        (30 + 12 * (n in (0, 3)), 500 - 12 * n, 10, line)
        for n, line in enumerate([*lines, "ends there soon enough."])
    ]
    apart = [
        (30, 500 - 12 * n - 8 * (n >= 3), 10, line)
        for n, line in enumerate([*lines, "ends there soon enough."])
    ]
    for page in (indented, apart):
        assert text(tmp_path / "a.pdf", [page], check_language=False) == (
            "This is the first line of one and its second, which is long enough.\n\n"
            "Another begins right here and ends there soon enough."
        )


def test_a_scanned_file_is_one_clear_line_and_a_scanned_page_a_warning(tmp_path: Path) -> None:
    (reject,) = read(tmp_path / "a.pdf", pdf([None, None]))
    assert isinstance(reject, Reject)
    assert reject.reason.startswith(
        "a scanned PDF file, its pages are pictures of text; make text of them first"
    )
    told: list[str] = []
    (article,) = read(
        tmp_path / "b.pdf", pdf([column(LEFT, 30, 500), None, column(RIGHT, 30, 500)]), on_warning=told.append
    )
    assert isinstance(article, Article) and "union" in article.text
    assert len(told) == 1 and "page 2 is a picture of text and left out" in told[0]
    assert article.pages == (
        0,
        article.text.index("the end of the year"),
        article.text.index("the end of the year"),
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]], encrypted=True), "locked with a password"),
        (pdf([column(LEFT, 30, 500)])[:200], "damaged PDF data"),
        (pdf([[]]), "without any text"),
        (b"%PDF-1.4\n" + os.urandom(2000), "damaged PDF data"),
        (b"plain words in a file that is called so", "damaged PDF data"),
    ],
)
def test_what_can_not_be_read_is_one_line(tmp_path: Path, data: bytes, reason: str) -> None:
    (reject,) = read(tmp_path / "a.pdf", data)
    assert isinstance(reject, Reject) and reason in reject.reason


def test_the_evidence_of_a_fact_says_the_page(tmp_path: Path, resources: Resources) -> None:
    first = "Mayor Ann Lee of Tarnmouth met Bob Poe on Monday."
    second = "The government of Norway condemned the attack on Tuesday."
    (tmp_path / "a.pdf").write_bytes(pdf([column(first, 30, 500), column(second, 30, 500)]))
    built = build(tmp_path / "a.pdf", resources=resources)
    found = built.graph.query(
        "SELECT ?words ?page { "
        "?event prov:wasDerivedFrom ?s ; nkg:agent ?who . ?s nif:anchorOf ?words ; nkg:page ?page }"
    )
    assert {(str(words), int(str(page))) for words, page in found} == {(first, 1), (second, 2)}


@pytest.mark.browser
@pytest.mark.parametrize(
    "style", ["div{column-count:2;column-gap:8mm;text-align:justify} p{margin:0;text-indent:1.2em}", ""]
)
def test_an_article_printed_by_a_browser_gives_the_events_of_its_text(
    style: str, tmp_path: Path, resources: Resources
) -> None:
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no browser")
    wanted = found = same = 0
    for source in sorted(SAMPLES.glob("*.txt")):
        head, *paragraphs = source.read_text(encoding="utf-8").split("\n\n")
        body = "".join(f"<p>{html.escape(words)}</p>" for words in paragraphs)
        page = tmp_path / f"{source.stem}.html"
        page.write_text(
            f"<meta charset=utf-8><style>@page{{size:A5}} body{{font:10pt serif}} {style}</style>"
            f"<h1>{html.escape(head)}</h1><div>{body}</div>",
            encoding="utf-8",
        )
        printed = page.with_suffix(".pdf")
        subprocess.run(
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--print-to-pdf={printed}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
        one, other = events(source, resources), events(printed, resources)
        wanted, found, same = wanted + len(one), found + len(other), same + len(one & other)
    assert same >= 0.95 * max(wanted, found) > 30


def events(path: Path, resources: Resources) -> set[tuple[object, ...]]:
    """The events of one article by their class, words, modality and the names of who took part."""
    (facts,) = build(path, resources=resources, date="2031-03-14").facts
    names = {entity.id: entity.name for entity in facts.entities}
    return {
        (
            e.event_class,
            e.label,
            e.trigger,
            e.modality,
            *(names[one] for one in (*e.agents, "", *e.patients) if one),
        )
        for e in facts.events
    }
