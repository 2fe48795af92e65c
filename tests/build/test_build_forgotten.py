"""What was withdrawn from a store stays away when the feed still tells of it, until it is let back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.store import ArticleStore

TEXT = "Vera Lund, the mayor of {}, opened the harbour on Monday. Lund thanked the builders."
BASE = "https://example.org/newskg/article/"


def feed(path: Path, *ids: str, verb: str = "opened") -> Path:
    lines = [json.dumps({"id": one, "text": TEXT.format(one.title()).replace("opened", verb)}) for one in ids]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def held(store: str) -> list[str]:
    with ArticleStore(store) as opened:
        return [one for one in ("arken", "selm", "torp") if opened.holds(BASE + one)]


def test_a_forgotten_article_comes_back_only_when_it_is_let(kg: Any, tmp_path: Path) -> None:
    news = feed(tmp_path / "news.jsonl", "arken", "selm")
    assert kg("build", news, "--store", "news.kg").code == 0
    assert kg("forget", "selm", "--store", "news.kg").code == 0
    # the feed goes on, and the article's words have changed
    feed(news, "arken", "selm", "torp", verb="closed")
    ended = kg("build", news, "--store", "news.kg", "--strict")
    assert (ended.code, held("news.kg")) == (0, ["arken", "torp"])
    assert (
        ended.line
        == "1 article left out that was withdrawn from the store; kg forget --restore lets one come back"
    )
    assert kg("forget", "--list", "--store", "news.kg").out == f"{BASE}selm\tselm\n"
    assert kg("forget", "selm", "--restore", "--store", "news.kg").out == (
        f"May come back: {BASE}selm; build it again\n"
    )
    assert held("news.kg") == ["arken", "torp"]
    assert kg("build", news, "--store", "news.kg").err == ""
    assert held("news.kg") == ["arken", "selm", "torp"]
    assert kg("forget", "--list", "--store", "news.kg").out == ""


def test_a_build_of_nothing_but_forgotten_articles_says_so(kg: Any, tmp_path: Path) -> None:
    news = feed(tmp_path / "news.jsonl", "arken", "selm")
    kg("build", news, "--store", "news.kg")
    kg("forget", "selm", BASE + "arken", "--store", "news.kg")
    ended = kg("build", news, "--store", "news.kg")
    assert ended.code == 1
    assert "2 articles left out that were withdrawn from the store, and nothing else" in ended.err
    assert held("news.kg") == []


def test_what_can_not_be_let_back(kg: Any, tmp_path: Path) -> None:
    kg("build", feed(tmp_path / "news.jsonl", "arken"), "--store", "news.kg")
    ended = kg("forget", "arken", "--restore", "--store", "news.kg")
    assert (ended.code, ended.line.startswith("arken: no article of that id or IRI was withdrawn")) == (
        1,
        True,
    )
    for wrong in (["--list", "arken", "--store", "news.kg"], ["--store", "news.kg"], ["arken"]):
        assert kg("forget", *wrong).code == 2
