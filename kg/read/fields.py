"""The fields of a JSON or CSV record to a Record: `id, text|html, title, date, author, publisher, url`."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import ReadError
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, clean_name, split_authors, whole


def record_of(fields: Mapping[str, object], blob: Blob, number: int | None, options: ReadOptions) -> Record:
    """Return the record that `fields` describe; other keys are ignored.

    `number` is the record's line (or place) in `blob`, None for a file that is one record. Raises ReadError
    when there is no text.
    """
    where = "" if number is None else f":{number}"
    ordinal = "" if number is None else f"-{number}"
    source = f"{blob.name}{where}"
    given = _words(fields.get("id"))
    record = Record(
        source=source,
        label=f"{blob.label}{where}",
        id=given or f"{blob.stem}{ordinal}",
        path=given or f"{blob.key}{ordinal}",
        text="",
        title=_words(fields.get("title")),
        date=_words(fields.get("date")),
        authors=split_authors(fields.get("author")) or split_authors(fields.get("authors")),
        publisher=_words(fields.get("publisher")),
        url=_words(fields.get("url")),
    )
    return _with_body(record, fields, options)


def _with_body(record: Record, fields: Mapping[str, object], options: ReadOptions) -> Record:
    from dataclasses import replace

    text, html = fields.get("text"), fields.get("html")
    if isinstance(text, str) and text.strip():
        if len(text) > options.max_record_bytes:
            raise ReadError(f"larger than the limit of {options.max_record_bytes:,} bytes", record.source)
        return replace(record, text=whole(text))
    if isinstance(html, str) and html.strip():
        from kg.read.page import extract

        return extract(html, record)
    for name, value in (("text", text), ("html", html)):
        if value is not None and not isinstance(value, str):
            raise ReadError(f'"{name}" is no string', record.source)
    missing = (
        "its text is empty" if "text" in fields or "html" in fields else 'it has no "text" and no "html"'
    )
    raise ReadError(missing, record.source)


def _words(value: object) -> str | None:
    """Return a scalar as one clean line, None for what is absent, empty, or no scalar."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(clean_name(str(value).replace("\n", " ").replace("\t", " ")).split()) or None
