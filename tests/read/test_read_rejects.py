"""Bad input: one clear line each, and the stream goes on."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles
from kg.read.articles import MOST_REJECTS

BODY = "The harbour council of Tarnmouth voted on Monday to close the old ferry pier."
FRENCH = (
    "Le conseil du port a voté lundi la fermeture de la vieille jetée, mais le maire n'est pas d'accord avec "
    "cette décision et il a dit qu'elle serait revue dans les mois qui viennent."
)
GERMAN = (
    "Der Rat des Hafens hat am Montag beschlossen, dass die alte Mole nicht mehr von der Fähre genutzt "
    "werden soll, und die Bürgermeisterin ist mit dem Beschluss auch nach der Sitzung nicht zufrieden."
)
RUSSIAN = "Совет порта в понедельник решил закрыть старый причал, но мэр города с этим решением не согласен."


def rejected(path: Path, data: bytes, **options: object) -> str:
    path.write_bytes(data)
    (item,) = read_articles([path], ReadOptions(**options))  # type: ignore[arg-type]
    assert isinstance(item, Reject), item
    assert item.source.startswith(str(path))
    assert "\n" not in item.reason
    return item.reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\n\t ", "there is no text in it"),
        ("a.txt", b"Share\n\nAdvertisement\n\n12", "nothing but page furniture"),
        ("a.txt", bytes(range(256)) * 20, "a binary file, not text"),
        ("a.txt", b"%PDF-1.7 abc", "damaged PDF data"),
        ("a.txt", FRENCH.encode(), "looks like French"),
        ("a.txt", GERMAN.encode(), "looks like German"),
        ("a.txt", RUSSIAN.encode(), "Russian"),
        ("a.txt", BODY.encode() * 200, "larger than the limit of 1,000 bytes"),
        ("a.html", b"<html><body></body></html>", "no main text"),
        ("a.csv", b"id,title\n1,x\n", 'no column "text" or "html"'),
        ("a.csv", b"id,text\rx,y\n", "broken CSV"),
        ("a.csv", b"id,text\n", "holds no record"),
        ("a.csv", b'id,text\n1,"The pier is open\n', "broken CSV"),
        ("a.xml", b"<rss><channel></channel></rss>", "no entries"),
        ("a.gz", b"not packed", "no gzip archive"),
        ("a.txt.gz", gzip.compress(BODY.encode() * 9)[:-20], "truncated gzip data"),
        ("a.txt.gz", gzip.compress(gzip.compress(b"x")), "an archive within an archive"),
        ("a.zip", b"PK\x03\x04 broken", "damaged zip archive"),
        ("a.json", b'{"id": "a",\n', "broken JSON"),
        ("a.jsonl", b"[" * 100_000, "the line is longer"),
        ("a.jsonl", b"\n\n", "holds no record"),
    ],
)
def test_one_clear_line(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert reason in rejected(tmp_path / name, data, max_record_bytes=1000 if "limit" in reason else 50_000)


def test_a_broken_line_stops_nothing(tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": BODY})
    lines = [
        "{broken",
        json.dumps([1]),
        '{"id": "x"}',
        '{"text": 5}',
        '{"text": " "}',
        '{"text": "' + "a" * 5000,
        good,
        good,
    ]
    path = tmp_path / "n.jsonl"
    path.write_text("\n".join(lines))
    *rejects, article, double = read_articles([path], ReadOptions(max_record_bytes=2000))
    assert [item.source for item in rejects] == [f"{path}:{number}" for number in range(1, 7)]
    assert [item.reason for item in rejects if isinstance(item, Reject)] == [
        "broken JSON: Expecting property name enclosed in double quotes at column 2",
        "not a JSON object",
        'it has no "text" and no "html"',
        '"text" is no string',
        "its text is empty",
        "the line is longer than the limit of 2,000 bytes",
    ]
    assert isinstance(article, Article)
    assert double == Reject(
        f"{path}:8", "the id 'good' was already taken by an earlier record of this run", "good"
    )


def test_a_truncated_archive_gives_what_it_holds(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": f"n{i}", "text": f"{BODY} {i * 7919}"}) + "\n" for i in range(4000))
    path = tmp_path / "n.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    *articles, last = read_articles([path])
    assert len(articles) > 1000
    assert last == Reject(str(path), "truncated gzip data")


def test_a_bomb_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl.gz"
    path.write_bytes(gzip.compress(b" " * 20_000_000))
    (reject,) = read_articles([path])
    assert isinstance(reject, Reject)
    assert "bomb" in reject.reason
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("n.jsonl", b" " * 20_000_000)
    (reject,) = read_articles([tmp_path / "z.zip"])
    assert isinstance(reject, Reject)
    assert "bomb" in reject.reason


def test_broken_lines_without_end_are_counted_and_not_kept(tmp_path: Path) -> None:
    # packed to a hundredth, which is no bomb yet: a megabyte of it holds some two million such lines
    lines = (
        "".join(f"{{broken {n % 97}\n" for n in range(100_000)) + json.dumps({"id": "x", "text": BODY}) + "\n"
    )
    path = tmp_path / "n.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode()))
    rejects: list[Article | Reject] = []
    articles: list[Article | Reject] = []
    tracemalloc.start()
    try:
        for item in read_articles([path]):
            (rejects if isinstance(item, Reject) else articles).append(item)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (article,) = articles
    assert isinstance(article, Article) and article.id == "x"
    assert len(rejects) == MOST_REJECTS + 1
    assert rejects[-1] == Reject(str(path), "99,000 more of its records were rejected and are not listed")
    assert peak < 8_000_000, "what is not listed is not kept"


def test_zip_members_are_not_trusted(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../up.txt", BODY)
        archive.writestr("/etc/root.txt", BODY)
        archive.writestr("C:\\x.txt", BODY)
        archive.writestr("es\x1b[31mcape.txt", BODY)
        archive.writestr("inner.zip", b"PK\x03\x04")
    (tmp_path / "z.zip").write_bytes(data.getvalue())
    found = list(read_articles([tmp_path / "z.zip"]))
    reasons = [item.reason for item in found if isinstance(item, Reject)]
    assert reasons.count("its name points outside the archive") == 3
    assert "an archive within an archive is not unpacked" in reasons
    assert [item.path for item in found if isinstance(item, Article)] == ["z/es\ufffd[31mcape"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["z.zip"]


def test_encrypted_zip(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", BODY)
    packed = bytearray(data.getvalue())
    packed[packed.find(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in rejected(tmp_path / "z.zip", bytes(packed))


def test_office_documents_are_no_archives_of_articles(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "Office document" in rejected(tmp_path / "a.xlsx", data.getvalue())


def test_hostile_ids_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    path.write_text('{"id": "a\\u0000\\u001b[2J\\u202e\\ud800", "text": "The pier \\ud800 is open."}')
    (article,) = read_articles([path])
    assert isinstance(article, Article)
    assert article.id.isprintable()
    assert article.text == "The pier \ufffd is open."


def test_file_names_with_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb\nc.txt").write_text("")
    (reject,) = read_articles([tmp_path])
    assert isinstance(reject, Reject)
    assert reject.source.isprintable()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("missing.txt", {}, "no such file or folder"),
        ("*.txt", {}, "no file fits this pattern"),
        ("a\0b", {}, "no such file"),
        (".", {"date": "soonish"}, "the date 'soonish' can't be read"),
        (".", {"encoding": "zlib"}, "unknown text encoding 'zlib'"),
        (".", {"format": "xlsx"}, "unknown format 'xlsx'"),
        (".", {"timeout": 0}, "greater than zero"),
        ("ftp://x/y", {}, "only http and https"),
    ],
)
def test_usage_errors_come_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, options: dict[str, object], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=message.replace(".", r"\.")):
        read_articles([name], ReadOptions(**options))  # type: ignore[arg-type]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert list(read_articles([tmp_path])) == [
        Reject(str(tmp_path), "the folder holds no file of a known format")
    ]


def test_an_unreadable_date_warns_and_keeps_the_article(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    path.write_text(json.dumps({"id": "a", "date": "the other day", "text": BODY}))
    warnings: list[str] = []
    (article,) = read_articles([path], ReadOptions(on_warning=warnings.append))
    assert isinstance(article, Article)
    assert article.date is None
    assert warnings == [f"{path}:1: the date 'the other day' can't be read; left out"]


def test_the_language_check_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH)
    (article,) = read_articles([tmp_path / "a.txt"], ReadOptions(check_language=False))
    assert isinstance(article, Article)


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("a.html", "b.xml", "c.jsonl"):
        (tmp_path / name).write_bytes(b"<html><rss>\xff{")
    list(read_articles([tmp_path]))
    assert capfd.readouterr() == ("", "")


ENDINGS = ["txt", "html", "jsonl", "json", "csv", "tsv", "xml", "gz", "zip", "dat"]
STARTS = [
    b"",
    b"<html>",
    b"<rss>",
    b'{"text":"',
    b"id,text\n",
    b"\x1f\x8b\x08\x00",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"[{",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ENDINGS), st.sampled_from(STARTS), st.binary(max_size=300))
def test_no_bytes_make_a_reader_raise(tmp_path: Path, ending: str, start: bytes, data: bytes) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_bytes(start + data)
    found = list(read_articles([path], ReadOptions(check_language=False)))
    assert found
    for item in found:
        if isinstance(item, Reject):
            assert item.reason
            assert item.source.isprintable()


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert list(read_articles(["-"])) == [Reject("-", "standard input is empty")]
