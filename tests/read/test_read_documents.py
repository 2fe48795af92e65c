"""Word documents, mails, Markdown and subtitles to articles, and files of no known kind."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from kg.builder import Resources, build
from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles
from kg.read.quoted_replies import own_words, patterns
from kg.read.tables import load_table

BODY = "The harbour council of Tarnmouth voted on Monday to close the old ferry pier."


def read(path: Path, data: str | bytes, **options: Any) -> list[Article | Reject]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_articles([path], ReadOptions(**options)))


def one(path: Path, data: str | bytes, **options: Any) -> Article:
    (article,) = read(path, data, **options)
    assert isinstance(article, Article), article
    return article


def reason(path: Path, data: str | bytes, **options: Any) -> str:
    (reject,) = read(path, data, **options)
    assert isinstance(reject, Reject), reject
    assert "\n" not in reject.reason
    return reject.reason


# -- Word


def word(fill: Any) -> bytes:
    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def story(document: Any) -> None:
    document.core_properties.author = "Ann Lee and Bob Poe"
    document.core_properties.title = "Template 7"
    document.sections[0].header.paragraphs[0].text = "The Tarn Post, internal"
    document.add_heading("Pier to close", 0)
    paragraph = document.add_paragraph("The harbour council of ")
    paragraph.add_run("Tarnmouth").bold = True
    paragraph.add_run(" voted on Monday to close the old ferry pier.")
    changed = document.add_paragraph("The vote was ")
    gone, new = OxmlElement("w:del"), OxmlElement("w:ins")
    gone.append(parse_xml(f"<w:r {nsdecls('w')}><w:delText>six</w:delText></w:r>"))
    new.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>seven</w:t></w:r>"))
    changed._p.append(gone)
    changed._p.append(new)
    changed.add_run(" to two.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "For", "Against"
    document.add_paragraph("")
    document.add_paragraph("The mayor regretted it.")


def test_a_word_document(tmp_path: Path) -> None:
    article = one(tmp_path / "a.docx", word(story))
    assert article.text.split("\n\n") == [
        "Pier to close",
        BODY,
        "The vote was seven to two.",
        "For",
        "Against",
        "The mayor regretted it.",
    ]
    assert (article.title, article.authors) == ("Pier to close", ("Ann Lee", "Bob Poe"))
    assert (article.id, article.source) == ("a", "a.docx")


def test_a_word_document_within_an_archive_and_without_its_ending(tmp_path: Path) -> None:
    data = word(story)
    assert one(tmp_path / "a", data).title == "Pier to close"
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("x/a.docx", data)
    (article,) = read_articles([tmp_path / "z.zip"])
    assert (article.path, article.title) == ("z/x/a", "Pier to close")  # type: ignore[union-attr]


def test_bad_word_documents_are_one_line(tmp_path: Path) -> None:
    data = word(story)
    assert "damaged Word document" in reason(tmp_path / "a.docx", data[:3000])
    assert "without any text" in reason(tmp_path / "a.docx", word(lambda document: None))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    assert "bomb" in reason(tmp_path / "a.docx", out.getvalue())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    assert "damaged Word document" in reason(tmp_path / "a.docx", out.getvalue())


# -- mail

REPLY = f"""I can tell you this much.

{BODY}

On Thu, 4 Mar 2031 at 10:22, Carol Dane <carol@post.example>
wrote:
> What happened at the pier?
>> Who knows?

--\x20
Ann Lee
Reporter
"""


def mail(body: str, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = '"Lee, Ann" <ann@post.example>'
    made["Subject"] = "Re: Café at the pier"
    made["Date"] = "Thu, 04 Mar 2031 23:30:00 -0500"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def test_a_mail_gives_its_own_words_and_its_headers(tmp_path: Path) -> None:
    data = mail(REPLY + "é", Message_ID="<pier-1@post.example>").as_bytes()
    article = one(tmp_path / "a.eml", data)
    assert article.text.startswith(f"I can tell you this much.\n\n{BODY}")
    assert "Carol" not in article.text and "Reporter" not in article.text
    assert (article.id, article.title, article.date) == (
        "pier-1@post.example",
        "Café at the pier",
        "2031-03-04",
    )
    assert article.authors == ("Ann Lee",)
    assert one(tmp_path / "without", data).id == "pier-1@post.example"  # known by its beginning


def test_a_page_in_a_mail_is_decoded(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "Bob Poe <bob@post.example>", "Pier"
    made["Date"] = "Thu, 04 Mar 2031 23:30:00 -0500"
    made.set_content(
        f"<html><body><p>{BODY.replace('old', 'café’s')} It was late when the vote was taken there.</p><blockquote "
        "type='cite'>What <b>happened</b> then?</blockquote></body></html>",
        subtype="html",
        charset="windows-1252",
        cte="quoted-printable",
    )
    article = one(tmp_path / "a.eml", made.as_bytes())
    assert BODY.replace("old", "café’s") in article.text and "happened" not in article.text
    assert article.id == "a"


def test_attached_mails_are_articles_and_other_attachments_are_told(tmp_path: Path) -> None:
    outer = mail("The desk of the Post sends you what it has on the pier.")
    outer.add_attachment(mail(BODY))
    outer.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="pier.pdf")
    told: list[str] = []
    first, second = read(tmp_path / "a.eml", outer.as_bytes(), on_warning=told.append)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.path, second.path, second.source) == ("a", "a+1", "a.eml+1")
    assert second.text.strip() == BODY
    assert len(told) == 1 and "1 attachment left out" in told[0]


def test_each_mail_of_a_box_is_an_article(tmp_path: Path) -> None:
    box = b""
    for number in (1, 2, 3):
        body = (
            f"{BODY} Number {number}.\n\nFrom the pier nothing is heard.\n"
            if number < 3
            else "> only quoted\n"
        )
        lines = mail(body).as_bytes().replace(b"\nFrom the", b"\n>From the")
        box += b"From ann@post.example Thu Mar  4 23:30:00 2031\n" + lines + b"\n"
    first, second, third = read(tmp_path / "a.mbox", box)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.path, first.source, second.path) == ("a-1", "a.mbox:1", "a-2")
    assert "Number 1.\n\nFrom the pier" in first.text and "Number 2." in second.text
    assert third == Reject(f"{tmp_path / 'a.mbox'}:3", "the mail has no text of its own")
    assert [item.path for item in read(tmp_path / "Inbox", box)[:2]] == ["Inbox-1", "Inbox-2"]  # type: ignore[union-attr]
    assert 'does not begin with "From "' in reason(tmp_path / "b.mbox", BODY)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (REPLY, f"I can tell you this much.\n\n{BODY}"),
        (f"{BODY}\n\n-----Original Message-----\nFrom: x\n\nOld words.", BODY),
        (f"{BODY}\n\nFrom: Carol\nSent: Monday\nTo: Ann\nSubject: Pier\n\nOld words.", BODY),
        (f"> Shall it close?\n{BODY}\n> When?\nAt noon.", f"{BODY}\nAt noon."),
        (
            f"See below.\n\n---------- Forwarded message ---------\nFrom: x <x@y>\nDate: z\n\n{BODY}",
            f"See below.\n\n{BODY}",
        ),
        (f"{BODY}\n\n{'_' * 47}\nHarbour mailing list\nhttp://x.example", BODY),
        # what looks alike and is the text's own
        (f"One.\n\n{'_' * 40}\n\n{BODY}", f"One.\n\n{'_' * 40}\n\n{BODY}"),
        (f"One.\n--\n{(BODY + chr(10)) * 30}", f"One.\n--\n{(BODY + chr(10)) * 30}".strip()),
        (
            "On Monday, as the paper wrote:\nthe pier closes.",
            "On Monday, as the paper wrote:\nthe pier closes.",
        ),
        ("From: the harbour to the hill it is a mile.", "From: the harbour to the hill it is a mile."),
    ],
)
def test_quoted_replies_and_signatures_are_cut(body: str, kept: str) -> None:
    assert own_words(body) == kept


def test_every_pattern_of_mails_fits_its_example() -> None:
    table: Any = load_table("mail.yaml")
    assert set(table) == set(patterns())
    for kind, entries in table.items():
        for entry in entries:
            assert patterns()[kind].fullmatch(entry["example"]), entry


# -- Markdown


def test_markdown(tmp_path: Path) -> None:
    front = {"title": "Pier to close", "date": "2031-03-04", "author": ["Ann Lee", "Bob Poe"], "tags": ["x"]}
    text = f"""---
{yaml.safe_dump(front)}---
# Pier to close

The *harbour council* of [Tarnmouth](https://x.example "t") voted on Monday
to close the **old** ferry pier. ![picture](a.png)

> "We will ~~not~~ miss it," said the mayor.

- One thing.
- Another.

```
code
```
<div>raw</div>
"""
    article = one(tmp_path / "a.md", text)
    assert article.text.split("\n\n") == [
        "Pier to close",
        BODY,
        '"We will miss it," said the mayor.',
        "One thing.",
        "Another.",
    ]
    assert (article.title, article.date, article.authors) == (
        "Pier to close",
        "2031-03-04",
        ("Ann Lee", "Bob Poe"),
    )
    assert (
        one(tmp_path / "b.md", f'+++\ntitle = "Pier"\ndate = 2031-03-04\n+++\n\n{BODY}').date == "2031-03-04"
    )
    assert "broken front matter" in reason(tmp_path / "c.md", "---\n: [\n---\n\nWords.")
    assert "no text" in reason(tmp_path / "d.md", "![only](a.png)\n")


# -- subtitles

VTT = """WEBVTT - a talk

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
The council of Tarnmouth
met on Monday.

00:03.500 --> 00:06.000
<v.loud Mayor Ann Lee>We <i>rejected</i> the &amp; last offer.

00:06.100 --> 00:08.000
<v Mayor Ann Lee>The company lied to us.

01:00:09.000 --> 01:00:12.000
<v Bob Poe>[applause] We will sue the council.
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
{\\an8}<i>Tomorrow: a vote</i>

2
00:00:03,100 --> 00:00:06,000
ANN LEE, MAYOR OF TARN: We rejected
the "last" offer.

3
00:00:06,100 --> 00:00:08,000
- Bob Poe: The company will sue.

4
00:00:09,000 --> 00:00:10,000
NARRATOR: The court meets on Friday.
"""


def test_subtitles_of_the_web(tmp_path: Path) -> None:
    assert one(tmp_path / "a.vtt", VTT).text.split("\n\n") == [
        "The council of Tarnmouth met on Monday.",
        "Mayor Ann Lee said: “We rejected the & last offer. The company lied to us.”",
        "Bob Poe said: “We will sue the council.”",
    ]


def test_subtitles_that_nothing_dates_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    (undated,) = read(tmp_path / "debate.vtt", VTT.encode(), on_warning=told.append)
    assert isinstance(undated, Article) and undated.date is None
    assert len(told) == 1 and told[0].endswith(
        "debate.vtt: it has no date, nor has its text; --date debate=YYYY-MM-DD gives one"
    )
    (dated,) = read(
        tmp_path / "debate.vtt", VTT.encode(), on_warning=told.append, dates={"debate": "2031-03-04"}
    )
    (named,) = read(tmp_path / "2031-03-04-debate.vtt", VTT.encode(), on_warning=told.append)
    assert isinstance(dated, Article) and isinstance(named, Article)
    assert (dated.date, named.date) == ("2031-03-04", "2031-03-04")
    assert ["guessed" in line for line in told] == [False, True]


def test_subtitles_of_films(tmp_path: Path) -> None:
    assert one(tmp_path / "a.srt", SRT.replace("\n", "\r\n")).text.split("\n\n") == [
        "Tomorrow: a vote",
        "Ann Lee, Mayor of Tarn, said: “We rejected the ‘last’ offer.”",
        "Bob Poe said: “The company will sue.”",
        "The court meets on Friday.",
    ]
    assert "no subtitles" in reason(tmp_path / "b.srt", BODY)


def test_captions_that_roll_are_read_once(tmp_path: Path) -> None:
    lines = ["The council of Tarnmouth", "met on Monday to close", "the old ferry pier."]
    cues = [
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n" + "\n".join(lines[max(0, n - 1) : n + 1]) + "\n"
        for n in range(3)
    ]
    found = one(tmp_path / "a.vtt", "WEBVTT\n\n" + "\n".join(cues)).text
    assert found == "The council of Tarnmouth met on Monday to close the old ferry pier."


def test_speakers_of_subtitles_are_speakers(tmp_path: Path, resources: Resources) -> None:
    (tmp_path / "a.vtt").write_text(VTT, encoding="utf-8")
    (facts,) = build(tmp_path / "a.vtt", resources=resources).facts
    names = {entity.id: entity.name for entity in facts.entities}
    assert [(names[str(s.speaker)], s.text, s.direct) for s in facts.statements] == [
        ("Ann Lee", "We rejected the & last offer. The company lied to us.", True),
        ("Bob Poe", "We will sue the council.", True),
    ]


# -- what is of no known kind


def test_an_unknown_ending_is_refused_and_a_name_with_a_dot_is_not(tmp_path: Path) -> None:
    for name in ("a.odd", "a.py", "a.log"):
        assert reason(tmp_path / name, BODY) == (
            f"files that end in {name[1:]} are not known; --format plain reads one as text all the same"
        )
        assert one(tmp_path / name, BODY, format="plain").text == BODY
    for name in ("story", "story v1.2 final", "report.2031"):
        assert one(tmp_path / name, BODY).text == BODY
    assert one(tmp_path / "b.page", f"<html><body><article><p>{BODY} {BODY}</p></article></body></html>").text
