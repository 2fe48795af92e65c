"""The classes of events, from the one table `ontologies/events/classes.yaml`, as every room reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from kg.errors import KGError

Stance = Literal["hostile", "friendly", "neutral"]
STANCES: tuple[Stance, ...] = get_args(Stance)
_FLAGS = (
    "mutual located territorial content doing befalling moving asking praising natural talking violent "
    "handing harming"
)
FLAGS = frozenset(_FLAGS.split())
"""What the analysis and the page do otherwise for some classes; the table says what each means."""

_PACKAGE = Path(__file__).resolve().parent
FOLDERS = (_PACKAGE / "ontologies", _PACKAGE.parent / "ontologies")
"""Where the ontologies lie: in the wheel, and in a checkout."""
TABLE = "events/classes.yaml"


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of events: its CURIE, its name in legends, what it holds, how one side stands to the other.

    `flags` are some of `FLAGS`; `plover` and `cameo` the codes of those vocabularies. A class of the user's own has a
    `parent`, one of the model's, and an `iri` if it is to have another than one below the graph's base.
    """

    curie: str
    name: str
    definition: str
    stance: Stance
    flags: frozenset[str] = frozenset()
    plover: str | None = None
    cameo: tuple[str, ...] = ()
    parent: str | None = None
    iri: str | None = None

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.curie.partition(":")[2]


@cache
def event_classes() -> Mapping[str, EventClass]:
    """Return the classes of the model by CURIE, in the order of the classes in the reader's weights.

    Raises:
        KGError: the table is missing or damaged.

    Example:
        >>> event_classes()["plover:Assault"].stance
        'hostile'
    """
    for folder in FOLDERS:
        if (folder / TABLE).is_file():
            return read_table((folder / TABLE).read_text(encoding="utf-8"))
    raise KGError(f"{TABLE} is missing from {' and '.join(map(str, FOLDERS))}: install newskg again")


def read_table(text: str) -> Mapping[str, EventClass]:
    """Return the classes that a table in YAML holds.

    Raises:
        KGError: an entry lacks something, has something unknown, or stands twice.
    """
    import yaml  # type: ignore[import-untyped, unused-ignore]  # takes its time, and asking a graph needs none of it

    found: dict[str, EventClass] = {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for row in yaml.load(text, Loader=loader):  # noqa: S506 - both are safe
        one = _entry(row)
        if one.curie in found:
            raise KGError(f"{TABLE}: {one.curie} stands twice")
        found[one.curie] = one
    return MappingProxyType(found)


def _entry(row: Mapping[str, Any]) -> EventClass:
    known = {"class", "name", "definition", "stance", "flags", "plover", "cameo"}
    try:
        made = EventClass(
            row["class"],
            row["name"],
            row["definition"],
            row["stance"],
            frozenset(str(row.get("flags", "")).split()),
            row.get("plover"),
            tuple(str(row.get("cameo", "")).split()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise KGError(f"{TABLE}: an entry lacks {error}") from error
    wrong = sorted((set(row) - known) | (made.flags - FLAGS))
    if wrong or made.stance not in STANCES:
        raise KGError(f"{TABLE}: {made.curie}: there is no '{wrong[0] if wrong else made.stance}'")
    return made


@cache
def curies_with(flag: str) -> frozenset[str]:
    """Return the classes of the model with a flag, by their CURIEs.

    Example:
        >>> sorted(curies_with("befalling"))
        ['nkg:Born', 'nkg:Die']
    """
    return frozenset(curie for curie, one in event_classes().items() if flag in one.flags)
