"""Subtitles (`.vtt`, `.srt`) to text: cues joined to paragraphs, and what a named speaker says as a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.decode import read_text
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, record_of_file
from kg.read.tables import word_sets

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_SOUND = re.compile(r"\[[^\[\]]{0,60}\]|♪[^♪]*♪?|\((?:[A-Z\s]{3,40}|[a-z]+ing|music|applause|laughter)\)")
_DASH = re.compile(r"(?:-|–|—|>>+)\s*(?=\S)")
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:(?:al|bin|da|de|del|der|di|du|el|la|le|van|von)\s+)*[A-Z][\w.'’-]*){0,4}"
_SPEAKER = re.compile(rf"({_NAME})(?:,\s+([^:\"“”]{{3,60}}))?:\s+(?=\S)")
_SMALL = frozenset({"of", "the", "for", "and", "in", "to", "at", "on"})
_PAUSE = 4.0
"""So many seconds of silence begin a paragraph."""
_LONG = 600
"""So many characters does a paragraph have before the next sentence begins one."""
_END = re.compile(r"[.?!…][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at a time: its begin and end in seconds, who speaks if that is told, the words."""

    begin: float
    end: float
    speaker: str | None
    text: str


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of a file of subtitles; raises ReadError when it has no cues."""
    text = read_text(blob, stream, options)
    cues = list(_turns(_cues(text)))
    if not cues:
        raise ReadError("no subtitles: it has no line of the kind 00:00:01,000 --> 00:00:04,000", blob.name)
    paragraphs = list(_paragraphs(cues))
    text = "\n\n".join(paragraphs)
    yield replace(record_of_file(blob, text), dateless=True)


def _cues(text: str) -> Iterator[Cue]:
    """Yield the cues as they stand, each line that the one before showed already left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown: list[str] = []
    number = 0
    while number < len(lines):
        timing = _TIMING.fullmatch(lines[number])
        number += 1
        if timing is None:
            continue
        words: list[str] = []
        while number < len(lines) and lines[number].strip() and not _TIMING.fullmatch(lines[number]):
            words.append(lines[number])
            number += 1
        begin, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
        plain = [" ".join(_plain(line).split()) for line in words]
        for line, bare in zip(words, plain, strict=True):
            if bare and bare not in shown:  # live captions roll: the last line comes again above the next
                voice = _VOICE.search(line)
                yield Cue(begin, end, " ".join(unescape(voice[1]).split()) if voice else None, bare)
        shown = plain


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _plain(line: str) -> str:
    return _SOUND.sub(" ", unescape(_TAG.sub("", line)))


def _turns(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Yield the cues with the speakers that their words name; who spoke goes on until another does."""
    speaker: str | None = None
    for cue in cues:
        text = cue.text
        turn = _DASH.match(text)
        if turn is not None:
            text, speaker = text[turn.end() :], None
        named = _SPEAKER.match(text)
        if cue.speaker is not None:
            speaker = cue.speaker
        elif named is not None and (title := _speaker(named)) is not None:
            speaker, text = title or None, text[named.end() :]
        yield Cue(cue.begin, cue.end, speaker, text)


def _speaker(named: re.Match[str]) -> str | None:
    """Return whom the words before a colon name: "" for a voice without a name, None for nobody."""
    name, title = named[1], named[2]
    first = name.split()[0].strip(".").casefold()
    table = word_sets("subtitles.yaml")
    if first in table["words"]:
        return None
    if first in table["voices"]:
        return ""
    if len(name.split()) == 1 and not name.isupper():
        return None  # "Tomorrow: rain"
    shown = _cased(name)
    return f"{shown}, {_cased(title)}," if title else shown


def _cased(words: str) -> str:
    """Return a name that is written in capitals as names are written."""
    if not words.isupper():
        return words
    return " ".join(
        word.lower() if word.lower() in _SMALL else "-".join(part.capitalize() for part in word.split("-"))
        for word in words.split()
    )


def _paragraphs(cues: list[Cue]) -> Iterator[str]:
    """Yield a paragraph a turn, a longer one in several."""
    words: list[str] = []
    before = cues[0]
    for cue in cues:
        ended = bool(words) and _END.search(words[-1]) is not None
        new = cue.speaker != before.speaker or (
            ended and (cue.begin - before.end > _PAUSE or sum(map(len, words)) > _LONG)
        )
        if words and new:
            yield _said(before.speaker, words)
            words = []
        words.append(cue.text)
        before = cue
    if words:
        yield _said(before.speaker, words)


def _said(speaker: str | None, words: list[str]) -> str:
    text = " ".join(" ".join(words).split())
    if speaker is None:
        return text
    # within the quotation its own marks are single ones, as a newspaper prints them
    inner = re.sub(r"[“\"](?=\w)", "‘", text)
    inner = re.sub(r"[”\"]", "’", inner)
    return f"{speaker} said: “{inner}”"
