"""A server over the store of `web_store.py`, and a reader with a browser who notices all that goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "graph"), str(HERE.parent / "serve")]

from serve_client import Server, running  # noqa: E402 - it lies in the folder just added
from web_reader import Open, Reader  # noqa: E402


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store; no test changes it."""
    from web_store import fill

    return fill(tmp_path_factory.mktemp("web") / "store")


@pytest.fixture(scope="session")
def site(filled: Path) -> Iterator[Server]:
    """A server over the store."""
    with running("--store", filled) as server:
        yield server


@pytest.fixture
def reader(chromium: Any, site: Server) -> Iterator[Open]:
    """Open tabs; at the end none may have complained, run foreign script or asked another host."""
    readers: list[Reader] = []
    contexts: list[Any] = []

    def open_tab(path: str = "/", **options: Any) -> Reader:
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 860}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        one = Reader(context.new_page(), site.url)
        one.page.on(
            "console", lambda m: one.complaints.append(m.text) if m.type in {"error", "warning"} else None
        )
        one.page.on("pageerror", lambda e: one.complaints.append(str(e)))
        one.page.on("dialog", lambda d: (one.complaints.append(f"dialog {d.message}"), d.dismiss()))

        def gate(route: Any) -> None:
            if route.request.url.startswith((site.url, "data:", "blob:")):
                route.continue_()
            else:
                one.elsewhere.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        readers.append(one)
        return one.go(path)

    yield open_tab
    for one in readers:
        hurt = (
            [frame.evaluate("window.hurt") for frame in one.page.frames] if not one.page.is_closed() else []
        )
        assert not any(hurt)
    for context in contexts:
        context.close()
    for one in readers:
        assert one.elsewhere == []
        assert one.complaints == []
