"""Read a Wikidata JSON dump item by item: what a knowledge base needs of each, the rest passed over.

The format: one JSON array, an item a line, each line ending in a comma
(https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html).
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import IdentityError

_INSTANCE, _BELOW = "P31", "P279"
_GEONAMES_ID = "P1566"
_BORN, _DIED = "P569", "P570"
_TIES = (
    "P27 P102 P108 P39 P17 P131 P159 P749 P361 P127 P463 P54 P276 P112 P169 P35 P6".split()  # noqa: SIM905
)
"""Nationality, party, employer, position, country, lies in, headquarters, parent body, part of, owner, member of,
team, location, founder, chief executive, head of state, head of government."""
_YEAR = re.compile(r"^([+-]\d+)-")


@dataclass(frozen=True, slots=True)
class WikidataItem:
    """One item: its number, names in English, description, classes, superclasses and ties (numbers)."""

    number: int
    label: str
    aliases: tuple[str, ...]
    description: str
    known: int
    classes: tuple[int, ...]
    above: tuple[int, ...]
    ties: tuple[int, ...]
    geonames: str | None
    born: int | None
    died: int | None


def read_dump(path: Path) -> Iterator[WikidataItem]:
    """Yield the items of a dump (.json, .json.gz, .json.bz2) in bounded memory; properties and lexemes are left out.

    Raises:
        IdentityError: the file can't be read, is cut off, or a line is no item; the message says where.
    """
    number = 0
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, 1):  # noqa: B007 - the messages below say it
                text = line.strip().rstrip(b",")
                if text in (b"", b"[", b"]"):
                    continue
                item = _item(json.loads(text))
                if item is not None:
                    yield item
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise IdentityError(
            f"{path}, after line {number}: the archive is damaged or cut off: {error}"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise IdentityError(f"{path}, line {number}: it is no Wikidata item ({reason})") from error
    except OSError as error:
        raise IdentityError(f"{path}: it can't be read: {error.strerror or error}") from error


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if path.suffix == ".bz2":
        return bz2.open(path, "rb")
    return path.open("rb")


def _item(entity: dict[str, Any]) -> WikidataItem | None:
    identifier = entity["id"]
    if not identifier.startswith("Q") or entity.get("type", "item") != "item":
        return None
    labels, claims = entity.get("labels") or {}, entity.get("claims") or {}
    label = _text(labels.get("en") or labels.get("mul"))
    aliases = entity.get("aliases") or {}
    named = [_text(value) for language in ("en", "mul") for value in aliases.get(language, ())]
    return WikidataItem(
        int(identifier[1:]),
        label,
        tuple(dict.fromkeys(name for name in named if name and name != label)),
        _text((entity.get("descriptions") or {}).get("en")),
        len(entity.get("sitelinks") or {}),
        _items(claims, _INSTANCE),
        _items(claims, _BELOW),
        tuple(dict.fromkeys(number for name in _TIES for number in _items(claims, name))),
        next((str(value) for value in _values(claims, _GEONAMES_ID)), None),
        _year(claims, _BORN),
        _year(claims, _DIED),
    )


def _text(value: dict[str, str] | None) -> str:
    return value["value"] if value else ""


def _values(claims: dict[str, Any], name: str) -> Iterator[Any]:
    """The values of a property; deprecated ones and "unknown" are none."""
    for claim in claims.get(name, ()):
        snak = claim.get("mainsnak", {})
        if snak.get("snaktype") == "value" and claim.get("rank") != "deprecated":
            yield snak["datavalue"]["value"]


def _items(claims: dict[str, Any], name: str) -> tuple[int, ...]:
    return tuple(
        int(value["numeric-id"]) if "numeric-id" in value else int(value["id"][1:])
        for value in _values(claims, name)
    )


def _year(claims: dict[str, Any], name: str) -> int | None:
    for value in _values(claims, name):
        hit = _YEAR.match(value["time"])
        if hit:
            return int(hit[1])
    return None
