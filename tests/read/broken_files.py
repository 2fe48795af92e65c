"""Files with one fault each, as the world has them: what is broken, how many articles survive, and what is said."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage

from small_pdf import pdf

BODY = "The harbour council of Tarnmouth voted on Monday to close the old ferry pier."
PAGE = "<html><body><article>{}</article></body></html>"
WORDS = (
    "The harbour council of Tarnmouth voted on Monday to close the old ferry pier for good.",
    "Mayor Ines Falk said that the pier would be sold to a company from the islands.",
    "Fishermen who land their catch there protested against the decision on Tuesday.",
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A file of a `name` whose ending tells its kind; `good` articles are read of it, and a reject says `said`."""

    name: str
    data: bytes
    good: int
    said: str | None = None


def corpus() -> Iterator[Broken]:
    """Yield every broken file; of kinds that need an extra, those alone whose libraries are installed."""
    for kind in (_texts, _jsons, _tables, _feeds, _pages, _archives, _documents, _mails):
        yield from kind()
    for library, kind in (("warcio", _warcs), ("pyarrow", _parquets)):
        try:
            __import__(library)
        except ImportError:
            continue
        yield from kind()


def _texts() -> Iterator[Broken]:
    long = "\n\n".join(f"{BODY} {n}." for n in range(9))
    yield Broken("bad-byte.txt", long.encode().replace(b"old", b"\xffld", 1), 1)
    yield Broken(
        "half-character.txt",
        "\ufeff".encode("utf-16-le") + long.encode("utf-16-le")[:-1],
        0,
        "not valid utf-16",
    )
    yield Broken("nul.txt", long.encode().replace(b" pier", b" \0pier", 1), 1)
    yield Broken("cut-in-a-character.txt", f"{BODY} Café".encode()[:-1], 1)
    yield Broken("no-end.txt", ("pier " * 30_000).encode(), 0, "no sentence ends in its 150,000 characters")
    yield Broken("only-marks.txt", b"....!!!!" * 500, 0, "nothing but page furniture")


def _lines(*lines: object) -> bytes:
    return b"".join(x if isinstance(x, bytes) else json.dumps(x).encode() + b"\n" for x in lines)


def _jsons() -> Iterator[Broken]:
    one, two = {"id": "one", "text": f"{BODY} One."}, {"id": "two", "text": f"{BODY} Two."}
    faults = {
        "cut": (b'{"id": "x", "text": "The pi\n', "broken JSON"),
        "deep": (b'{"id": ' + b"[" * 50_000 + b"\n", "broken JSON: nested too deeply"),
        "long-number": (b'{"id": ' + b"9" * 50_000 + b', "text": "x"}\n', "a number too long"),
        "null": (b'{"id": "x", "text": null}\n', "its text is empty"),
        "list": (b"[]\n", "not a JSON object"),
        "number": (b'{"id": "x", "text": 5}\n', '"text" is no string'),
        "twice": (_lines(one), "already taken"),
        "not-text": (bytes(range(128, 256)) + b"\n", ""),
    }
    for name, (fault, said) in faults.items():
        yield Broken(f"line-{name}.jsonl", _lines(one, fault, two), 2, said)
    for name, value in {
        "nan": b"NaN",
        "infinite": b"1e999",
        "no-day": b'"0000-00-00"',
        "past-the-calendar": b'"99999-01-01"',
        "no-hour": b'"2031-05-02T25:61:99"',
        "no-zone": b'"2031-05-02 10:00:00 Nowhere/Land"',
        "huge": b"99999999999999999999",
        "list": b"[2031]",
        "true": b"true",
    }.items():
        yield Broken(
            f"date-{name}.jsonl",
            b'{"id": "x", "date": ' + value + b', "text": "' + BODY.encode() + b'"}\n',
            1,
        )
    yield Broken(
        "surrogate.jsonl", _lines(one, b'{"id": "\\ud800", "text": "' + BODY.encode() + b' \\udfff."}\n'), 2
    )
    yield Broken("mark.jsonl", b"\xef\xbb\xbf" + _lines(one, two), 2)
    yield Broken("nul-line.jsonl", _lines(one, b"\0\0\0\0\n", two), 2, "broken JSON")
    yield Broken("members.json", json.dumps([1, None, one, [], two]).encode(), 2, "not a JSON object")
    yield Broken("cut.json", json.dumps([one, two]).encode()[:-9], 0, "broken JSON")
    yield Broken(
        "half.jsonl.gz",
        gzip.compress(_lines(*({"id": f"{n}", "text": f"{BODY} {n * 7919}"} for n in range(900))))[:-4],
        900,
        "truncated gzip data",
    )
    yield Broken(
        "million.jsonl.gz",
        gzip.compress(b"{broken\n" * 50_000 + _lines(one)),
        1,
        "49,000 more of its records",
    )
    yield Broken("sum.jsonl.gz", gzip.compress(_lines(one, two))[:-8] + b"\0" * 8, 2, "gzip data")
    yield Broken("behind.jsonl.gz", gzip.compress(_lines(one, two)) + b"and more", 2, "damaged gzip data")


def _tables() -> Iterator[Broken]:
    rows = "".join(f"{n}\t{BODY} {n}.\n" for n in range(500))
    yield Broken("nul.tsv", f"id\ttext\n{rows}".encode().replace(b"250.", b"25\0."), 500)
    two = f"1,{BODY}\n", f"2,{BODY} Two.\n"
    yield Broken("cells.csv", f"id,text\n{two[0]}x,{BODY} Three.,more,and more\n3\n{two[1]}".encode(), 3, "")
    yield Broken("open.csv", f'id,text\n{two[0]}2,"{BODY}\n{two[1]}'.encode(), 1, "broken CSV")
    yield Broken("quote.csv", f'id,text\n{two[0]}3,"{BODY}"x\n{two[1]}'.encode(), 2, "broken CSV")
    yield Broken("names.csv", f"id,text,text\n1,x,{BODY}\n".encode(), 1)
    yield Broken("mark.csv", b"\xef\xbb\xbf" + f"id,text\n{two[0]}".encode(), 1)
    yield Broken("byte.csv", f"id,text\n{two[0]}".encode() + b"2,The caf\xe9 at the pier is open.\n", 2)
    yield Broken("cr.csv", f"id,text\r1,{BODY}\r".encode(), 0, "broken CSV")


_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def _feeds() -> Iterator[Broken]:
    atom = '<?xml version="1.0"?>{}<feed xmlns="http://www.w3.org/2005/Atom"><title>Gull</title>{}</feed>'
    entry = "<entry><id>urn:{}</id><updated>{}</updated><title>{}</title><content>{}</content></entry>"

    def feed(title: str = "Pier", day: str = "2031-05-02", body: str = BODY, head: str = "") -> bytes:
        entries = entry.format(1, day, title, body) + entry.format(2, "2031-05-03", "Quay", f"{BODY} Two.")
        return atom.format(head, entries).encode()

    yield Broken("section.atom", feed("Pier <![CDTA[ x ]]>"), 2)
    yield Broken("open-section.atom", feed("Pier <![ x"), 2)
    yield Broken("past-unicode.atom", feed("Pier &#x110000; &#99999999999999999999;"), 2)
    yield Broken("entity.atom", feed("Pier &nosuch; &"), 2)
    yield Broken("past-the-calendar.atom", feed(day="99999-99-99T99:99:99Z"), 2)
    yield Broken("laughs.atom", feed(body=f"{BODY} &i;", head=_LAUGHS), 2)
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    yield Broken("outside.atom", feed(body=f"{BODY} &f;", head=outside), 2)
    yield Broken("cut.atom", feed()[:-30], 1, "the entry has no text")
    yield Broken("encoding.atom", feed().replace(b'"1.0"', b'"1.0" encoding="nosuch"'), 2)
    yield Broken("byte.atom", feed().replace(b"old", b"\xffld", 1), 2)


def _pages() -> Iterator[Broken]:
    text = "".join(f"<p>{words}</p>" for words in WORDS)
    faults = {
        "section": "<![endif]--><![ x",
        "past-unicode": "&#x110000;&#99999999999;&#xD800;",
        "open-comment": "<p>x</p><!-- ",
        "open-tag": "<p class='",
        "nul": "\0\x01\x02",
    }
    for name, fault in faults.items():
        yield Broken(f"{name}.html", PAGE.format(text + fault).encode(), 1)
    yield Broken("charset.html", f'<html><meta charset="nosuch">{text}'.encode(), 1)
    yield Broken("data.html", f'<html><script type="application/ld+json">{{"a": [</script>{text}'.encode(), 1)
    day = '<html><meta property="article:published_time" content="99999-99-99">'
    yield Broken("day.html", f"{day}{text}".encode(), 1)
    yield Broken("deep.html", (PAGE.format("<div>" * 5_000 + text)).encode(), 0, "")
    yield Broken(
        "attributes.html",
        PAGE.format("<p " + " ".join(f"a{n}=1" for n in range(30_000)) + f">x</p>{text}").encode(),
        1,
    )


def _zip(method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", f"{BODY} A. " * 20)
        archive.writestr("b\u00e9.txt", f"{BODY} B.")
    return bytearray(out.getvalue())


def _archives() -> Iterator[Broken]:
    data = _zip(zipfile.ZIP_LZMA)
    at = data.index(b"a.txt") + 17
    data[at : at + 20] = b"\xff" * 20
    yield Broken("lzma.zip", bytes(data), 1, "damaged zip data")
    yield Broken("name.zip", bytes(_zip().replace("b\u00e9".encode(), b"b\xe9x")), 2)
    data = _zip()
    data[data.index(b"PK\x01\x02") + 16] ^= 255
    yield Broken("sum.zip", bytes(data), 1, "Bad CRC-32")
    data = _zip()
    data[data.index(b"PK\x01\x02") + 10] = 77
    yield Broken("method.zip", bytes(data), 1, "damaged zip data")
    yield Broken("cut.zip", bytes(_zip()[:-30]), 0, "damaged zip archive")
    data = _zip()
    data[data.index(b"PK\x01\x02") + 42 : data.index(b"PK\x01\x02") + 46] = struct.pack("<I", 1 << 30)
    yield Broken("place.zip", bytes(data), 1, "damaged zip data")


def _documents() -> Iterator[Broken]:
    file = pdf([[(50, 500 - 20 * n, 10, words) for n, words in enumerate(WORDS)]])
    yield Broken("cut.pdf", file[: len(file) // 3], 0, "PDF")
    yield Broken("table.pdf", file.replace(b"startxref\n", b"startxref\n9"), 1)
    yield Broken("stream.pdf", file.replace(b"Tj", b"\xff("), 0, "")
    yield Broken("head.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9, 0, "PDF")

    def word(document: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr("word/document.xml", document)
        return out.getvalue()

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    whole = f"<w:document {space}><w:body><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p></w:body></w:document>"
    yield Broken("cut.docx", word(whole)[:-60], 0, "Word")
    yield Broken("markup.docx", word(whole[:-30]), 0, "Word")
    yield Broken("empty.docx", word(""), 0, "Word")
    yield Broken("laughs.docx", word(_LAUGHS + whole.replace(BODY, f"{BODY}&i;")), 0, "Word")
    yield Broken("front.md", f"---\ntitle: [a\n---\n{BODY}\n".encode(), 0, "broken front matter")
    yield Broken("day.md", f"---\ndate: 0000-99-99\n---\n{BODY}\n".encode(), 0, "broken front matter")
    bomb = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 8)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield Broken("aliases.md", f"---\n{bomb}title: *i\n---\n{BODY}\n".encode(), 1)
    yield Broken("nested.md", (">" * 3_000 + f" {BODY}\n").encode(), 0, "there is no text in it")
    yield Broken("time.srt", f"1\n00:00:01,000 --> 99:99:99,999\n{BODY}\n\n2\nx --> y\nNo.\n".encode(), 1)
    yield Broken("times.srt", f"1\nx --> y\n{BODY}\n".encode(), 0, "no subtitles")
    yield Broken("order.vtt", f"WEBVTT\n\n00:09.000 --> 00:01.000\n{BODY}\n".encode(), 1)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _mails() -> Iterator[Broken]:
    def mail(text: str = BODY, **headers: str) -> bytes:
        lines = {
            "From": "Ann Lee <a@example.org>",
            "Subject": "Pier",
            "Date": "Fri, 02 May 2031 10:00:00 +0000",
        }
        lines.update({name.replace("_", "-"): value for name, value in headers.items()})
        return ("".join(f"{name}: {value}\n" for name, value in lines.items()) + f"\n{text}\n").encode()

    faults = {
        "day": mail(Date="Fri, 99 Foo 99999 99:99:99 +9999"),
        "address": mail(From='<<>>,,;;@@ "x'),
        "charset": mail(Content_Type="text/plain; charset=nosuch"),
        "coded": mail(Subject="=?utf-8?b?////?= =?nosuch?q?x?="),
        "transfer": mail(Content_Transfer_Encoding="nosuch"),
        "type": mail(Content_Type="text/plain; ; =; charset"),
    }
    for name, data in faults.items():
        yield Broken(f"{name}.eml", data, 1)
    yield Broken("base64.eml", mail("!!!!", Content_Transfer_Encoding="base64"), 0, "no text of its own")
    yield Broken("bound.eml", mail(f"--x\n\n{BODY}", Content_Type="multipart/mixed"), 0, "")
    nested = EmailMessage()
    nested.set_content(BODY)
    data = nested.as_bytes()
    for n in range(300):
        data = (
            f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode()
            + data
            + f"\n--b{n}--\n".encode()
        )
    yield Broken("nested.eml", b"Subject: Pier\n" + data, 0, "")
    yield Broken("head.eml", BODY.encode(), 0, "no headers of a mail")
    box = b"".join(b"From x@example.org Fri May  2 10:00:00 2031\n" + one + b"\n" for one in faults.values())
    yield Broken("faults.mbox", box, len(faults))
    yield Broken("cut.mbox", box[: box.rindex(b"Date:")], len(faults) - 1, "no text of its own")
    yield Broken("head.mbox", b"Hello\n" + box, 0, "no box of mails")


def _warc(headers: str, body: bytes, size: int | None = None, kind: str = "text/html") -> bytes:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\n{headers}WARC-Record-ID: <urn:uuid:{zlib.crc32(page)}>\r\n"
    kind = "Content-Type: application/http; msgtype=response\r\n"
    return (
        f"{head}{kind}Content-Length: {len(page) if size is None else size}\r\n\r\n".encode()
        + page
        + b"\r\n\r\n"
    )


def _warcs() -> Iterator[Broken]:
    page = PAGE.format("".join(f"<p>{words}</p>" for words in WORDS)).encode()
    good = [_warc(f"WARC-Target-URI: https://example.org/{name}\r\n", page) for name in "ab"]
    yield Broken("address.warc", good[0] + _warc("", page) + good[1], 3)
    yield Broken("cut.warc", good[0] + good[1][:-90], 1, "")
    yield Broken(
        "size.warc", good[0] + _warc("WARC-Target-URI: https://example.org/c\r\n", page, 10**9), 1, ""
    )
    yield Broken(
        "charset.warc",
        good[0] + _warc("WARC-Target-URI: https://example.org/c\r\n", page, kind="text/html; charset=nosuch"),
        2,
    )
    yield Broken(
        "empty.warc", good[0] + _warc("WARC-Target-URI: https://example.org/c\r\n", b"") + good[1], 2, ""
    )
    packed = [
        bytearray(gzip.compress(one))
        for one in (*good, _warc("WARC-Target-URI: https://example.org/c\r\n", page))
    ]
    packed[1][60:90] = b"\xff" * 30
    yield Broken("member.warc.gz", b"".join(map(bytes, packed)), 1, "")


def _parquets() -> Iterator[Broken]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def table(**columns: object) -> bytes:
        out = io.BytesIO()
        pq.write_table(pa.table(columns), out)
        return out.getvalue()

    size = struct.pack("<ii", 0, len(BODY) + 2)
    text = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(size), pa.py_buffer(BODY.encode() + b"\xff.")]
    )
    yield Broken("byte.parquet", table(text=text), 1)
    dates: dict[str, Callable[[], object]] = {
        "past-the-calendar": lambda: pa.array([2**40], pa.timestamp("s")),
        "before-the-calendar": lambda: pa.array([-(2**30)], pa.date32()),
        "zone": lambda: pa.array([86_400], pa.timestamp("s", tz="Nowhere/Land")),
        "nanoseconds": lambda: pa.array([1], pa.timestamp("ns")),
        "duration": lambda: pa.array([5], pa.duration("ns")),
        "time": lambda: pa.array([1], pa.time64("ns")),
        "day": lambda: pa.array([date(2031, 5, 2)]),
        "list": lambda: pa.array([[1, 2]]),
        "number": lambda: pa.array([1.5]),
    }
    for name, column in dates.items():
        yield Broken(f"{name}.parquet", table(text=pa.array([BODY]), date=column()), 1)
    whole = table(text=pa.array([BODY] * 2), id=pa.array(["a", "b"]))
    yield Broken("cut.parquet", whole[:-20], 0, "Parquet")
    yield Broken("foot.parquet", whole[:-8] + struct.pack("<I", 1 << 30) + b"PAR1", 0, "Parquet")
    yield Broken("kind.parquet", table(text=pa.array([5])), 0, '"text" is no string')
