"""What the readers hand on: one record of input before dates, furniture and language are looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from kg.model import Reject
from kg.read.options import ReadOptions

# C0, C1, line and paragraph separators, bidirectional overrides: none belongs in a name shown to people.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile(r"[\ud800-\udfff\x00]")


@dataclass(frozen=True, slots=True)
class Blob:
    """One named stretch of input bytes.

    `name` is how messages call it (as the user gave it), `label` the same relative to the given root, `key`
    the label without its ending; `ending` is lower case, with its dot. `media_type` and `charset` are what a
    server said. `open` may be called once.
    """

    name: str
    label: str
    key: str
    ending: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None

    @property
    def stem(self) -> str:
        """The file's name without its folder and ending."""
        return self.key.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its format gives it: nothing is interpreted yet, `date` is the raw words.

    `source` is for messages, `label` for the graph; both end in `:line` where a file holds many records.
    `pages` says where in the text each page of a paged document begins; `dateless` that its format has no place for a
    date, so that one is missed where the text has none.
    """

    source: str
    label: str
    id: str
    path: str
    text: str
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    pages: tuple[int, ...] = ()
    dateless: bool = False


def record_of_file(blob: Blob, text: str) -> Record:
    """Return the record of a file that is one article, as yet without its metadata."""
    return Record(blob.name, blob.label, blob.stem, blob.key, text, url=blob.url)


Reader = Callable[[Blob, BinaryIO, ReadOptions], Iterator[Record | Reject]]
"""A format's reader: yields its records; raises ReadError when the rest of the blob can't be read."""


def clean_name(name: str) -> str:
    """Return `name` fit for messages and identifiers: no control characters, no lone surrogates."""
    return _UNSAFE.sub("\ufffd", whole(name)).strip()


def whole(text: str) -> str:
    """Return `text` with lone surrogates and NULs replaced one for one: fit for UTF-8, offsets unchanged."""
    return _SURROGATE.sub("\ufffd", text)


def line_of(value: object) -> str | None:
    """Return a text as one line without control characters, None for anything else."""
    return " ".join(clean_name(value).split()) or None if isinstance(value, str) else None


def split_authors(value: object) -> tuple[str, ...]:
    """Return the authors that `value` names: a list, or words such as "By Ann Lee and Bob Poe"."""
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(name for item in value for name in split_authors(item)))
    if isinstance(value, dict):
        return split_authors(value.get("name"))
    if not isinstance(value, str):
        return ()
    words = re.sub(r"^\s*by\s+", "", clean_name(value), flags=re.IGNORECASE)
    parts = re.split(r"\s*;\s*|\s+and\s+|\s+&\s+", words)
    parts = [name for part in parts for name in _comma_list(part)]
    return tuple(dict.fromkeys(name for name in (part.strip(" ,") for part in parts) if name))


def _comma_list(words: str) -> list[str]:
    # "Lee, Ann" is one person, "Ann Lee, Bob Poe" are two.
    parts = [part.strip() for part in words.split(",") if part.strip()]
    return parts if all(" " in part for part in parts) else [words]


def ending_of(name: str) -> str:
    """Return the ending of a file's name, in small letters, with its dot."""
    return PurePosixPath(name).suffix.lower()


def key_of(label: str) -> str:
    """Return a file's name without its ending."""
    ending = PurePosixPath(label).suffix
    return label[: -len(ending)] if ending else label
