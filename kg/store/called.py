"""What the things of packed articles are called, in small letters: who is meant is looked up, not compared.

Asked for "ana carter", an engine reads each name that there is, most of them those of events, and writes it in small
letters. So these stand beside the packed articles, and a query that compares so is given the few things that may
be meant. It still compares: an entry too many costs no answer, and only one that lacked would.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from kg.graph.vocabulary import PREFIXES

_NAMINGS = ("rdfs:label", "skos:altLabel", "nkg:formerName")
_IRIS = [PREFIXES[prefix] + name for prefix, _, name in (one.partition(":") for one in _NAMINGS)]
_LINE = re.compile(rf'(<[^>]*>|_:\S+) <(?:{"|".join(map(re.escape, _IRIS))})> ("(?:[^"\\]|\\.)*").*')
_PREFIX = re.compile(r"PREFIX\s+(rdfs|skos|nkg):\s*<([^>]*)>", re.IGNORECASE)
_COMPARED = re.compile(
    r'VALUES \?name \{ (?P<name>"(?:[^"\\]|\\.)*") \}\s+'
    rf"(?P<rest>VALUES \?naming \{{ {' '.join(_NAMINGS)} \}}\s+\?(?P<thing>\w+) \?naming \?known \.\s+"
    r"FILTER \(LCASE\(STR\(\?known\)\) = LCASE\(\?name\)\))"
)
_ELSEWHERE = (
    f"SELECT DISTINCT ?thing WHERE {{ VALUES ?naming {{ {' '.join(_NAMINGS)} }} "
    "GRAPH ?graph { ?thing ?naming ?known } FILTER (LCASE(STR(?known)) = LCASE(%s)) }"
)
_MOST = 1_000
"""So many things of one name are given to a query; of more the engine finds them as well by itself."""
_PATIENCE = 0.5
"""Seconds to wait for who writes the names."""


def namings(lines: Iterable[str]) -> list[str]:
    """Return those of some lines of N-Triples that tell what something is called."""
    text = "\n".join([*lines, ""])
    found = []
    for iri in _IRIS:
        place = 0
        # they are few among many, and one after the other is looked at seven times as long
        while (place := text.find(f' <{iri}> "', place)) >= 0:
            begin, end = text.rfind("\n", 0, place) + 1, text.index("\n", place)
            if line := _LINE.fullmatch(text, begin, end):  # it may end a text that is said of something
                found.append(line[0])
            place = end
    return found


def fill(db: sqlite3.Connection, lines: Iterable[str]) -> None:
    """Note what such lines call things; the caller ends the transaction."""
    db.executemany("INSERT OR IGNORE INTO called VALUES (?, ?, ?)", map(_row, lines))


def empty(db: sqlite3.Connection, lines: Iterable[str]) -> None:
    """Take away what such lines call things; the caller ends the transaction."""
    db.executemany("DELETE FROM called WHERE name = ? AND thing = ? AND spelt = ?", map(_row, lines))


def narrowed(query: str, store: ox.Store, db: sqlite3.Connection) -> str:
    """Return a query with what may be meant by a name that it compares in small letters; no line is lost.

    `db` holds the names of the packed articles; those of the other graphs are read in the store. Where the names
    can't be read just now the query is returned as it is.

    Example:
        `VALUES ?naming { … } ?one ?naming ?known .` becomes
        `VALUES ?one { <…/person/ana-carter> } VALUES ?naming { … } ?one ?naming ?known .`
    """
    if any(PREFIXES[prefix.lower()] != iri for prefix, iri in _PREFIX.findall(query)):
        return query

    def with_things(found: re.Match[str]) -> str:
        try:
            rows = db.execute(
                "SELECT DISTINCT thing FROM called WHERE name = ?", (_key(_value(found["name"])),)
            )
            things = {str(thing) for (thing,) in rows.fetchmany(_MOST)}
            others = store.query(_ELSEWHERE % found["name"], prefixes=dict(PREFIXES))
            things.update(str(row[0]) for row in others)  # type: ignore[union-attr]
        except (sqlite3.Error, SyntaxError, OSError, ValueError, RuntimeError):
            return found[0]  # what is wrong with the query the engine tells
        if len(things) >= _MOST or not all(thing.startswith("<") for thing in things):
            return found[0]
        begin = found.start("rest") - found.start()
        return f"{found[0][:begin]}VALUES ?{found['thing']} {{ {' '.join(sorted(things))} }} {found['rest']}"

    return _COMPARED.sub(with_things, query)


def narrowed_by(query: str, store: ox.Store, file: Path) -> str:
    """Return such a query with the names in a file that others may be writing just now."""
    try:
        with closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
        ) as db:
            return narrowed(query, store, db)
    except sqlite3.Error:
        return query


def _row(line: str) -> tuple[bytes, str, bytes]:
    found = _LINE.match(line)
    assert found is not None, line
    return _key(_value(found[2])), found[1], _digest(line)


def _value(literal: str) -> str:
    """Return the text of a literal as N-Triples and SPARQL spell it."""
    if "\\" not in literal:
        return literal[1:-1]
    (quad,) = ox.parse(f"<a:a> <a:a> {literal} .".encode(), ox.RdfFormat.N_TRIPLES)
    return str(quad.object.value)


def _key(name: str) -> bytes:
    return _digest(name.lower())


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
