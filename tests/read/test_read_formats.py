"""Every input format to articles: what each field becomes."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles

BODY = "The harbour council of Tarnmouth voted on Monday to close the old ferry pier."
PAGE = f"""<html><head><title>Pier to close - The Tarnmouth Post</title>
<meta property="og:site_name" content="The Tarnmouth Post"><meta name="author" content="Ann Lee and Bob Poe">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="https://post.example/pier"></head><body><nav>Home | News</nav><article>
<h1>Pier to close</h1><p>{BODY} The vote was seven to two, with the mayor against it.</p>
<p>She said that the town would miss the ferry, and that the money was spent elsewhere &amp; badly.</p>
<p>A spokesman for the ferry company said that it had not been asked before the vote was taken.</p>
</article><script>track()</script></body></html>"""


def read(*inputs: object, **options: object) -> list[Article | Reject]:
    return list(read_articles([str(item) for item in inputs], ReadOptions(**options)))  # type: ignore[arg-type]


def one(*inputs: object, **options: object) -> Article:
    (article,) = read(*inputs, **options)
    assert isinstance(article, Article), article
    return article


def put(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_plain_text_keeps_its_newlines_and_drops_the_mark(tmp_path: Path) -> None:
    text = f"Pier to close\r\n\r\n{BODY}\r\rThe end.\n"
    article = one(put(tmp_path / "pier.txt", b"\xef\xbb\xbf" + text.encode()))
    assert article.text == text
    assert (article.id, article.path, article.source) == ("pier", "pier", "pier.txt")
    assert article.title == "Pier to close"
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "The café’s owner said “no” to the mayor – the offer was too low for him.\n\nIt was late."
    assert one(put(tmp_path / "a.txt", text.encode(encoding))).text == text


def test_an_encoding_may_be_given(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "The price was 3 €.".encode("iso8859_15"))
    assert one(path, encoding="iso8859-15").text == "The price was 3 €."


def test_html_page(tmp_path: Path) -> None:
    article = one(put(tmp_path / "p.html", PAGE))
    assert article.title == "Pier to close"
    assert article.date == "2021-03-04"
    assert article.authors == ("Ann Lee", "Bob Poe")
    assert article.publisher == "The Tarnmouth Post"
    assert article.url == "https://post.example/pier"
    assert BODY in article.text
    assert "track()" not in article.text
    assert "elsewhere & badly.\n\nA spokesman" in article.text


def test_html_is_known_by_its_beginning(tmp_path: Path) -> None:
    assert one(put(tmp_path / "p.txt", "<!DOCTYPE html>" + PAGE)).title == "Pier to close"


def test_jsonl_fields(tmp_path: Path) -> None:
    record = {
        "id": 17,
        "title": "Pier to close",
        "date": "4 March 2021",
        "author": ["Ann Lee", "Bob Poe"],
        "publisher": "The Post",
        "url": "https://post.example/1",
        "text": f"Pier to close\n\n{BODY}",
        "junk": {"a": 1},
    }
    lines = [json.dumps(record), "", json.dumps({"text": BODY}), json.dumps({"id": "h", "html": PAGE})]
    first, second, third = read(put(tmp_path / "n.jsonl", "\n".join(lines)))
    assert isinstance(first, Article)
    assert (first.id, first.path, first.date, first.source) == ("17", "17", "2021-03-04", "n.jsonl:1")
    assert first.authors == ("Ann Lee", "Bob Poe")
    assert first.title_span is not None
    assert first.title_span.of(first.text) == "Pier to close"
    assert isinstance(second, Article)
    assert (second.id, second.title, second.text) == ("n-3", None, BODY)
    assert isinstance(third, Article)
    assert third.publisher == "The Tarnmouth Post"


def test_a_title_outside_the_text_has_no_span(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "title": "Pier to close", "text": f"Read this.\n\n{BODY}"})
    article = one(put(tmp_path / "n.jsonl", line))
    assert (article.title, article.title_span) == ("Pier to close", None)


def test_json_document(tmp_path: Path) -> None:
    data = json.dumps([{"id": "a", "text": BODY}, {"id": "b", "text": BODY}], indent=1)
    assert [item.id for item in read(put(tmp_path / "n.json", data))] == ["a", "b"]
    assert one(put(tmp_path / "m.json", json.dumps({"text": BODY}, indent=1))).id == "m"


@pytest.mark.parametrize(("ending", "mark"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
def test_csv(tmp_path: Path, ending: str, mark: str) -> None:
    rows = [
        ["id", "Title", "text", "author", "other"],
        ["a", "Pier to close", f'"{BODY}\n\nShe said ""no""."', "Ann Lee", "x"],
    ]
    article = one(put(tmp_path / f"n.{ending}", "\r\n".join(mark.join(row) for row in rows)))
    assert article.text == f'{BODY}\n\nShe said "no".'
    assert (article.id, article.title, article.authors) == ("a", "Pier to close", ("Ann Lee",))


def test_csv_fields_may_be_long(tmp_path: Path) -> None:
    text = " ".join([BODY] * 3000)
    assert one(put(tmp_path / "n.csv", f"id,text\na,{text}\n")).text == text


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Post</title><item><title>Pier &amp; ferry</title><link>https://post.example/1</link><guid>g1</guid>
<pubDate>Thu, 04 Mar 2021 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{BODY}</p><script>x()</script><p>The end.</p>]]></content:encoded></item>
<item><title>Empty</title><guid>g2</guid></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><entry><id>tag:a,1</id>
<title>Pier</title><author><name>Ann Lee</name></author><updated>2021-03-04T10:00:00Z</updated>
<content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>"""


def test_a_feed_of_summaries_says_so(tmp_path: Path) -> None:
    told: list[str] = []
    whole = (
        f"<item><guid>g1</guid><link>https://x.example/1</link><description>{BODY * 20}</description></item>"
    )
    short = f"<item><guid>g2</guid><link>https://x.example/2</link><description>{BODY}</description></item>"
    for items in (whole, short, whole + short):
        feed = f'<rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>'
        read(put(tmp_path / "f.rss", feed), on_warning=told.append)
    said = "only the summary was read, not the article that it links to; --follow reads the articles"
    assert told == [f"{tmp_path / 'f.rss'}: of {which} {said}" for which in ("the entry", "1 of 2 entries")]


def test_rss(tmp_path: Path) -> None:
    article, reject = read(put(tmp_path / "f.xml", RSS))
    assert isinstance(article, Article)
    assert article.text == f"{BODY}\n\nThe end."
    assert (article.id, article.title, article.publisher) == ("g1", "Pier & ferry", "The Post")
    assert article.date == "2021-03-04"  # as written, not in UTC
    assert reject == Reject(f"{tmp_path / 'f.xml'}:2", "the entry has no text", "g2")


def test_atom_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ATOM.encode())))
    article = one("-")
    assert (article.id, article.text, article.authors) == ("tag:a,1", BODY, ("Ann Lee",))


def test_folder_glob_and_single_file(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "b/one.txt", "b/.hidden.txt", "c.odd"):
        put(tmp_path / name, BODY)
    warnings: list[str] = []
    found = read(tmp_path, on_warning=warnings.append)
    assert [item.path for item in found if isinstance(item, Article)] == ["a", "b/one", "b/two"]
    assert warnings == [f"{tmp_path}: 1 files of other kinds left out (.odd)"]
    found = read(tmp_path / "**" / "*.txt")
    assert sorted(item.path for item in found if isinstance(item, Article)) == ["a", "b/one", "b/two"]
    assert one(tmp_path / "b" / "one.txt").path == "one"


def test_gzip_and_zip(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": BODY})
    assert one(put(tmp_path / "n.jsonl.gz", gzip.compress(line.encode()))).id == "a"
    assert one(put(tmp_path / "pier.txt.gz", gzip.compress(BODY.encode()))).path == "pier"
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sub/b.txt", BODY)
        archive.writestr("a.html", PAGE)
        archive.writestr("picture.png", b"\x89PNG")
    first, second = read(tmp_path / "z.zip")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.path, first.source) == ("z/a", "z.zip!a.html")
    assert (second.path, second.text) == ("z/sub/b", BODY)


def test_a_zip_from_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", BODY)

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(data.getvalue())))
    assert one("-").path == "stdin/a"


def test_the_stream_is_lazy(tmp_path: Path) -> None:
    line = json.dumps({"text": BODY})
    path = put(tmp_path / "n.jsonl", f"{line}\n" * 3 + "{broken\n")
    stream = read_articles([path])
    assert isinstance(next(stream), Article)
    stream.close()  # type: ignore[attr-defined]


def test_a_format_may_be_named(tmp_path: Path) -> None:
    path = put(tmp_path / "log.dat", json.dumps({"id": "a", "text": BODY}))
    assert one(path).id == "a"
    assert one(path, format="plain", check_language=False).text.startswith("{")


def test_help_and_document_tell_of_every_format() -> None:
    from kg.cli.build import _READERS
    from kg.read.formats import FORMATS

    assert set(_READERS.split("|")) == set(FORMATS), "kg/cli/build.py: _READERS"
    text = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    table = text.partition("### What is read\n")[2].partition("\n### ")[0]
    for form in FORMATS.values():
        for ending in form.endings:
            assert f"`{ending}`" in table, f"docs/cli.md, What is read: {ending}"
