"""A full-text index over the names of things, in a small SQLite file beside a snapshot of the store."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rapidfuzz.distance import OSA

from kg.errors import StoreError
from kg.graph.inflection import inflected, irregular, root
from kg.graph.vocabulary import PREFIXES

_QUERY = """
SELECT ?thing ?name ?type WHERE {
  { ?thing rdfs:label|skos:altLabel|nkg:formerName|schema:headline ?name }
  UNION { ?thing a nkg:Statement ; schema:text ?name }
  ?thing a ?type .
  FILTER (?type IN (schema:Person, schema:Organization, schema:Place, nkg:Group, sem:Event, nkg:Statement,
    schema:NewsArticle, org:Role))
}"""
_WORD = re.compile(r"\w+")
_SHORT, _LONG = 4, 8
"""A shorter word is taken as it stands; from so many letters on two of them may be wrong."""
_RANK = {"Person": 0, "Organization": 0, "Place": 0, "Group": 1, "NewsArticle": 2, "Role": 3, "Event": 4}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by one of its names."""

    iri: str
    name: str
    kind: str


def index_labels(store: ox.Store, target: Path) -> None:
    """Write the index of a store's names to a new file.

    Raises:
        StoreError: the file can't be written.
    """
    try:
        with sqlite3.connect(target) as db:
            db.execute(
                "CREATE VIRTUAL TABLE label USING fts5(name, iri UNINDEXED, kind UNINDEXED, rank_ UNINDEXED, "
                "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
            )
            found = store.query(_QUERY, prefixes=dict(PREFIXES))
            db.executemany("INSERT INTO label VALUES (?, ?, ?, ?)", sorted(set(map(_row, found)), key=_order))  # type: ignore[arg-type]
    except sqlite3.Error as error:
        raise StoreError(f"{target}: {error}") from error


def _row(solution: ox.QuerySolution) -> tuple[str, str, str, int]:
    thing, name, type_ = (str(getattr(solution[i], "value", "")) for i in range(3))
    kind = re.sub(r".*[/#]", "", type_)
    return name.encode("utf-8", "replace").decode("utf-8"), thing, kind, _RANK.get(kind, 5)


def _order(row: tuple[str, str, str, int]) -> tuple[str, str, str]:
    name, thing, _, _ = row
    return name.casefold(), name, thing


def find_labels(index: Path, words: str, most: int = 12, kind: str = "") -> list[Hit]:
    """Return the things with a name that has all of these words, the last ones perhaps unfinished.

    After them those with other forms of the words; where there is neither, those with words that are spelt nearly so.

    With `kind`, the local name of a class such as `Person`, only things of that class; without words then, all
    of them by their names.

    Raises:
        StoreError: the index can't be read.
    """
    tokens = _WORD.findall(words)[:8]
    if not tokens and not kind:
        return []
    # the rows were put in by name, so that a kind is listed without sorting
    wanted, order = ("name MATCH ?", "rank_, rank, length(name), name") if tokens else ("? = ''", "rowid")
    match = " ".join(f'"{token}"*' for token in tokens)
    query = (
        f"SELECT iri, name, kind FROM label WHERE {wanted} AND (? = '' OR kind = ?) "  # noqa: S608 - two constants
        f"ORDER BY {order} LIMIT ?"
    )
    try:
        db = sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)
        try:
            rows = db.execute(query, (match, kind, kind, most * 4)).fetchall()
            if len(rows) < most and tokens and (match := _inflected(db, tokens)):
                rows += db.execute(query, (match, kind, kind, most * 4)).fetchall()
            if not rows and tokens:
                match = _spelt(db, tokens)
                rows = db.execute(query, (match, kind, kind, most * 4)).fetchall() if match else []
        finally:
            db.close()
    except sqlite3.Error as error:
        raise StoreError(f"{index}: {error}") from error
    hits: dict[str, Hit] = {}
    for iri, name, found in rows:
        hits.setdefault(iri, Hit(iri, name, found))
    return list(hits.values())[:most]


def _inflected(db: sqlite3.Connection, tokens: list[str]) -> str:
    """Return the words, each or another form of it that some name has; nothing if no name has another form."""
    parts, found = [], False
    for token in tokens:
        own = [term for term in _forms(db, token.lower()) if not term.startswith(token.lower())]
        found = found or bool(own)
        parts.append("(" + " OR ".join((f'"{token}"*', *(f'"{term}"' for term in own))) + ")")
    return " AND ".join(parts) if found else ""


def _forms(db: sqlite3.Connection, word: str) -> list[str]:
    """Return the indexed words that are forms of a word."""
    if not (forms := inflected(word)):
        return []
    _vocabulary(db)
    kin = next((kin for kin in irregular() if word in kin), ())
    begins = sorted({form[:2] for form in (*kin, root(word))})
    asked = "SELECT term FROM temp.words WHERE term >= ? AND term <= ?"  # a range is read, not all words
    near = (term for begin in begins for (term,) in db.execute(asked, (begin, f"{begin}\U0010ffff")))
    pattern = re.compile(forms)
    return [term for term in near if pattern.fullmatch(term)]


def _spelt(db: sqlite3.Connection, tokens: list[str]) -> str:
    """Return the words with those that no name has spelt as some name does; nothing if one can't be mended."""
    parts = []
    for token in tokens:
        known = db.execute("SELECT 1 FROM label WHERE name MATCH ? LIMIT 1", (f'"{token}"*',)).fetchone()
        words = [token] if known else meant(db, token)
        if not words:
            return ""
        parts.append("(" + " OR ".join(f'"{word}"*' for word in words) + ")")
    return " AND ".join(parts)


def meant(db: sqlite3.Connection, token: str, most: int = 3) -> list[str]:
    """Return the indexed words that differ from a token in a letter or two, the nearest and most frequent first.

    A letter more or less, another one, or two that changed places count as one. Words are compared with what
    they begin with, too: who writes may not have finished.
    """
    word = token.lower()
    allowed = 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2
    if not allowed:
        return []
    _vocabulary(db)
    rows = db.execute(
        "SELECT term, doc FROM temp.words WHERE length(term) BETWEEN ? AND ? AND (term GLOB ? OR term GLOB ?)",
        (len(word) - allowed, len(word) + 12, f"{_safe(word[0])}*", f"?{_safe(word[0])}*"),
    )
    near = [
        (distance, len(term), -count, term)
        for term, count in rows
        if (distance := min(OSA.distance(word, term[: len(word) + k]) for k in (-1, 0, 1, 99))) <= allowed
    ]
    return [term for *_, term in sorted(near)[:most]]


def _safe(letter: str) -> str:
    return f"[{letter}]" if letter in "*?[" else letter


def _vocabulary(db: sqlite3.Connection) -> None:
    """Have the indexed words as a table, `temp.words`, with `term` and the number of names that have it, `doc`."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'label', 'row')")
