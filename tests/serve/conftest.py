"""Servers to ask: one for all tests that only read, and a way to start others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from serve_client import Serve, Server, running

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "store")]  # the invented articles of the store's tests


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that end with the test."""
    with ExitStack() as stack:
        yield lambda *args, **more: stack.enter_context(running(*args, **more))


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some invented articles; no test changes it."""
    from store_articles import puts

    from kg.store import ArticleStore

    path = tmp_path_factory.mktemp("served") / "articles"
    with ArticleStore(path) as store:
        store.put(puts(40))
    return path


@pytest.fixture(scope="session")
def server(articles: Path) -> Iterator[Server]:
    """A server as it is by default, but with little patience for queries."""
    with running("--store", articles, "--timeout", "3", "--max-rows", "500") as one:
        yield one


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A store with nothing in it."""
    from kg.store import ArticleStore

    with ArticleStore(tmp_path / "empty"):
        return tmp_path / "empty"
