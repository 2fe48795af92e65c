"""Facts with other ids and moved spans: what in them is an id or a span, the types of the model tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from kg.model import EntityId, FactId, Span

T = TypeVar("T")
_Step = Callable[[Any, "Renaming"], Any]


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Renaming:
    """What becomes of the ids of entities, of those of facts, and of spans.

    Example:
        >>> Renaming(entities=lambda name: f"w1-{name}").of(Relation("a", "schema:spouse", "b", Span(0, 9))).object
        'w1-b'
    """

    entities: Callable[[str], str] = _same
    facts: Callable[[str], str] = _same
    spans: Callable[[Span], Span] = _same

    def of(self, fact: T) -> T:
        """Return a dataclass of the model with all in it renamed; of entities that become one, one is named."""
        kind: Any = type(fact)
        return replace(fact, **{name: step(getattr(fact, name), self) for name, step in _steps(kind)})  # type: ignore[type-var]

    def of_all(self, some: Iterable[T]) -> tuple[T, ...]:
        """Return several."""
        return tuple(map(self.of, some))


@cache
def _steps(kind: Any) -> tuple[tuple[str, _Step], ...]:
    """Return the fields of a dataclass that hold something to rename, and how."""
    hints = get_type_hints(kind, include_extras=True)
    found = ((field.name, _step(hints[field.name])) for field in fields(kind))
    return tuple((name, step) for name, step in found if step is not None)


def _step(hint: Any) -> _Step | None:
    if hint == EntityId:
        return lambda value, by: by.entities(value)
    if hint == FactId:
        return lambda value, by: by.facts(value)
    if hint is Span:
        return lambda value, by: by.spans(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return (lambda value, by: by.of(value)) if _steps(hint) else None
    inner = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)]
    one = _step(inner[0]) if len(inner) == 1 else None
    if one is None:
        return None
    if get_origin(hint) is not tuple:
        return lambda value, by: None if value is None else one(value, by)
    if inner[0] == EntityId:
        return lambda values, by: tuple(dict.fromkeys(by.entities(value) for value in values))
    return lambda values, by: tuple([one(value, by) for value in values])
