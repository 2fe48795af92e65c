"""Markdown to text, by markdown-it-py; front matter as metadata. Code, pictures and raw HTML are not read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.decode import read_text
from kg.read.fields import record_of
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MAX_FRONT = 65536
_FIELDS = ("id", "title", "date", "author", "authors", "publisher", "url")


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of a Markdown file: a blank line between paragraphs, each on a line of its own.

    Front matter, in YAML or TOML, may give the keys of a JSONL record. Raises ReadError where it is broken.
    """
    text = read_text(blob, stream, options)
    fields: dict[str, object] = {}
    front = _FRONT.match(text[: _MAX_FRONT * 2])
    if front is not None:
        fields, text = _fields(front[1], front[2], blob.name), text[front.end() :]
    paragraphs = list(_paragraphs(text))
    if not paragraphs:
        raise ReadError("there is no text in it", blob.name)
    record = record_of({**fields, "text": "\n\n".join(paragraphs)}, blob, None, options)
    yield replace(record, url=record.url or blob.url)


def _fields(mark: str, front: str, source: str) -> dict[str, object]:
    import yaml

    try:
        told = tomllib.loads(front) if mark == "+++" else yaml.safe_load(front[:_MAX_FRONT])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ReadError(f"broken front matter ({reason})", source) from None
    if not isinstance(told, Mapping):
        return {}
    found = {str(key).lower(): value for key, value in told.items()}
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key in _FIELDS
        if (value := found.get(key)) is not None
    }


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the words of each block of running text."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for token in parser.parse(text):
        if token.type == "inline":
            lines = [" ".join(line.split()) for line in "".join(_words(token)).split("\n")]
            words = "\n".join(line for line in lines if line)
            if words:
                yield words


def _words(token: Token) -> Iterator[str]:
    struck = 0
    for child in token.children or ():
        if child.type in {"s_open", "s_close"}:
            struck += child.nesting
        elif struck:
            continue
        elif child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield "\n"
