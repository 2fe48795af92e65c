"""Shards of a corpus: Parquet, WARC and remote paths; truncated ones tell so, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles

TEXT = "The harbour council of {} voted on Monday to close the old ferry pier. The mayor was against it."
TOWNS = ["Tarnmouth", "Velmark", "Ostby", "Lund"]


def read(*inputs: object, **options: object) -> list[Article | Reject]:
    return list(read_articles([str(item) for item in inputs], ReadOptions(**options)))  # type: ignore[arg-type]


def texts(items: list[Article | Reject]) -> list[str]:
    return [item.text for item in items if isinstance(item, Article)]


def rejects(items: list[Article | Reject]) -> list[str]:
    return [f"{item.source}: {item.reason}" for item in items if isinstance(item, Reject)]


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = {
        "ID": [f"a{n}" for n in range(4)],
        "text": [TEXT.format(town) for town in TOWNS[:3]] + [None],
        "date": ["2031-03-05"] * 4,
    }
    pq.write_table(pa.table(rows), tmp_path / "shard.parquet")
    return tmp_path / "shard.parquet"


def test_parquet(parquet: Path, tmp_path: Path) -> None:
    items = read(parquet)
    assert texts(items) == [TEXT.format(town) for town in TOWNS[:3]]
    first = items[0]
    assert isinstance(first, Article)
    assert (first.id, first.date, first.source) == ("a0", "2031-03-05", "shard.parquet:1")
    assert rejects(items) == [f"{parquet}:4: its text is empty"]
    hidden = tmp_path / "hidden.bin"
    hidden.write_bytes(parquet.read_bytes())
    assert len(texts(read(hidden))) == 3, "known by its first bytes"


def test_truncated_parquet_is_one_line_and_the_rest_is_read(parquet: Path, tmp_path: Path) -> None:
    data = parquet.read_bytes()
    parquet.write_bytes(data[: len(data) // 2])
    other = tmp_path / "other.txt"
    other.write_text(TEXT.format("Ostby"), encoding="utf-8")
    items = read(parquet, other)
    assert len(texts(items)) == 1
    (line,) = rejects(items)
    assert line.startswith(f"{parquet}: damaged or truncated Parquet data (")


@pytest.fixture
def warc() -> bytes:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number, town in enumerate(TOWNS):
        body = "".join(f"<p>{TEXT.format(town)} Nobody else had a say in it, he said.</p>" for _ in range(3))
        page = (
            f"<html><head><title>Pier of {town}</title></head><body><article>{body}</article></body></html>"
        )
        status = "200 OK" if number < 3 else "404 Not Found"
        headers = StatusAndHeaders(
            status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        record = writer.create_warc_record(
            f"https://news.example/{town.lower()}",
            "response",
            payload=io.BytesIO(page.encode()),
            http_headers=headers,
        )
        writer.write_record(record)
    return out.getvalue()


def test_warc(warc: bytes, tmp_path: Path) -> None:
    packed, plain = tmp_path / "crawl.warc.gz", tmp_path / "plain.warc"
    packed.write_bytes(warc)
    plain.write_bytes(gzip.decompress(warc))
    for path in (packed, plain):
        items = read(path)
        assert [(item.id, item.url) for item in items if isinstance(item, Article)] == [
            (f"news.example/{town.lower()}", f"https://news.example/{town.lower()}") for town in TOWNS[:3]
        ]
        assert all(TEXT.format(town) in text for town, text in zip(TOWNS, texts(items), strict=False))


def test_truncated_warc_is_one_line_and_what_stands_before_is_read(warc: bytes, tmp_path: Path) -> None:
    packed, plain = tmp_path / "crawl.warc.gz", tmp_path / "plain.warc"
    whole = gzip.decompress(warc)
    second = whole.index(b"WARC/1", whole.index(b"news.example/velmark"))
    packed.write_bytes(warc[: len(warc) * 2 // 5])
    plain.write_bytes(whole[: second - 150])
    for path in (packed, plain):
        items = read(path)
        assert len(texts(items)) == 1
        (line,) = rejects(items)
        assert line.startswith(str(path)) and "truncated" in line


def test_remote_paths(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    fs = fsspec.filesystem("memory")
    for number, town in enumerate(TOWNS[:2]):
        line = json.dumps({"id": f"m{number}", "text": TEXT.format(town)}) + "\n"
        with fs.open(f"/news/day/{number}.jsonl.gz", "wb") as out:
            out.write(gzip.compress(line.encode()))
    with fs.open("/news/readme.rst", "wb") as out:
        out.write(b"no news")
    for name in ("memory://news/day/*.jsonl.gz", "memory://news"):
        assert texts(read(name)) == [TEXT.format(town) for town in TOWNS[:2]]
    (one,) = read("memory://news/day/1.jsonl.gz")
    assert isinstance(one, Article) and one.id == "m1"
    with pytest.raises(UsageError, match="no such file or folder"):
        read("memory://elsewhere/*.jsonl")


def test_a_shard_that_is_named_twice_is_read_once_and_other_texts_under_its_ids_are_told(
    tmp_path: Path,
) -> None:
    shard = tmp_path / "shard.jsonl"
    lines = [json.dumps({"id": f"a{n}", "text": TEXT.format(town)}) + "\n" for n, town in enumerate(TOWNS)]
    shard.write_text("".join(lines), encoding="utf-8")
    other = tmp_path / "copy.jsonl"
    other.write_text(lines[0] + lines[1].replace("Velmark", "Elsewhere"), encoding="utf-8")
    told: list[str] = []
    items = read(shard, tmp_path / "." / "shard.jsonl", other, on_warning=told.append)
    assert len(texts(items)) == 4
    assert told == [f"{tmp_path / 'shard.jsonl'}: named twice; read once"]
    assert [line.partition(": ")[2] for line in rejects(items)] == [
        "the id 'a0' was already taken by an earlier record of this run",
        "the id 'a1' was already taken by an earlier record of this run, with another text",
    ]


def test_the_share_of_what_was_read_is_told(tmp_path: Path) -> None:
    shard = tmp_path / "shard.jsonl"
    lines = [json.dumps({"id": f"a{n}", "text": TEXT.format(n)}) + "\n" for n in range(4000)]
    shard.write_text("".join(lines), encoding="utf-8")
    shares: list[float] = []
    read(shard, on_share=shares.append)
    assert shares == sorted(shares) and 0 < shares[0] < 0.2 and shares[-1] > 0.9
