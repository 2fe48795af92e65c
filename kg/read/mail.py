"""Mails, one in a file (`.eml`) or many (`.mbox`), to records: headers as metadata, the sender's own words as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.decode import decode
from kg.read.html_page import extract
from kg.read.options import ReadOptions
from kg.read.quoted_replies import own_words, unflowed
from kg.read.record import Blob, Record, clean_name, whole
from kg.read.streams import lines, read_all

_MAX_PARTS = 200
_SHOWN = 3
_ESCAPED = re.compile(rb">+From ")
_REPLY = re.compile(r"(?:\s*(?:re|fwd?|aw|wg)\s*(?:\[\d+\])?:)+\s*", re.IGNORECASE)
_SHORT = 40
"""A plain part of fewer characters beside a page is a note that there is a page."""
_QUOTED_HTML = re.compile(
    r"<blockquote\b[^>]*(?:type=[\"']?cite|class=[\"']?[^\"'>]*gmail_quote)[^>]*>.*?</blockquote>"
    r"|<div\b[^>]*(?:class=[\"']?[^\"'>]*(?:gmail_signature|moz-signature)|id=[\"']?(?:Signature|divRplyFwdMsg))"
    r"[^>]*>.*?</div>",
    re.IGNORECASE | re.DOTALL,
)


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the mail of a file, and the mails that are attached to it; raises ReadError where there is no text."""
    data = read_all(stream, options.max_file_bytes, blob.name)
    yield from _mails(data, blob, None, options)


def read_box(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield a record or a reject for each mail of a box, counted from 1; `source` ends in its number."""
    parts: list[bytes] = []
    size = number = 0
    blank = True
    for line in lines(stream, options.max_record_bytes):
        if line is None:
            size += options.max_record_bytes + 1
            continue
        if blank and line.startswith(b"From "):
            if number:
                yield from _boxed(parts, size, blob, number, options)
            parts, size, number = [], 0, number + 1
            blank = False
            continue
        if number == 0 and line.strip():
            raise ReadError('no box of mails: it does not begin with "From "', blob.name)
        blank = not line.strip()
        size += len(line)
        if size <= options.max_file_bytes:
            parts.append(line[1:] if _ESCAPED.match(line) else line)
    if number:
        yield from _boxed(parts, size, blob, number, options)


def _boxed(
    parts: list[bytes], size: int, blob: Blob, number: int, options: ReadOptions
) -> Iterator[Record | Reject]:
    source = f"{blob.name}:{number}"
    if size > options.max_file_bytes:
        yield Reject(source, f"larger than the limit of {options.max_file_bytes:,} bytes")
        return
    try:
        yield from _mails(b"".join(parts), blob, number, options)
    except ReadError as error:
        yield Reject(error.source, error.reason)


def _mails(data: bytes, blob: Blob, number: int | None, options: ReadOptions) -> Iterator[Record | Reject]:
    where = "" if number is None else f":{number}"
    source = f"{blob.name}{where}"
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        if not mail.keys():
            raise ReadError("it has no headers of a mail", source)
        parts = [mail, *_attached(mail)]
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        raise ReadError(f"a damaged mail ({type(error).__name__})", source) from None
    for place, one in enumerate(parts):
        here = where if place == 0 else f"{where}+{place}"
        try:
            yield _record(one, blob, here, options)
        except ReadError as error:
            if number is None and len(parts) == 1:
                raise
            yield Reject(error.source, error.reason)


def _attached(mail: EmailMessage) -> list[EmailMessage]:
    """Return the mails that are attached to a mail."""
    found = []
    for number, part in enumerate(mail.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            found += [inner for inner in part.get_payload() if isinstance(inner, EmailMessage)]
    return found


def _record(mail: EmailMessage, blob: Blob, where: str, options: ReadOptions) -> Record:
    source = f"{blob.name}{where}"
    title = _REPLY.sub("", _header(mail, "subject"), count=1) or None
    given = _header(mail, "message-id").strip("<> ")
    record = Record(
        source=source,
        label=f"{blob.label}{where}",
        id=given or f"{blob.stem}{where.replace(':', '-')}",
        path=given or f"{blob.key}{where.replace(':', '-')}",
        text="",
        title=title,
        date=_date(mail),
        authors=tuple(dict.fromkeys(name for name in map(clean_name, _senders(mail)) if name)),
    )
    try:
        plain, page, others = _bodies(mail, source)
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise ReadError(f"a damaged mail ({type(error).__name__})", source) from None
    if others:
        more = ", …" if len(others) > _SHOWN else ""
        count = f"{len(others)} attachment{'' if len(others) == 1 else 's'}"
        options.warn(f"{source}: {count} left out ({', '.join(others[:_SHOWN])}{more})")
    text = own_words(plain)
    if page and len(text) < _SHORT:
        try:
            inner = extract(_QUOTED_HTML.sub(" ", page), record).text
        except ReadError:
            inner = ""
        text = max(own_words(inner), text, key=len)
    if not text.strip():
        raise ReadError("the mail has no text of its own", source)
    if len(text) > options.max_record_bytes:
        raise ReadError(f"larger than the limit of {options.max_record_bytes:,} bytes", source)
    return replace(record, text=whole(text))


def _bodies(mail: EmailMessage, source: str) -> tuple[str, str, list[str]]:
    """Return the plain text and the page of a mail, and the names of what else is attached to it."""
    plain: list[str] = []
    page = ""
    others: list[str] = []
    waiting: list[EmailMessage] = [mail]
    count = 0
    while waiting:
        part = waiting.pop(0)
        count += 1
        if count > _MAX_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart():
            if kind != "message/rfc822":  # an attached mail is an article of its own
                waiting[:0] = [inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]
        elif part.get_content_disposition() == "attachment" or kind not in {"text/plain", "text/html"}:
            if part.get_content_disposition() == "attachment":
                others.append(clean_name(part.get_filename() or kind))
        elif kind == "text/plain":
            plain.append(_plain(part, source))
        elif not page:
            page = _decoded(part, source)
    return "\n\n".join(plain), page, others


def _plain(part: EmailMessage, source: str) -> str:
    text = _decoded(part, source).replace("\r\n", "\n")
    told = part["content-type"].params if part["content-type"] is not None else {}
    if str(told.get("format", "")).lower() == "flowed":
        return unflowed(text.split("\n"), str(told.get("delsp", "")).lower() == "yes")
    return text


def _decoded(part: EmailMessage, source: str) -> str:
    data = part.get_payload(decode=True)
    return decode(data, source, None, part.get_content_charset()) if isinstance(data, bytes) and data else ""


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return " ".join(clean_name(str(mail[name] or "")).split())
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""  # what programs write into headers is beyond any grammar


def _date(mail: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(mail, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _senders(mail: EmailMessage) -> list[str]:
    """Return the names that the mail is from, without addresses; "Lee, Ann" is turned."""
    names = [name for name, _ in getaddresses([_header(mail, "from")])]
    return [
        " ".join(reversed(parts)) if len(parts := name.split(", ")) == 2 else name
        for name in (name.strip("\"' ") for name in names)
        if "@" not in name
    ]
