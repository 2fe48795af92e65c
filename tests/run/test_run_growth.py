"""Texts that nobody wrote cost what news of their length costs: the work grows as the text does, and no faster."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from types import FrameType

import pytest
from builders import article
from cost import costs
from newsmaker import news

from kg.annotate.quotes import find_quotes
from kg.builder import Resources
from kg.model import Article, Facts, Reject, Span
from kg.pipeline import facts_of
from kg.read import ReadOptions, read_articles
from kg.read.furniture import ENDLESS

WORDS = (
    "minister",
    "police",
    "protest",
    "city",
    "bank",
    "market",
    "report",
    "army",
    "talks",
    "deal",
    "union",
)
GIVEN = ("Anna", "Robert", "Maria", "Peter", "Laura", "Rosa", "Paul", "Emma")
FAMILY = ("Carter", "Stone", "Lopez", "Novak", "Berg", "Diaz", "Klein", "Weiss", "Hale")


def _word(n: int) -> str:
    return WORDS[n * 7 % len(WORDS)]


def _name(n: int) -> str:
    """A name that no other number has."""
    n, out = n * 7919 + 65, ""
    while n:
        n, rest = divmod(n, 65)
        out += "bcdfglmnprstv"[rest % 13] + "aeiou"[rest // 13]
    return out.title()


KINDS: dict[str, Callable[[int], str]] = {
    "opening marks": lambda n: f'"{_word(n)} ',
    "single marks": lambda n: f"‘{_word(n)} ",
    "capitals": lambda n: f"{_word(n).upper()} ",
    "and": lambda n: "and ",
    "commas": lambda n: f"{_word(n)}, ",
    "brackets": lambda n: f"({_word(n)} ",
    "lines of a word": lambda n: f"{_word(n)}\n",
    "names and commas": lambda n: f"{GIVEN[n % 8]} {FAMILY[n % 9]}, ",
    "names of many": lambda n: (
        f"{_name(n)} {_name(n + 1)} met {_name(n + 2)} of {_name(n + 3)} Bank in Paris. "
    ),
    "he said": lambda n: f'"{_word(n).title()} it," he said. ',
    "one event": lambda n: "The attack on Maria Lopez shook Paris. ",
    "initials": lambda n: "A. B. ",
    "titles": lambda n: "president minister ",
    "dates": lambda n: f"{n % 28 + 1} March {1900 + n % 100}, ",
}


def _text(kind: str, size: int) -> str:
    out: list[str] = []
    for part in map(KINDS[kind], count()):
        out.append(part)
        size -= len(part)
        if size <= 0:
            return "".join(out)
    raise AssertionError


@contextmanager
def calls() -> Iterator[Counter[str]]:
    """Count the calls that are made."""
    found: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event in ("call", "c_call"):
            found[frame.f_code.co_qualname if "/kg/" in frame.f_code.co_filename else ""] += 1

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


def work(kind: str, size: int, resources: Resources) -> Counter[str]:
    with calls() as found:
        (facts,) = facts_of([article(_text(kind, size))], resources)
    assert isinstance(facts, Facts), facts
    return found


@pytest.mark.model
@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_as_the_text_does(kind: str, resources: Resources) -> None:
    work(kind, 500, resources)  # what is loaded once
    less, more = work(kind, 4_000, resources), work(kind, 8_000, resources)
    most = [(n, name, less[name]) for name, n in more.most_common(6)]
    assert more.total() < 2.6 * less.total(), most


@pytest.mark.model
def test_a_list_of_names_costs_hardly_more_than_news_of_its_length(resources: Resources) -> None:
    """Of 100,000 characters, which are done in one piece: whatever compares each name with all others shows."""
    size, names = 100_000, map(_name, count())
    people = (f"{GIVEN[n % 8]} {name}" for n, name in enumerate(names))
    paragraphs = (f"Those who came to the hall were {', '.join(islice(people, 30))}.\n\n" for _ in count())
    stories = (f"{record['text']}\n\n" for record, _ in news(200, seed=5, words=300))

    def work(parts: Iterator[str]) -> Callable[[], None]:
        text = ""
        while len(text) < size:
            text += next(parts)

        def build() -> None:
            (facts,) = facts_of([article(text[:size])], resources)
            assert isinstance(facts, Facts), facts

        return build

    listed, told = costs(work(paragraphs), work(stories), rounds=1)
    assert listed < 2.5 * told


def test_single_marks_are_looked_through_once() -> None:
    def steps(size: int) -> int:
        text = _text("single marks", size)
        with calls() as found:
            find_quotes(text, [Span(0, len(text))])
        return found.total()

    assert steps(80_000) < 2.2 * steps(40_000)


def test_a_stretch_without_an_end_is_left_out_and_told(tmp_path: Path) -> None:
    path, warnings = tmp_path / "a.txt", list[str]()
    path.write_text("The ferry pier at Tarnmouth is shut.\n\n" + "and " * (ENDLESS // 4 + 1))
    (found,) = read_articles([path], ReadOptions(on_warning=warnings.append, check_language=False))
    assert isinstance(found, Article)
    assert [span.begin for span in found.furniture] == [38]
    assert any(line.endswith("characters in which no sentence ends are left out") for line in warnings)
    path.write_text("and " * (ENDLESS // 4 + 1))
    (found,) = read_articles([path], ReadOptions())
    assert isinstance(found, Reject) and found.reason.startswith("no sentence ends in its 100,00")


@pytest.mark.model
def test_a_sentence_that_nobody_wrote_is_cut(resources: Resources) -> None:
    (facts,) = facts_of([article(" ".join(islice(map(_word, count()), 3_000)))], resources)
    assert isinstance(facts, Facts)
    assert all(s.end - s.begin < 2_000 for event in facts.events for s in event.sentences)
