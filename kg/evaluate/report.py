"""Write the error report: one HTML file with gold and system side by side, that loads nothing and runs only itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.evaluate.findings import Fault, Finding, Judged
from kg.evaluate.measures import MEASURES, rows
from kg.evaluate.run import Evaluation
from kg.model import Span

_AROUND = 70
"""How many characters of context stand on either side of a finding."""

_LOOKS = {
    Fault.ENTITY_MISSED: "missed",
    Fault.MENTION_MISSED: "missed",
    Fault.ROLE_MISSED: "missed",
    Fault.QUOTE_MISSED: "missed",
    Fault.EVENT_MISSED: "missed",
    Fault.ENTITY_EXTRA: "extra",
    Fault.ROLE_EXTRA: "extra",
    Fault.QUOTE_EXTRA: "extra",
    Fault.EVENT_EXTRA: "extra",
}
_IN_SHORT = ("entities", "mentions", "roles_org", "quotes_speaker", "events", "arguments")


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding as it is listed: its number on the page, how it looks, and its words in their context."""

    number: int
    finding: Finding
    look: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of text that lies in the same findings throughout; `numbers` are theirs, parted by spaces."""

    text: str
    numbers: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article on the page: its findings, and each paragraph once for either side."""

    name: str
    items: tuple[ListedFinding, ...]
    lines: tuple[tuple[tuple[MarkedText, ...], tuple[MarkedText, ...]], ...]
    wrong: int


def render_report(evaluation: Evaluation) -> str:
    """Return the whole page; the same evaluation gives the same bytes."""
    pages: list[ArticlePage] = []
    for article in evaluation.articles:
        pages.append(_page(article, sum(len(page.items) for page in pages)))
    environment = Environment(
        loader=PackageLoader("kg.evaluate"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sheet, script = _asset("report.css"), _asset("report.js")
    items = [item for page in pages for item in page.items]
    text = environment.get_template("report.html.j2").render(
        policy=(
            f"default-src 'none'; script-src {_sha256(script)}; style-src {_sha256(sheet)}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        ),
        sheet=sheet,
        script=script,
        pages=pages,
        faults=[(fault, sum(item.finding.fault is fault for item in items)) for fault in Fault],
        right=sum(item.finding.fault is None for item in items),
        rows=evaluation.rows,
        measures=MEASURES,
        coded=evaluation.coded,
        short=_IN_SHORT,
        by_article=[(article.name, rows(article.counts)) for article in evaluation.articles],
    )
    # a lone surrogate is no text that a file could hold
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _page(article: Judged, first: int) -> ArticlePage:
    ordered = sorted(article.findings, key=lambda f: (*(f.gold_spans or f.system_spans)[:1],))
    items = tuple(_item(article.text, finding, first + n) for n, finding in enumerate(ordered))
    gold = [(span, item.number) for item in items for span in item.finding.gold_spans]
    system = [(span, item.number) for item in items for span in item.finding.system_spans]
    return ArticlePage(
        article.name,
        items,
        tuple(
            (tuple(_pieces(article.text, line, gold)), tuple(_pieces(article.text, line, system)))
            for line in _lines(article.text)
        ),
        sum(item.finding.fault is not None for item in items),
    )


def _item(text: str, finding: Finding, number: int) -> ListedFinding:
    look = "right" if finding.fault is None else _LOOKS.get(finding.fault, "differs")
    place = next(iter(finding.gold_spans or finding.system_spans), Span(0, 0))
    before = text[max(0, place.begin - _AROUND) : place.begin] if place.end else ""
    after = text[place.end : place.end + _AROUND] if place.end else ""
    words = place.of(text)
    if len(words) > 3 * _AROUND:
        words, after = words[: 3 * _AROUND] + "…", ""
    return ListedFinding(number, finding, look, before, words, after)


def _lines(text: str) -> Iterator[Span]:
    """Yield the lines of a text that hold more than blanks."""
    begin = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(begin, begin + len(line))
        begin += len(line) + 1


def _pieces(text: str, line: Span, spans: Sequence[tuple[Span, int]]) -> Iterator[MarkedText]:
    """Cut a line wherever a span begins or ends."""
    here = [(span, number) for span, number in spans if span.overlaps(line)]
    cuts = {line.begin, line.end}
    cuts |= {cut for span, _ in here for cut in (span.begin, span.end) if line.begin < cut < line.end}
    ordered = sorted(cuts)
    for begin, end in pairwise(ordered):
        # the shortest span first: a click means the innermost
        over = sorted((s.end - s.begin, n) for s, n in here if s.begin <= begin and end <= s.end)
        yield MarkedText(text[begin:end], " ".join(str(number) for _, number in over))


def _sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _asset(name: str) -> str:
    return resources.files("kg.evaluate").joinpath("assets", name).read_text(encoding="utf-8")
