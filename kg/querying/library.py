"""The named queries: `.rq` files whose first comment says what they answer, and the next what they take."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg.errors import QueryError

_PARAM = re.compile(
    r"# param (?P<name>[A-Za-z]\w*): (?P<text>.+?) "
    r"\((?:type: (?P<type>[\w|]+), )?(?:(?P<required>required)|default: (?P<default>.+))\)"
)
ANY = "any"
"""The default that leaves a parameter open."""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: it must be given, or has a default, or (`default` None, not `required`) is open.

    `type` is `date`, or the words that can be given with `|` between them, or nothing where all can.
    """

    name: str
    description: str
    required: bool = False
    default: str | None = None
    type: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One query of the library: its name, what it answers in one line, what it takes, and its SPARQL."""

    name: str
    description: str
    params: tuple[Param, ...]
    text: str


def read_query(name: str, text: str) -> NamedQuery:
    """Read the head of a `.rq` file: a line of description, then `# param name: what (required)` lines.

    Instead of `(required)` stands `(default: value)`, or `(default: any)` for one that may be left open; before it may
    stand its `type: date, ` or `type: One|Other, `.

    Raises:
        QueryError: the head is not of this form.
    """
    head, params = [], []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line)
    if not head or head[0].startswith("# param") or not head[0][1:].strip():
        raise QueryError(f"the query '{name}' lacks its description in the first line")
    for line in head[1:]:
        match = _PARAM.fullmatch(line.strip())
        if match is None:
            raise QueryError(f"the query '{name}': '{line}' is no '# param name: what (default: value)'")
        default = None if match["default"] == ANY else match["default"]
        required, kind = match["required"] is not None, match["type"] or ""
        params.append(Param(match["name"], match["text"], required, default, kind))
    return NamedQuery(name, head[0][1:].strip(), tuple(params), text)


@lru_cache(maxsize=1)
def _library() -> dict[str, NamedQuery]:
    folder: Traversable = files("kg.querying") / "queries"
    texts = {f.name[:-3]: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".rq")}
    return {name: read_query(name, texts[name]) for name in sorted(texts)}


def list_queries() -> tuple[NamedQuery, ...]:
    """Return every named query, by name."""
    return tuple(_library().values())


def get_query(name: str) -> NamedQuery:
    """Return one named query.

    Raises:
        QueryError: there is none of that name; the message offers the nearest.
    """
    library = _library()
    if name not in library:
        near = difflib.get_close_matches(name, library, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(library)}"
        raise QueryError(f"there is no query '{name}': {hint}")
    return library[name]
