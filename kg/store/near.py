"""Find the words of an index that somebody may have meant who wrote one that isn't there."""

from __future__ import annotations

import sqlite3

_SHORT, _LONG = 4, 8
"""A shorter word is taken as it stands; from so many letters on two of them may be wrong."""


def vocabulary(db: sqlite3.Connection) -> None:
    """Have the indexed words as a table, `temp.words`, with `term` and the number of names that have it, `doc`."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'label', 'row')")


def meant(db: sqlite3.Connection, token: str, most: int = 3) -> list[str]:
    """Return the indexed words that differ from a token in a letter or two, the nearest and most frequent first.

    A letter more or less, another one, or two that changed places count as one. Words are compared with what
    they begin with, too: who writes may not have finished.
    """
    word = token.lower()
    allowed = 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2
    if not allowed:
        return []
    vocabulary(db)
    rows = db.execute(
        "SELECT term, doc FROM temp.words WHERE length(term) BETWEEN ? AND ? AND (term GLOB ? OR term GLOB ?)",
        (len(word) - allowed, len(word) + 12, f"{_safe(word[0])}*", f"?{_safe(word[0])}*"),
    )
    near = [
        (distance, len(term), -count, term)
        for term, count in rows
        if (distance := min(_apart(word, term[: len(word) + k], allowed) for k in (-1, 0, 1, 99))) <= allowed
    ]
    return [term for *_, term in sorted(near)[:most]]


def _safe(letter: str) -> str:
    return f"[{letter}]" if letter in "*?[" else letter


def _apart(one: str, other: str, most: int) -> int:
    """Return how many steps lie between two words, or more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = list(range(len(other) + 1)), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
