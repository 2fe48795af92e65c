"""The articles' graphs, packed: what each article says, a row an article, beside the one copy that queries read.

Oxigraph needs six indexes for the triples of named graphs, and three more for their merge in the default graph,
where queries look. So articles stand in the merge alone, and here as sorted N-Triples, compressed: an eighth of the
room, and what it takes to replace an article, to withdraw it, or to write its graph.

Whose a triple is shows in its IRIs: an event, a membership, a stretch of text belong to one article. What others
than its owner say, such as the label of a person, is counted, so that withdrawing an article needs no look at the
others.

A row is written before Oxigraph is, and marked as done after: what was interrupted is done again on opening.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from itertools import chain
from pathlib import Path

from kg.store.called import empty, fill, namings
from kg.store.scope import Scope
from kg.store.stamps import refusals

_SCHEMA = """
CREATE TABLE IF NOT EXISTS article
  (doc TEXT PRIMARY KEY, triples INTEGER NOT NULL, open INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS article_open ON article (doc) WHERE open = 1;
CREATE TABLE IF NOT EXISTS told (triple BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leaving (line TEXT NOT NULL, whole INTEGER NOT NULL);
"""
_CALLED = (
    "CREATE TABLE called (name BLOB, thing TEXT, spelt BLOB, PRIMARY KEY (name, thing, spelt)) WITHOUT ROWID"
)
_FACTS = ("event/", "statement/", "membership/", "relation/", "group/")
_SOME = 500
"""So many keys are asked for at once."""
_LEVEL = 1
"""zlib's: higher ones take five times the time for a fifth of the room."""


class Owner:
    """Tells which article a triple belongs to, from its line of N-Triples alone."""

    def __init__(self, base: str) -> None:
        self._article = f"{base}article/"
        self._facts = tuple(base + kind for kind in _FACTS)
        self._base = len(base)

    def __call__(self, line: str) -> str:
        """Return the IRI of the article; nothing if the triple can be any article's."""
        return self._of_subject(line[1 : line.find(">")]) or self._of_value(line)

    def others(self, doc: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield those of sorted lines that are not this article's own."""
        subject, owner = " ", ""
        for line in lines:
            if not line.startswith(subject):  # what follows on a subject is as it is
                end = line.find(">")
                subject, owner = line[: end + 1], self._of_subject(line[1:end])
            if (owner or self._of_value(line)) != doc:
                yield line

    def _of_subject(self, subject: str) -> str:
        if subject.startswith(self._article):
            return subject.partition("#")[0]
        if subject.startswith(self._facts):
            path = subject[subject.index("/", self._base) + 1 :].rpartition("/")[0]
            return self._article + path
        return ""

    def _of_value(self, line: str) -> str:
        if line.endswith(">"):
            value = line[line.rfind(" <") + 2 : -1]
            doc, sign, _ = value.partition("#")
            # a literal with a datatype ends so too, and may hold anything before
            if sign and doc.startswith(self._article) and '"' not in value:
                return doc
        return ""


def _key(line: str) -> bytes:
    return hashlib.blake2b(line.encode(), digest_size=10).digest()


def _packed(lines: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(lines).encode(), _LEVEL)


def _unpacked(body: bytes) -> list[str]:
    text = zlib.decompress(body).decode()
    return text.split("\n") if text else []


class Shelf:
    """The packed articles of one store, in the file of its stamps; a change lasts when `Stamps` says so.

    `db` is the open file: rows and stamps change together.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, base: str, read_only: bool = False) -> None:
        self._db, self._path = db, path
        self._owner = Owner(base)
        with self._guard():
            if not read_only:
                db.executescript(_SCHEMA)
            found = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'article'").fetchone()
        self._there = found is not None
        self._lines = lru_cache(maxsize=32)(self._read)
        if not read_only:
            self._know_names()

    def _know_names(self) -> None:
        """Note what things are called if an earlier version, which did not, made the store."""
        if self._rows("SELECT 1 FROM sqlite_master WHERE name = 'called'"):
            return
        with self._guard(), self._db:
            self._db.execute("BEGIN")
            self._db.execute(_CALLED)
            for doc in self.docs():
                fill(self._db, namings(self._read(doc)))

    # --- reading

    def has(self, doc: str) -> bool:
        """Tell whether an article is here."""
        return self._there and self._one("SELECT 1 FROM article WHERE doc = ?", doc) is not None

    def docs(self) -> list[str]:
        """Return the articles, sorted."""
        if not self._there:
            return []
        return [str(row[0]) for row in self._rows("SELECT doc FROM article ORDER BY doc")]

    def meant(self, scope: Scope) -> list[str]:
        """Return the articles whose graphs are meant, sorted."""
        return self.docs() if scope.every else [iri for iri in sorted(scope.iris) if self.has(iri)]

    def sizes(self) -> list[tuple[str, int]]:
        """Return the articles with their numbers of triples, sorted."""
        if not self._there:
            return []
        return [(str(d), int(str(n))) for d, n in self._rows("SELECT doc, triples FROM article ORDER BY doc")]

    def lines(self, doc: str) -> list[str]:
        """Return what an article says: N-Triples without their full stops, sorted; nothing if it is not here."""
        return list(self._lines(doc)) if self._there else []

    def text(self, docs: Iterable[str], named: bool = False) -> Iterator[bytes]:
        """Yield the N-Triples of each article, or the N-Quads of its graph if it is to be `named`."""
        for doc in docs:
            end = f" <{doc}> .\n" if named else " .\n"
            yield "".join(line + end for line in self.lines(doc)).encode()

    def tells(self, line: str, without: Collection[str] = ()) -> bool:
        """Tell whether an article says this, other than those `without` whom it is asked."""
        if not self._there:
            return False
        owner = self._owner(line)
        if owner and owner not in without and line in self._lines(owner):
            return True
        times = self._one("SELECT times FROM told WHERE triple = ?", _key(line))
        others = sum(doc != owner and line in self._lines(doc) for doc in without)
        return isinstance(times, int) and times > others

    def left_open(self) -> list[str]:
        """Return the articles whose triples may not be in the merge yet."""
        if not self._there:
            return []
        return [str(row[0]) for row in self._rows("SELECT doc FROM article WHERE open = 1 ORDER BY doc")]

    def leaving(self) -> list[tuple[str, bool]]:
        """Return what articles said until now, each with whether its article was withdrawn as a whole."""
        if not self._there:
            return []
        return [(str(line), bool(whole)) for line, whole in self._rows("SELECT line, whole FROM leaving")]

    # --- changing; the caller ends the transaction

    def put(self, articles: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        """Put articles here, or in the place of what they were; return what is new of each."""
        told: Counter[bytes] = Counter()
        rows: list[tuple[str, int, bytes]] = []
        gone: list[tuple[str, int]] = []
        new: dict[str, list[str]] = {}
        there = self._those(articles)
        for doc, given in articles.items():
            lines = sorted(set(given))
            rows.append((doc, len(lines), _packed(lines)))
            if doc in there:
                before = frozenset(self._lines(doc))
                new[doc] = [line for line in lines if line not in before]
                left = sorted(before.difference(lines))
                gone += [(line, 0) for line in left]
                self._count(told, doc, left, -1)
                self._count(told, doc, new[doc], 1)
            else:
                new[doc] = lines
                self._count(told, doc, lines, 1)
        self._many("INSERT OR REPLACE INTO article VALUES (?, ?, 1, ?)", rows)
        self._many("INSERT INTO leaving VALUES (?, ?)", gone)
        self._name(fill, namings(chain.from_iterable(new.values())))
        self._note(told)
        self._lines.cache_clear()
        return new

    def take(self, docs: Iterable[str], leave: bool = True) -> None:
        """Take articles from here; with `leave` they are withdrawn, and what they said is noted as leaving."""
        told: Counter[bytes] = Counter()
        kept: list[str] = []
        for doc in docs:
            lines = self._lines(doc)
            self._count(told, doc, lines, -1)
            if leave:
                self._many("INSERT INTO leaving VALUES (?, 1)", [(line,) for line in lines])
            else:
                kept += lines
            self._many("DELETE FROM article WHERE doc = ?", [(doc,)])
        self._note(told)
        self._lines.cache_clear()
        self._unname(kept)

    def done(self) -> None:
        """Note that the merge says what is here."""
        self._many("UPDATE article SET open = 0 WHERE open = 1", [()])
        self._unname(line for line, _ in self.leaving())
        self._many("DELETE FROM leaving", [()])

    def _unname(self, lines: Iterable[str]) -> None:
        """Take away what lines call things that no article says any more."""
        self._name(empty, [line for line in namings(lines) if not self.tells(line)])

    def _name(self, work: Callable[[sqlite3.Connection, Iterable[str]], None], lines: Iterable[str]) -> None:
        with self._guard():
            work(self._db, lines)

    def _count(self, told: Counter[bytes], doc: str, lines: Iterable[str], times: int) -> None:
        for line in self._owner.others(doc, lines):
            told[_key(line)] += times

    def _note(self, told: Counter[bytes]) -> None:
        more = [(key, times) for key, times in told.items() if times > 0]
        less = [(times, key) for key, times in told.items() if times < 0]
        self._many(
            "INSERT INTO told VALUES (?, ?) ON CONFLICT (triple) DO UPDATE SET times = times + excluded.times",
            more,
        )
        self._many("UPDATE told SET times = times + ? WHERE triple = ?", less)
        self._many("DELETE FROM told WHERE triple = ? AND times <= 0", [(key,) for _, key in less])

    def _those(self, docs: Iterable[str]) -> set[str]:
        wanted, found = list(docs), set[str]()
        for begin in range(0, len(wanted), _SOME):
            some = wanted[begin : begin + _SOME]
            marks = ", ".join("?" * len(some))
            query = f"SELECT doc FROM article WHERE doc IN ({marks})"  # noqa: S608 - question marks alone
            found.update(str(row[0]) for row in self._rows(query, tuple(some)))
        return found

    def _read(self, doc: str) -> tuple[str, ...]:
        body = self._one("SELECT body FROM article WHERE doc = ?", doc)
        return tuple(_unpacked(body)) if isinstance(body, bytes) else ()

    def _one(self, query: str, value: str | bytes) -> object:
        row = next(iter(self._rows(query, (value,))), None)
        return None if row is None else row[0]

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        with self._guard():
            return self._db.execute(query, values).fetchall()

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._guard():
            self._db.executemany(statement, rows)

    def _guard(self) -> AbstractContextManager[None]:
        return refusals(self._path)
