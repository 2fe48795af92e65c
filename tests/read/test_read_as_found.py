"""Files as people have them: each fault or custom of real files has a file made for it."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cost import ratio_of_growth

from kg.errors import UsageError
from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles
from kg.read import articles as reading

SENTENCES = (
    "The harbour council of Tarnmouth voted on Monday to close the old ferry pier.",
    "Mayor Elena Rask said the pier had become a danger to everybody who used it.",
    "The ferry company will move its boats to the new quay before the summer begins.",
    "Fishermen who keep their boats there told the council that they had not been asked.",
)
BODY = SENTENCES[0]


def read(path: Path, data: bytes | str, **options: object) -> list[Article | Reject]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_articles([path], ReadOptions(**options)))  # type: ignore[arg-type]


def one(path: Path, data: bytes | str, **options: object) -> Article:
    (item,) = read(path, data, **options)
    assert isinstance(item, Article), item
    return item


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


# --- pages


def test_a_text_in_several_containers_of_one_kind_is_read_whole(tmp_path: Path) -> None:
    parts = [paragraphs(*(f"{s} It was the {n}. item of the day." for s in SENTENCES)) for n in (1, 2, 3)]
    page = "".join(
        f'<div class="body-part">{part}</div><div class="promo">Subscribe now</div>' for part in parts
    )
    html = f"<html><body><article><h1>Pier closes</h1>{page}</article><footer><p>Imprint</p></footer></body></html>"
    text = one(tmp_path / "a.html", html).text
    for n in (1, 2, 3):
        for sentence in SENTENCES:
            assert text.count(f"{sentence} It was the {n}. item of the day.") == 1
    assert "Imprint" not in text


@pytest.mark.parametrize("how", ["hidden", 'style="display: none"', "style='visibility:hidden'"])
def test_a_hidden_copy_is_not_read(tmp_path: Path, how: str) -> None:
    copy = paragraphs(*(s.replace("Tarnmouth", "Tarnmouth, again,") for s in SENTENCES))
    html = f"<html><body><article>{paragraphs(*SENTENCES)}<div {how}>{copy}</div></article></body></html>"
    text = one(tmp_path / "a.html", html).text
    assert "again" not in text and all(text.count(s) == 1 for s in SENTENCES)


@pytest.mark.parametrize(
    "told",
    [
        '<script type="application/ld+json">{"dateModified": "2031-06-09", "datePublished": "2031-05-02"}</script>',
        '<meta property="article:modified_time" content="2031-06-09"><meta property="article:published_time" '
        'content="2031-05-02T08:00:00Z">',
        '<time itemprop="dateModified" datetime="2031-06-09">x</time><time itemprop="datePublished" '
        'datetime="2031-05-02">x</time>',
    ],
)
def test_a_page_is_of_the_day_of_its_publication(tmp_path: Path, told: str) -> None:
    html = f"<html><head>{told}</head><body><article>{paragraphs(*SENTENCES)}</article></body></html>"
    assert one(tmp_path / "a.html", html).date == "2031-05-02"


def test_tens_of_thousands_of_attributes_cost_nothing(tmp_path: Path) -> None:
    def work(count: int) -> None:
        attributes = " ".join(f"data-a{n}='{n}'" for n in range(count))
        html = (
            f"<html><body><div {attributes}><article>{paragraphs(*SENTENCES)}</article></div></body></html>"
        )
        assert SENTENCES[3] in one(tmp_path / "a.html", html).text

    work(10)  # what is loaded once
    assert ratio_of_growth(work, 10_000, rounds=2) < 8


# --- encodings


def test_a_bad_byte_does_not_spoil_utf_8(tmp_path: Path) -> None:
    data = "The café “Mole” in Tarnmouth – the oldest – closed on Monday.".encode().replace(
        b"oldest", b"old\xffest"
    )
    assert (
        one(tmp_path / "a.txt", data).text
        == "The café “Mole” in Tarnmouth – the old\ufffdest – closed on Monday."
    )


@pytest.mark.parametrize(
    "text", ["The café in Tarnmouth closed on Monday.", "Señor Núñez met the mayor of Tarnmouth."]
)
def test_a_short_western_text_is_no_chinese(tmp_path: Path, text: str) -> None:
    assert one(tmp_path / "a.txt", text.encode("cp1252")).text == text


def test_one_nul_costs_one_character(tmp_path: Path) -> None:
    rows = [f"{n}\t{BODY} It was case {n}." for n in range(500)]
    rows[7] = rows[7].replace("old", "o\0d")
    found = read(tmp_path / "a.tsv", "id\ttext\n" + "\n".join(rows))
    assert len(found) == 500 and all(isinstance(item, Article) for item in found)
    assert "\0" not in found[7].text and "o\ufffdd ferry" in found[7].text  # type: ignore[union-attr]


# --- records


@pytest.mark.parametrize(
    "record",
    [
        {
            "maintext": BODY,
            "date_publish": "2031-05-02 08:00:00",
            "title": "Pier",
            "authors": ["Ann Lee", "Bob Poe"],
        },
        {
            "Content": BODY,
            "publishedAt": "2031-05-02T08:00:00Z",
            "Title": "Pier",
            "author": "Ann Lee and Bob Poe",
        },
        {
            "content_text": BODY,
            "date_published": "2031-05-02",
            "title": "Pier",
            "authors": [{"name": "Ann Lee"}, {"name": "Bob Poe"}],
        },
        {
            "articleBody": BODY,
            "datePublished": "2031-05-02",
            "headline": "Pier",
            "author": [{"name": "Ann Lee"}, {"name": "Bob Poe"}],
        },
        {"TEXT": BODY, "Date": "2 May 2031", "TITLE": "Pier", "byline": "By Ann Lee; Bob Poe"},
    ],
)
def test_fields_by_the_names_that_others_give_them(tmp_path: Path, record: dict[str, object]) -> None:
    found = one(tmp_path / "a.jsonl", json.dumps(record))
    assert (found.text, found.date, found.title, found.authors) == (
        BODY,
        "2031-05-02",
        "Pier",
        ("Ann Lee", "Bob Poe"),
    )


@pytest.mark.parametrize("key", ["articles", "items", "Articles"])
def test_a_document_that_keeps_its_records_under_a_key(tmp_path: Path, key: str) -> None:
    document = {
        "status": "ok",
        key: [
            {
                "url": f"https://example.org/{n}",
                "content": f"{BODY} {n}.",
                "source": {"id": None, "name": "The Gull"},
            }
            for n in (1, 2)
        ],
    }
    found = read(tmp_path / "a.json", json.dumps(document))
    assert [(a.text[-2:], a.publisher) for a in found if isinstance(a, Article)] == [
        ("1.", "The Gull"),
        ("2.", "The Gull"),
    ]


def test_a_field_may_be_named(tmp_path: Path) -> None:
    data = f"nr,story,day\n1,{BODY},2031-05-02\n"
    found = one(tmp_path / "a.csv", data, fields={"text": "Story", "date": "day", "id": "nr"})
    assert (found.id, found.text, found.date) == ("1", BODY, "2031-05-02")
    with pytest.raises(UsageError, match="unknown field 'words'; there are id, text"):
        read_articles([tmp_path / "a.csv"], ReadOptions(fields={"words": "story"}))


def test_a_first_line_that_tells_the_separator(tmp_path: Path) -> None:
    assert one(tmp_path / "a.csv", f"sep=|\nid|text\nx|{BODY}\n").id == "x"


# --- feeds

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Gull</title>{}</feed>'
ENTRY = "<entry><id>urn:{0}</id><title>{1}</title><content type='text'>" + BODY + " {0}.</content></entry>"


@pytest.mark.parametrize(
    "start", ["<!-- made by a machine -->\n", "<?xml version='1.0'?><!-- a -- b -->\n<!-- c -->"]
)
def test_a_feed_that_begins_with_a_comment(tmp_path: Path, start: str) -> None:
    assert one(tmp_path / "a", start + ATOM.format(ENTRY.format(1, "Pier"))).text == f"{BODY} 1."


@pytest.mark.parametrize("bad", ["&#x110000;", "&#99999999999999999999;", "<![CDTA[ x ]]>", "<![ x"])
def test_a_broken_title_costs_no_feed(tmp_path: Path, bad: str) -> None:
    found = read(tmp_path / "a.xml", ATOM.format(ENTRY.format(1, f"Pier {bad}") + ENTRY.format(2, "Quay")))
    texts = [item.text for item in found if isinstance(item, Article)]
    assert texts == [f"{BODY} 1.", f"{BODY} 2."]


# --- archives


def zipped(method: int = zipfile.ZIP_DEFLATED, **files: str) -> bytearray:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return bytearray(out.getvalue())


def test_a_corrupt_lzma_member_costs_itself_alone(tmp_path: Path) -> None:
    data = zipped(zipfile.ZIP_LZMA, a=BODY * 20, b=f"{BODY} b.")
    at = data.index(b"a.txt") + len("a.txt") + 12
    data[at : at + 20] = b"\xff" * 20
    bad, good = read(tmp_path / "a.zip", bytes(data))
    assert isinstance(bad, Reject) and "damaged zip data" in bad.reason
    assert isinstance(good, Article) and good.text.endswith("b.")


def test_a_name_that_is_not_utf_8_costs_no_archive(tmp_path: Path) -> None:
    data = zipped(café=f"{BODY} a.", b=f"{BODY} b.")
    found = read(tmp_path / "a.zip", bytes(data.replace("caf\u00e9".encode(), b"caf\xe9x")))
    assert sorted(item.text[-2:] for item in found if isinstance(item, Article)) == ["a.", "b."]


def warc(*records: tuple[str, str]) -> bytes:
    out = b""
    for headers, body in records:
        page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
        out += f"WARC/1.0\r\nWARC-Type: response\r\n{headers}WARC-Record-ID: <urn:uuid:1>\r\n".encode()
        out += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n".encode()
        out += page + b"\r\n\r\n"
    return out


def test_a_warc_record_without_an_address(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    page = f"<html><body><article>{paragraphs(*SENTENCES)}</article></body></html>"
    found = read(tmp_path / "a.warc", warc(("", page), ("WARC-Target-URI: https://example.org/b\r\n", page)))
    assert [item.url for item in found if isinstance(item, Article)] == [None, "https://example.org/b"]


def test_an_arc_archive(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>{paragraphs(*SENTENCES)}</body></html>"
    version = "1 0 test\nURL IP-address Archive-date Content-type Archive-length\n"
    data = (
        f"filedesc://a.arc 0.0.0.0 20310502080000 text/plain {len(version)}\n{version}\n"
        f"https://example.org/a 127.0.0.1 20310502080000 text/html {len(page)}\n{page}\n"
    )
    assert one(tmp_path / "a.arc", data).url == "https://example.org/a"


def test_parquet_with_what_python_has_no_value_for(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")

    def written(**columns: object) -> list[Article | Reject]:
        pq.write_table(pa.table(columns), tmp_path / "a.parquet")
        return list(read_articles([tmp_path / "a.parquet"]))

    size = struct.pack("<ii", 0, len(BODY) + 2)
    broken = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(size), pa.py_buffer(BODY.encode() + b"\xff.")]
    )
    (found,) = written(text=broken)
    assert isinstance(found, Article) and found.text == f"{BODY}\ufffd."
    days: dict[str, Callable[[], object]] = {
        "2031-05-02": lambda: pa.array([date(2031, 5, 2)]),
        "1970-01-01": lambda: pa.array([1], pa.timestamp("ns")),
        "1970-01-02": lambda: pa.array([86_400], pa.timestamp("s", tz="Nowhere/Land")),
    }
    for day, column in days.items():
        (found,) = written(text=pa.array([BODY]), date=column())
        assert isinstance(found, Article) and found.date == day
    for column in (
        pa.array([2**40], pa.timestamp("s")),
        pa.array([5], pa.duration("ns")),
        pa.array([2**30], pa.date32()),
    ):
        (found,) = written(text=pa.array([BODY]), date=column)
        assert isinstance(found, Article) and found.text == BODY


# --- whatever else


def test_rejects_of_one_file_are_counted_past_a_thousand(tmp_path: Path) -> None:
    data = "{broken\n" * 3_000 + json.dumps({"id": "x", "text": BODY})
    found = read(tmp_path / "a.jsonl", data)
    rejects = [item for item in found if isinstance(item, Reject)]
    assert len(rejects) == reading.MOST_REJECTS + 1
    assert rejects[-1].reason == "2,000 more of its records were rejected and are not listed"
    assert [item.id for item in found if isinstance(item, Article)] == ["x"]


def test_whatever_a_reader_trips_over_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(*_: object, **__: object) -> object:
        raise OverflowError("signed integer is greater\nthan maximum")

    monkeypatch.setattr(csv, "reader", trips)
    good = tmp_path / "b.txt"
    good.write_text(BODY)
    (tmp_path / "a.csv").write_text(f"id,text\n1,{BODY}\n")
    bad, fine = read_articles([tmp_path / "a.csv", good])
    assert isinstance(bad, Reject) and isinstance(fine, Article)
    assert bad.reason == "can't be read on (OverflowError: signed integer is greater than maximum)"
