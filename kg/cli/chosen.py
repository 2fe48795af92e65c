"""`--component`: which stages other packages bring."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import UsageError


def components(given: Iterable[str]) -> dict[str, str]:
    """Return the names of components by kind; of a kind that is named twice the last counts, as with all options.

    Raises:
        UsageError: one is not written as KIND=NAME.
    """
    found: dict[str, str] = {}
    for text in given:
        kind, equals, name = (part.strip() for part in text.partition("="))
        if not equals or not kind or not name:
            raise UsageError(f"--component {text!r}: write it as KIND=NAME, such as event=NAME")
        found[kind.lower()] = name
    return found
