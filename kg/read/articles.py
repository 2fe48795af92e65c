"""Records to articles: headline, furniture, captions, date and language, and each id only once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import KGError, ReadError
from kg.model import Article, Reject, Span
from kg.read.captions import captions_of
from kg.read.date_order import ordered
from kg.read.dates import dateline, guessed_date, parse_date
from kg.read.formats import check_format, reader_for
from kg.read.furniture import endless_of, furniture_of, joined
from kg.read.headline import find_title
from kg.read.language import other_language
from kg.read.options import ReadOptions
from kg.read.progress import Share
from kg.read.record import Blob, Record, clean_name
from kg.read.sources import blobs, check_inputs, names_apart
from kg.read.streams import HEAD, peek

MOST_REJECTS = 1_000
"""So many rejects of one file are listed."""


def read_articles(
    inputs: Iterable[str | Path] | str | Path, options: ReadOptions | None = None
) -> Iterator[Article | Reject]:
    """Read paths, globs, folders, "-" and http(s) URLs; yield an Article or a Reject a record, in order.

    Raises UsageError at once for a path that does not exist or an option that makes no sense. Afterwards
    nothing stops the stream: what can't be read becomes a Reject with one line of reason. Only one record is
    in memory at a time.
    """
    options = options or ReadOptions()
    options.check()
    check_format(options.format)
    return _stream(_named_once(check_inputs(inputs), options), options)


def _named_once(names: list[str], options: ReadOptions) -> list[str]:
    """Leave out a file or folder that is named again: all its ids would be taken."""
    found: dict[str, str] = {}
    for name in names:
        key = name if name == "-" or "://" in name else str(Path(name).resolve())
        if found.setdefault(key, name) is not name:
            options.warn(f"{clean_name(name)}: named twice; read once")
    return list(found.values())


def _stream(names: list[str], options: ReadOptions) -> Iterator[Article | Reject]:
    left = set(options.dates)
    seen: dict[bytes, bytes] = {}  # digests of ids and texts: a million long ones must fit
    given = options.checked_date()
    share = Share(names, options.on_share)
    apart = names_apart(names, options)
    for name in names:
        for blob in blobs(name, options, share, apart):
            items: Iterator[Record | Reject] = (
                iter((blob,)) if isinstance(blob, Reject) else records_of(blob, options)
            )
            for item in items:
                share.record()
                if left and isinstance(item, Record):
                    left.difference_update(_names_of(item))
                yield item if isinstance(item, Reject) else _once(item, options, given, seen)
    for name in sorted(left):
        options.warn(f"a date is given for {clean_name(name)[:60]!r}, but no article of that name was read")


def records_of(blob: Blob, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the records of one blob; what can't be read of it is a Reject.

    Whatever a library trips over costs this blob and no more. Past `MOST_REJECTS` rejects are only counted.
    """
    count = rejects = 0
    try:
        with blob.open() as raw:
            head, stream = peek(raw, HEAD)
            items = reader_for(blob, head, options)(blob, stream, options)
            for item in ordered(items, blob.name, options):
                count += 1
                if isinstance(item, Reject):
                    rejects += 1
                    if rejects > MOST_REJECTS:
                        continue
                yield item
            if count == 0:
                yield Reject(blob.name, "the file holds no record")
    except ReadError as error:
        yield Reject(error.source, error.reason)
    except OSError as error:
        yield Reject(blob.name, f"can't be read: {error.strerror or error}")
    except (KGError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a file is data, and its faults are no end of the work
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        behind = f" after record {count}" if count else ""
        yield Reject(blob.name, f"can't be read on{behind} ({reason})")
    if rejects > MOST_REJECTS:
        yield Reject(
            blob.name, f"{rejects - MOST_REJECTS:,} more of its records were rejected and are not listed"
        )


def _once(
    record: Record, options: ReadOptions, given: str | None, seen: dict[bytes, bytes]
) -> Article | Reject:
    digest = _digest(record.path)
    if digest in seen:
        other = "" if seen[digest] == _digest(record.text) else ", with another text"
        reason = f"the id {record.path!r} was already taken by an earlier record of this run{other}"
        return Reject(record.source, reason, record.id)
    made = to_article(record, options, given)
    if isinstance(made, Article):
        seen[digest] = _digest(record.text)
    return made


def to_article(record: Record, options: ReadOptions, given: str | None = None) -> Article | Reject:
    """Return the article of one record, or why it has none."""
    try:
        return article_of(record, options, given)
    except ReadError as error:
        return Reject(error.source, error.reason, record.id)


def _digest(words: str) -> bytes:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def article_of(record: Record, options: ReadOptions, given: str | None = None) -> Article:
    """Return the Article of one record; `given` is the caller's own date as an ISO date.

    Raises ReadError for a record without text, of nothing but furniture, or not in English.
    """
    text = record.text
    if not text.strip():
        raise ReadError("there is no text in it", record.source)
    furniture = furniture_of(text)
    endless = endless_of(text)
    if endless:
        furniture = joined(text, [*furniture, *endless])
    left = _outside(text, furniture)
    size = sum(span.end - span.begin for span in endless)
    if not any(character.isalpha() for character in left):
        reason = (
            f"no sentence ends in its {size:,} characters" if endless else "nothing but page furniture in it"
        )
        raise ReadError(reason if endless else f"there is {reason}", record.source)
    if endless:
        options.warn(f"{record.source}: {size:,} characters in which no sentence ends are left out")
    if options.check_language:
        other = other_language(left)
        if other is not None:
            raise ReadError(f"{other}; only English is read", record.source)
    title_span = find_title(text, record.title, furniture)
    untitled = record.title is None
    captions = captions_of(text, furniture, None if untitled else title_span, untitled=untitled)
    if untitled:
        title_span = find_title(text, None, furniture, captions)
    return Article(
        id=clean_name(record.id),
        text=text,
        path=clean_name(record.path),
        title=title_span.of(text) if title_span is not None else record.title,
        date=_date(record, options, given, furniture, captions),
        authors=record.authors,
        publisher=record.publisher,
        url=record.url,
        source=record.label,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        furniture=furniture,
        captions=captions,
        title_span=title_span,
        pages=record.pages,
    )


def _date(
    record: Record,
    options: ReadOptions,
    given: str | None,
    furniture: tuple[Span, ...],
    captions: tuple[Span, ...],
) -> str | None:
    given = _named_date(record, options) or given
    if record.date is not None:
        found = parse_date(record.date)
        if found is not None:
            return found
        options.warn(f"{record.source}: the date {clean_name(record.date)[:60]!r} can't be read; left out")
        return given
    told = dateline(record.text) or given
    if told is not None:
        return told
    guess, origin = guessed_date(record.text, furniture, captions, record.path.rsplit("/", 1)[-1])
    if guess is not None:
        options.warn(f"{record.source}: it has no date of its own; {guess} is guessed from {origin}")
    elif record.dateless:
        name = clean_name(record.id)
        options.warn(f"{record.source}: it has no date, nor has its text; --date {name}=YYYY-MM-DD gives one")
    return guess


def _named_date(record: Record, options: ReadOptions) -> str | None:
    """Return the date that the caller gave to this article by its id, its path or the name of its file."""
    if not options.dates:
        return None
    found = next((options.dates[name] for name in _names_of(record) if name in options.dates), None)
    return None if found is None else parse_date(found)


def _names_of(record: Record) -> tuple[str, ...]:
    file = re.sub(r":\d+$", "", record.source).replace("\\", "/").rsplit("/", 1)[-1]
    return record.id, record.path, file, file.partition(".")[0], record.path.rsplit("/", 1)[-1]


def _outside(text: str, cuts: tuple[Span, ...]) -> str:
    parts, at = [], 0
    for cut in cuts:
        parts.append(text[at : cut.begin])
        at = cut.end
    parts.append(text[at:])
    return "\n".join(parts)
