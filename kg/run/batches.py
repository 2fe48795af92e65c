"""Gathers articles into batches of about the same number of tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

TOKENS = 20_000
"""A batch is two to three seconds' work: so much is lost when a build is killed."""


def batches(items: Iterable[T], size: Callable[[T], int], limit: int = TOKENS) -> Iterator[list[T]]:
    """Yield the items in lists that end as soon as their sizes add up to `limit`; none is empty."""
    batch: list[T] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item)
        if total >= limit:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def tokens(text: str) -> int:
    """Return about how many tokens a text has: its words, and a seventh more for the marks between them."""
    return (text.count(" ") + text.count("\n") + 1) * 8 // 7
