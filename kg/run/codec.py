"""Facts to bytes and back: JSON of plain lists in the order of the dataclasses' fields, packed.

Fields that do not count in comparisons (the grounds of facts) are left out, so that what comes back is equal.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from kg.model import Facts

_LEVEL = 1  # higher levels save a tenth and cost three times as much

Decoder = Callable[[Any], Any]


def encode(facts: Facts) -> bytes:
    """Return the facts as packed JSON; `decode` gives equal ones back."""
    text = json.dumps(facts, default=_row, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def decode(data: bytes) -> Facts:
    """Return the facts that `encode` packed.

    Raises:
        ValueError, TypeError, zlib.error: the bytes are damaged, or of another version of the dataclasses.
    """
    return cast(Facts, _decoder(Facts)(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))))


def _row(value: Any) -> tuple[Any, ...]:
    return cast("tuple[Any, ...]", _getter(value.__class__)(value))


@cache
def _getter(kind: type) -> Callable[[object], Any]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is no part of the model")
    names = [field.name for field in _kept(kind)]
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names)


@cache
def _decoder(kind: Any) -> Decoder:
    """Return what makes a value of a type from its JSON: dataclasses, tuples, enums, plain values, None."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        one = _decoder(inner[0])
        return tuple if one is _same else lambda rows: tuple([one(row) for row in rows])
    if origin in (types.UnionType, Union):
        (other,) = [part for part in inner if part is not types.NoneType]
        some = _decoder(other)
        return _same if some is _same else lambda row: None if row is None else some(row)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    if kind in (str, int, float, bool):
        return _same
    raise TypeError(f"{kind} has no form in JSON here")


def _kept(kind: Any) -> list[Field[Any]]:
    return [field for field in fields(kind) if field.compare]


def _same(value: Any) -> Any:
    return value


def _record(kind: type) -> Decoder:
    hints = get_type_hints(kind)
    parts = [_decoder(hints[field.name]) for field in _kept(kind)]
    size = len(parts)
    least = sum(field.default is MISSING for field in _kept(kind))
    special = [(place, part) for place, part in enumerate(parts) if part is not _same]
    if not special:
        return lambda row: kind(*row)

    def record(row: list[Any]) -> Any:
        if not least <= len(row) <= size:  # an earlier version knew fewer fields
            raise ValueError(f"a {kind.__name__} has {size} fields, not {len(row)}")
        for place, part in special:
            if place < len(row):
                row[place] = part(row[place])
        return kind(*row)

    return record
