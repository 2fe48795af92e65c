"""Mint the IRIs of instances: readable, stable, valid for any name, and never one for two things.

The rules, in short:

- A *name* gives a slug in small letters, words joined by `-`. Letters and digits of any script stay as they
  are (IRIs, RFC 3987), so `person/enrique-peña-nieto` and `person/enrique-pena-nieto` stay two. Names that
  differ only in case, spacing, hyphens, dots, commas or quotation marks are one name (`John F. Kennedy`,
  `JOHN F KENNEDY`).
- Where anything else would be lost (`C++`, an emoji, a name longer than 80 letters), `~` and ten letters of a
  hash follow: `organization/c~h4x2k7q3ab`. A slug without `~` therefore always gives its name back.
- A *record's id* is kept letter for letter where it is safe, folders included; otherwise it gets a hash.
- The second thing of one name in an article ends in `~2`. No slug and no id that is kept holds a `~`, so
  neither hash nor number can be taken for part of a name: "Apollo 2" is `apollo-2`, but a second "Apollo"
  is `apollo~2`.
- Several parts in one segment are joined by `--`, which no slug holds.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from rdflib import URIRef

from kg.errors import GraphError, UsageError
from kg.model import Entity, Kind, Span

DEFAULT_BASE = "https://example.org/newskg/"
LONGEST_SLUG = 80
LONGEST_ID = 160

_JOINING = frozenset(".,'\"`´‘’‚‛“”„‟«»‹›")
_ASCII_JOINING = {ord(char): " " for char in (*_JOINING, "-") if char.isascii()}
_ILLEGAL = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


def check_base(base: str) -> str:
    """Return the base IRI of instances, with the `/` at its end that everything minted relies on.

    Raises:
        UsageError: it is no absolute http(s) IRI, or has a query, a fragment, `..` or characters no IRI has.
    """
    try:
        parts = urlsplit(base)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in {"http", "https"} or not host or _ILLEGAL.search(base):
        raise UsageError(f"'{base}' is no base IRI: give an absolute one such as {DEFAULT_BASE}")
    if "?" in base or "#" in base:
        raise UsageError(f"'{base}' is no base IRI: leave out the query and the fragment")
    if {".", ".."} & set(parts.path.split("/")) or "//" in parts.path:
        raise UsageError(f"'{base}' is no base IRI: write its path without '.', '..' and '//'")
    return base if base.endswith("/") else base + "/"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest)[:10].decode("ascii").lower()


def _safe(char: str) -> bool:
    """Tell whether a letter, mark or digit may stand in a path (RFC 3987; no variation selectors)."""
    if char.isascii():
        return char.isalnum()
    code = ord(char)
    return unicodedata.category(char)[0] in "LMN" and code < 0xE0000 and not 0xFE00 <= code <= 0xFE0F


def name_key(name: str) -> str:
    """Return what the spellings of one name share: small letters, compatibility forms, single spaces.

    Two names share an IRI exactly when their keys are equal.
    """
    if name.isascii():
        return " ".join(name.lower().translate(_ASCII_JOINING).split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    spaced = (
        " "
        if char in _JOINING or unicodedata.category(char) in {"Zs", "Zl", "Zp", "Pd"} or char.isspace()
        else char
        for char in folded
    )
    return " ".join("".join(spaced).split())


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """Return the path segment of a name: its key with hyphens; where that loses something, a hash follows.

    Any string gives a valid segment, and two strings give the same one only if their `name_key`
    is the same.
    """
    key = name_key(name)
    if key.replace(" ", "").isascii() and key.replace(" ", "").isalnum() and len(key) <= LONGEST_SLUG:
        return key.replace(" ", "-")
    readable = "-".join("".join(char if _safe(char) else " " for char in key).split())
    if readable == key.replace(" ", "-") and 0 < len(readable) <= LONGEST_SLUG:
        return readable
    return f"{readable[:LONGEST_SLUG].rstrip('-')}~{_hash(key)}"


@lru_cache(maxsize=4096)
def id_slug(identifier: str) -> str:
    """Return the path of a record's id: the id itself where an IRI can hold it, otherwise a slug with a hash.

    Injective: `a/b`, `A/b` and `a-b` stay three. No segment begins with a dot, so nothing resolves away.
    """
    segments = identifier.split("/")
    if (
        len(identifier) <= LONGEST_ID
        and all(s and s[0] != "." and all(c in "-._" or _safe(c) for c in s) for s in segments)
        and unicodedata.is_normalized("NFC", identifier)
    ):
        return identifier
    readable = slug(identifier).partition("~")[0]
    return f"{readable}~{_hash(identifier)}"


def numbered(segment: str, used: dict[str, int]) -> str:
    """Return the segment, with `~2`, `~3` … behind if it was given out before; `used` counts them."""
    used[segment] = count = used.get(segment, 0) + 1
    return segment if count == 1 else f"{segment}~{count}"


def joined(*parts: str) -> str:
    """Join slugs into one segment that keeps them apart: `john-kerry--secretary-of-state`."""
    return "--".join(parts)


def article_iri(base: str, path: str) -> URIRef:
    """Return DOC, the IRI of the article whose record has the id `path`."""
    return URIRef(f"{base}article/{id_slug(path)}")


def span_iri(doc: URIRef, span: Span) -> URIRef:
    """Return `<DOC#char=B,E>` (RFC 5147), the IRI of a stretch of the article's text."""
    return URIRef(f"{doc}#char={span.begin},{span.end}")


def title_iri(doc: URIRef) -> URIRef:
    """Return the context of a title that is no part of the text."""
    return URIRef(f"{doc}#title")


def role_iri(base: str, title: str) -> URIRef:
    """Return the node of a title: one for all who hold it."""
    return URIRef(f"{base}role/{slug(title)}")


def fact_iri(base: str, kind: str, path: str, local: str) -> URIRef:
    """Return the IRI of a fact of one article: `event/<doc>/<local>`; `local` is one finished segment."""
    return URIRef(f"{base}{kind}/{id_slug(path)}/{local}")


def entity_iris(
    entities: Iterable[Entity], base: str, path: str, given: Mapping[str, str] | None = None
) -> dict[str, URIRef]:
    """Return the IRI of every entity of one article by its id.

    `given` are the paths after the base that the corpus has for some of them.

    Unnamed groups belong to their article (`group/<doc>/civilians`). Things of one kind and name are
    numbered in the order of their first mention, so the order in which they are passed is of no matter.
    """
    used: dict[str, int] = {}
    out: dict[str, URIRef] = {}
    for entity in sorted(entities, key=_first_mention):
        if given and entity.id in given:
            out[entity.id] = URIRef(base + given[entity.id])
            continue
        group = entity.kind is Kind.GROUP
        segment = (
            f"group/{id_slug(path)}/{slug(entity.name)}" if group else thing_segment(entity.kind, entity.name)
        )
        out[entity.id] = URIRef(base + numbered(segment, used))
    return out


def absolute(base: str, segment: str) -> URIRef:
    """Return the IRI of a finished path after the base."""
    return URIRef(base + segment)


def thing_segment(kind: Kind, name: str) -> str:
    """Return the path after the base that a named thing of this kind has if no other has its name."""
    return f"{kind.value.lower()}/{slug(name)}"


def _first_mention(entity: Entity) -> tuple[float, float, str]:
    first = min((m.span for m in entity.mentions), default=None)
    return (first.begin, first.end, entity.id) if first else (float("inf"), float("inf"), entity.id)


def external_iri(iri: str) -> URIRef:
    """Return an IRI from elsewhere (`owl:sameAs`).

    Raises:
        GraphError: it is relative or holds characters that no IRI may hold.
    """
    if _ILLEGAL.search(iri) or not _ABSOLUTE.fullmatch(iri):
        raise GraphError(f"'{iri}' is no absolute IRI")
    return URIRef(iri)


def is_writable(iri: str) -> bool:
    """Tell whether an IRI can stand between `<` and `>` in Turtle as it is."""
    return not _ILLEGAL.search(iri)
