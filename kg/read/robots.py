"""What a site asks of programs: its robots.txt, as RFC 9309 reads it (the standard library knows no wildcards)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_LINE = re.compile(r"^\s*([A-Za-z-]{1,40})\s*:\s*([^#\r\n]*)", re.MULTILINE)
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program: patterns of paths, and whether each is allowed; `pause` in seconds.

    >>> Robots.read("User-agent: *\\nDisallow: /private/*.html$", "newskg").allows("https://a.org/private/x.html")
    False
    """

    rules: tuple[tuple[str, bool], ...] = ()
    pause: float = 0.0

    @classmethod
    def read(cls, text: str, agent: str) -> Robots:
        """Return the rules of a robots.txt for the program called `agent`, else those for all."""
        groups: dict[str, list[tuple[str, str]]] = {}
        names: list[str] = []
        open_ = False  # several names may stand before the rules of a group
        for found in _LINE.finditer(text):
            key, value = found[1].lower(), found[2].strip()
            if key == "user-agent":
                names = [*names, value.lower()] if open_ else [value.lower()]
                open_ = True
                groups.setdefault(value.lower(), [])
            elif key in {"allow", "disallow", "crawl-delay"}:
                open_ = False
                for name in names:
                    groups[name].append((key, value))
        own = [name for name in groups if re.match(r"[a-z_-]*", name)[0] == agent.lower()]  # type: ignore[index]
        lines = [line for name in own or ["*"] for line in groups.get(name, ())]
        rules = tuple((_coded(path), key == "allow") for key, path in lines if key != "crawl-delay" and path)
        return cls(rules, _pause(value for key, value in lines if key == "crawl-delay"))

    def allows(self, url: str) -> bool:
        """Tell whether the program may ask for a URL: the longest pattern that fits decides, and allows if equal."""
        parts = urlsplit(url)
        path = _coded(parts.path or "/") + (f"?{_coded(parts.query)}" if parts.query else "")
        hits = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return path == "/robots.txt" or max(hits, default=(0, True))[1]


ALL = Robots()
NOTHING = Robots((("/", False),))


def _fits(pattern: str, path: str) -> bool:
    """Match without backtracking: a hostile pattern of many stars costs no more than its length."""
    end = pattern.endswith("$")
    first, *rest = (pattern[:-1] if end else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest, 1):
        if end and number == len(rest):
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at == len(path) if end and not rest else True


def _coded(path: str) -> str:
    """Write a path in one of the ways that mean the same."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?=&;:@+,!~'()%", errors="surrogateescape")


def _pause(told: Iterable[str]) -> float:
    for value in told:
        try:
            return min(max(0.0, float(value)), _LONGEST_PAUSE)
        except ValueError:
            continue
    return 0.0
