"""Make the literals of the model; the same value gives the same object, as most of them come many times."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from rdflib import Literal, URIRef

from kg.errors import GraphError
from kg.graph.vocabulary import XSD

_SURROGATE = re.compile("[\ud800-\udfff]")
_BY_LENGTH = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_DECIMAL, _INDEX, _BOOLEAN, _DATE_TIME = XSD.decimal, XSD.integer, XSD.boolean, XSD.dateTime
TRUE, FALSE = Literal("true", datatype=_BOOLEAN), Literal("false", datatype=_BOOLEAN)


def whole(text: str) -> str:
    """Replace lone surrogates, which JSON can smuggle in and UTF-8 can't hold, one for one by U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


@lru_cache(maxsize=32768)
def _short(value: str) -> Literal:
    return Literal(whole(value))


def text(value: str) -> Literal:
    """Return words as a plain literal; lone surrogates become U+FFFD."""
    return _short(value) if len(value) < 80 else Literal(whole(value))


@lru_cache(maxsize=65536)
def index(value: int) -> Literal:
    """Return an offset as `xsd:integer`: stores keep no narrower type, and NIF asks for the value only."""
    return Literal(str(value), datatype=_INDEX, normalize=False)


@lru_cache(maxsize=1024)
def confidence(value: float) -> Literal:
    """Return a confidence, rounded to two decimals.

    Raises:
        GraphError: it lies outside 0 to 1.
    """
    if not 0.0 <= value <= 1.0:
        raise GraphError(f"a confidence lies between 0 and 1, not {value}")
    return _decimal(f"{value:.2f}")


@lru_cache(maxsize=4096)
def degrees(value: float) -> Literal:
    """Return a coordinate with at most five decimals (about a metre)."""
    return _decimal(f"{value:.5f}")


def _decimal(digits: str) -> Literal:
    """Return the canonical form (XSD 1.1): `0.6`, not `0.60`; a store would rewrite any other."""
    short = digits.rstrip("0").rstrip(".")
    return Literal("0" if short in {"", "-0"} else short, datatype=_DECIMAL, normalize=False)


def boolean(value: bool) -> Literal:
    """Return true or false."""
    return TRUE if value else FALSE


@lru_cache(maxsize=4096)
def moment(prefix: str) -> Literal:
    """Return a time as coarse as its ISO 8601 prefix: `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`.

    Raises:
        GraphError: it is no such prefix, or no day of the calendar.
    """
    kind = _BY_LENGTH.get(len(prefix))
    try:
        if kind is None:
            raise ValueError
        date.fromisoformat(prefix + "-01-01"[len(prefix) - 4 :] if len(prefix) < 10 else prefix)
    except ValueError:
        raise GraphError(f"'{prefix}' is no time of the form YYYY, YYYY-MM or YYYY-MM-DD") from None
    return Literal(prefix, datatype=kind, normalize=False)


def published(value: str) -> Literal:
    """Return an article's date: `xsd:dateTime`, a kind of `moment`, or plain words where it is neither."""
    try:
        return moment(value)
    except GraphError:
        pass
    try:
        moment_ = datetime.fromisoformat(value).isoformat().replace("+00:00", "Z")
        return Literal(moment_, datatype=_DATE_TIME, normalize=False)
    except ValueError:
        return text(value)


def typed(value: str, datatype: URIRef) -> Literal:
    """Return words with a datatype, exactly as they are."""
    return Literal(whole(value), datatype=datatype, normalize=False)
