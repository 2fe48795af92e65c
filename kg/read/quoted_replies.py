"""The words of a mail that are its own: without quoted replies, signatures and what a list adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import cast

from kg.read.tables import load_table

_HEADER = re.compile(r"\*?(?:from|sent|date|to|cc|subject|reply-to|von|importance):\*? ?.*", re.IGNORECASE)
_ENVELOPE = re.compile(r"\*?from:\*? .+", re.IGNORECASE)
_SENT = re.compile(r"\*?(?:sent|date|to):\*? .+", re.IGNORECASE)
_QUOTED = re.compile(r"\s{0,3}(?:>|\|\s?>)")
_RULE = re.compile(r"_{20,}")
_KINDS = ("leads", "cuts", "signatures", "forwards", "lists")
_SIGNATURE = 1500
"""What follows the sign of a signature and is longer is no signature."""


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return the packaged patterns by what they find, each kind one expression."""
    table = cast("dict[str, list[dict[str, str]]]", load_table("mail.yaml"))
    return {
        kind: re.compile("|".join(f"(?:{entry['pattern']})" for entry in table[kind]), re.IGNORECASE)
        for kind in _KINDS
    }


def own_words(text: str) -> str:
    """Return the text of a mail's body without quoted replies and signature; a forwarded text stays.

    Example: "I agree.\\n\\nOn Monday Ann Lee wrote:\\n> Shall we?\\n-- \\nBob" becomes "I agree."
    """
    found = patterns()
    lines = [line.rstrip() if line != "-- " else "--" for line in text.splitlines()]
    kept: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        two = f"{line} {lines[number + 1].strip()}" if number + 1 < len(lines) else line
        if found["forwards"].fullmatch(line):
            number = _after_headers(lines, number + 1)
            continue
        if _ends(lines, number):
            following = _forward(lines, number, found["forwards"])
            if following is None:
                break
            number = following
            continue
        if _QUOTED.match(lines[number]):
            number += 1
            continue
        lead = 1 if found["leads"].fullmatch(line) else 2 if found["leads"].fullmatch(two) else 0
        if lead and _quotes_next(lines, number + lead):
            number += lead
            continue
        kept.append(lines[number])
        number += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _ends(lines: list[str], number: int) -> bool:
    """Tell whether the sender's own words end before a line."""
    found, line = patterns(), lines[number].strip()
    if found["cuts"].fullmatch(line) or _is_envelope(lines, number):
        return True
    if found["signatures"].fullmatch(line):
        return sum(map(len, lines[number + 1 :])) < _SIGNATURE or _quotes_next(lines, number + 1)
    if _RULE.fullmatch(line):
        return any(found["lists"].fullmatch(other.strip()) for other in lines[number + 1 : number + 4])
    return False


def _forward(lines: list[str], number: int, forwards: re.Pattern[str]) -> int | None:
    """Return where a forwarded text is announced after a line."""
    return next((n for n in range(number + 1, len(lines)) if forwards.fullmatch(lines[n].strip())), None)


def _is_envelope(lines: list[str], number: int) -> bool:
    """Tell whether the headers of an earlier mail stand here, as some programs put them before a quoted one."""
    if number == 0 or not _ENVELOPE.fullmatch(lines[number].strip()):
        return False
    following = [line.strip() for line in lines[number + 1 : number + 6]]
    return sum(_SENT.fullmatch(line) is not None for line in following) >= 2


def _after_headers(lines: list[str], number: int) -> int:
    while number < len(lines) and (not lines[number].strip() or _HEADER.fullmatch(lines[number].strip())):
        number += 1
    return number


def _quotes_next(lines: list[str], number: int) -> bool:
    """Tell whether the next line that is not blank is a quoted one."""
    following = (line for line in lines[number : number + 4] if line.strip())
    return _QUOTED.match(next(following, "")) is not None


def unflowed(lines: Iterable[str], joined: bool) -> str:
    """Return the lines of `format=flowed` text as paragraphs; `joined` takes the space at a soft break away."""
    parts: list[str] = []
    for line in lines:
        own = line.removeprefix(" ") if not line.startswith(">") else line
        soft = own.endswith(" ") and own != "-- " and not own.startswith(">")
        parts.append((own[:-1] if joined and soft else own) if soft else f"{own}\n")
    return "".join(parts)
