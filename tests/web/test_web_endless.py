"""Endless names and hostile texts on the site: nothing of them is run, and no page grows wider than its window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "view"))

from serve_client import running
from view_endless import endless
from view_stories import BASE

pytestmark = pytest.mark.browser
PATHS = (
    "", "page/person/ada", "page/person/bram", "page/organization/board", "page/place/town", "page/article/endless",
    "page/article/wordy", "page/event/00001", "page/event/00002", "search?q=board", "search?q=ravn", "pairs",
    f"pairs?one={quote(BASE['person/ada'])}&other={quote(BASE['person/bram'])}", "query/timeline", "query/modality",
)  # fmt: skip


def test_nothing_runs_and_no_page_is_wider_than_its_window(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(endless().serialize(format="turtle"), encoding="utf-8")
    complaints: list[str] = []
    with running(path) as site:
        page = chromium.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(90_000)  # on a machine that has much else to do
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on("dialog", lambda d: (complaints.append(d.message), d.dismiss()))
        for address in PATHS:
            response = page.goto(site.url + address)
            assert response.status == 200, address
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 860})
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (
                    address,
                    width,
                )
            assert page.evaluate("window.hurt") is None and page.locator("main img").count() == 0, address
            assert not set(page.inner_text("body")) & set("\u202e\u202c\u2066\u2069\u200f"), address
        page.close()
    assert complaints == []
