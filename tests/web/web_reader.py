"""A reader with a browser who notices all that goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Reader:
    """A browser tab at the server, with what it complained of and what it asked of other hosts."""

    page: Any
    url: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def go(self, path: str) -> Reader:
        self.page.goto(self.url + path.removeprefix("/"))
        return self

    def js(self, code: str) -> Any:
        return self.page.evaluate(code)


Open = Callable[..., Reader]
