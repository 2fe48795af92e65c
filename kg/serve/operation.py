"""Read a request of the SPARQL 1.1 Protocol: what is asked, on which dataset; a wrong one says why."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.errors import KGError
from kg.serve import patience

_FORM = "application/x-www-form-urlencoded"
_DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


class ProtocolError(KGError):
    """A request breaks the protocol; `status` is what HTTP calls that."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks for: `kind` is query or update; the lists are the graphs that it names."""

    kind: str
    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


async def read_operation(request: Request, most: int) -> Operation | None:
    """Return what is asked, None if nothing is (then the service describes itself).

    Raises:
        ProtocolError: it breaks the protocol, or its body is longer than `most` bytes.
    """
    given = _pairs(request.url.query.encode("ascii", "replace"), most)
    if request.method in {"GET", "HEAD"}:
        if any(name == "update" for name, _ in given):
            raise ProtocolError(400, "an update comes by POST")
        return _operation(given) if any(name == "query" for name, _ in given) else None
    media, charset = _media(request)
    if media != _FORM and media not in _DIRECT:
        known = ", ".join([_FORM, *_DIRECT])
        raise ProtocolError(415, f"a POST holds one of {known}, said in Content-Type")
    if charset not in {"utf-8", "utf8", ""}:
        raise ProtocolError(415, f"only UTF-8 is read, not {charset[:40]}")
    body = await _body(request, most)
    if media == _FORM:
        return _operation([*given, *_pairs(body, most)])
    kind = _DIRECT[media]
    if any(name in {"query", "update"} for name, _ in given):
        raise ProtocolError(400, "there is a query in the body and one in the address")
    return _operation([*given, (kind, _utf8(body))])


def _operation(given: list[tuple[str, str]]) -> Operation:
    texts = [(name, value) for name, value in given if name in {"query", "update"}]
    if len(texts) != 1:
        raise ProtocolError(400, f"one query or update is wanted, not {len(texts) or 'none'}")
    kind, text = texts[0]
    default, named = (tuple(v for n, v in given if n == name) for name in _DATASET[kind])
    return Operation(kind, text, default, named)


def _pairs(data: bytes, most: int) -> list[tuple[str, str]]:
    if len(data) > most:
        raise ProtocolError(414, "the address is too long; send the query by POST")
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except (UnicodeDecodeError, ValueError):
        raise ProtocolError(400, "the parameters are no URL-encoded UTF-8") from None


def _media(request: Request) -> tuple[str, str]:
    media, *parameters = request.headers.get("content-type", "").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media.strip().lower(), value.strip().strip('"').lower()
    return media.strip().lower(), ""


async def _body(request: Request, most: int) -> bytes:
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise ProtocolError(413, f"the body may have {most} bytes at most")
    parts, size = [], 0
    try:
        async with asyncio.timeout(patience.BODY):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise ProtocolError(413, f"the body may have {most} bytes at most")
                parts.append(part)
    except TimeoutError:
        raise ProtocolError(408, "the body took too long to come") from None
    except ClientDisconnect:
        raise ProtocolError(400, "the client has gone") from None
    return b"".join(parts)


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError(400, "the body is no UTF-8") from None
