"""The fields of a JSON, CSV or Parquet record to a Record, by the names that news files give them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from kg.errors import ReadError
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, clean_name, split_authors, whole

NAMES: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "id": "id guid uuid",
        "text": "text maintext articlebody article_body content_text fulltext full_text body content",
        "html": "html content_html body_html",
        "title": "title headline",
        "date": "date date_publish date_published datepublished publishedat published_at "
        "published publish_date publication_date pubdate date_modify date_modified",
        "author": "author authors byline creator",
        "publisher": "publisher source sitename site_name source_domain",
        "url": "url link canonical_url external_url",
    }.items()
}
"""What a field is called, likeliest first, in small letters: in this project's own files, by news-please, NewsAPI,
CC-News, JSON Feed and schema.org."""
LISTS = ("articles", "items")
"""Under what a JSON document keeps its records (NewsAPI, JSON Feed)."""


class _NoTextError(Exception):
    """None of the fields holds a text."""


def columns(names: Collection[str], options: ReadOptions) -> frozenset[str]:
    """Return those of a file's column names that a field is read from."""
    wanted = {name for known in NAMES.values() for name in known}
    wanted |= {column.lower() for column in options.fields.values()}
    return frozenset(name for name in names if name.strip().lower() in wanted)


def has_text(names: Collection[str], options: ReadOptions) -> bool:
    """Tell whether one of a file's column names is that of a text or a page."""
    lower = {name.strip().lower() for name in names}
    given = {options.fields[field].lower() for field in ("text", "html") if field in options.fields}
    return not lower.isdisjoint({*NAMES["text"], *NAMES["html"], *given})


def record_of(fields: Mapping[str, object], blob: Blob, number: int | None, options: ReadOptions) -> Record:
    """Return the record that `fields` describe; other keys are ignored, and the case of a key does not matter.

    `number` is the record's line (or place) in `blob`, None for a file that is one record. Raises ReadError
    when there is no text.
    """
    where = "" if number is None else f":{number}"
    ordinal = "" if number is None else f"-{number}"
    source = f"{blob.name}{where}"
    lower = {str(name).strip().lower(): value for name, value in fields.items()}

    def values(field: str) -> Iterator[object]:
        given = options.fields.get(field)
        for name in (given.lower(),) if given is not None else NAMES[field]:
            if lower.get(name) is not None:
                yield lower[name]

    def words(field: str) -> str | None:
        return next((said for value in values(field) if (said := _words(value))), None)

    given = words("id")
    record = Record(
        source=source,
        label=f"{blob.label}{where}",
        id=given or f"{blob.stem}{ordinal}",
        path=given or f"{blob.key}{ordinal}",
        text="",
        title=words("title"),
        date=words("date"),
        authors=next((found for value in values("author") if (found := split_authors(value))), ()),
        publisher=next((said for value in values("publisher") if (said := _body(value))), None),
        url=words("url"),
    )
    try:
        return _with_body(record, list(values("text")), list(values("html")), options)
    except _NoTextError:
        told = "its text is empty" if has_text(lower, options) else 'it has no "text" and no "html"'
        raise ReadError(told, source) from None


def _with_body(record: Record, texts: list[object], pages: list[object], options: ReadOptions) -> Record:
    for text in texts:
        if isinstance(text, str) and text.strip():
            if len(text) > options.max_record_bytes:
                raise ReadError(f"larger than the limit of {options.max_record_bytes:,} bytes", record.source)
            return replace(record, text=whole(text))
    for html in pages:
        if isinstance(html, str) and html.strip():
            from kg.read.html_page import extract

            return extract(html, record, options.warn)
    for name, found in (("text", texts), ("html", pages)):
        if any(not isinstance(value, str) for value in found):
            raise ReadError(f'"{name}" is no string', record.source)
    raise _NoTextError


def _body(value: object) -> str | None:
    """Return the name of a publisher; NewsAPI gives a source as id and name. An address is none."""
    said = _words(value.get("name")) if isinstance(value, Mapping) else _words(value)
    return None if said is not None and "://" in said else said


def _words(value: object) -> str | None:
    """Return a scalar as one clean line, None for what is absent, empty, or no scalar."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(clean_name(str(value).replace("\n", " ").replace("\t", " ")).split()) or None
