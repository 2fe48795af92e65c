"""The article's date: from its metadata, a dateline, the caller, or the dates in its text, in that order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from kg.model import Span
from kg.read.blocks import lines_of, overlaps_any

_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH_FIRST = rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}"
_DAY_FIRST = rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}"
_ISO = r"(?P<year>(?:1[5-9]|20|21)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)"
_CLOCK = r"(?:[\s,|–—-]*(?:at\s+)?\d{1,2}[:.]\d\d.{0,20})?"

_FULL = tuple(
    re.compile(rf"(?<![\w-]){form}(?![\w-])", re.IGNORECASE) for form in (_MONTH_FIRST, _DAY_FIRST, _ISO)
)
_VALUES = (
    re.compile(rf"{_ISO}(?:[T\s].{{0,40}})?", re.IGNORECASE),
    re.compile(r"(?P<year>(?:1[5-9]|20|21)\d\d)[/.](?P<month>[01]?\d)[/.](?P<day>[0-3]?\d)(?:\s.{0,40})?"),
    re.compile(r"(?P<year>(?:1[5-9]|20|21)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?\d{4,6}Z?)?"),
    re.compile(rf"{_WEEKDAY}(?:{_MONTH_FIRST})(?:[\s,].{{0,40}})?", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}(?:{_DAY_FIRST})(?:[\s,].{{0,40}})?", re.IGNORECASE),
)
_EPOCH = re.compile(r"[1-3]\d{9}(?:\d{3})?")  # seconds or milliseconds since 1970
_STAMP = r"(?:(?:last\s+|first\s+)?(?:published|posted|updated|modified|date)(?:\s+on|\s+at)?\s*[:|–—-]?\s*)?"
_DATE_LINES = tuple(
    re.compile(rf"{_STAMP}{_WEEKDAY}{form}{_CLOCK}\.?", re.IGNORECASE)
    for form in (_MONTH_FIRST, _DAY_FIRST, _ISO)
)
# "WASHINGTON, Jan 5 (Agency) —", "Port Harmon, 5 January 2021 -", "GENEVA (Agency), March 3, 2020:"
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w.'’ -]{1,40}(?:,\s[A-Z][\w.' -]{1,30})?)(?:\s*\([^)\n]{1,40}\))?,\s+"
    rf"(?i:(?:{_MONTH}\s+{_DAY}|(?P<day2>[0-3]?\d)\s+(?P<month2>[a-z]{{3,9}})\.?)(?:,?\s+{_YEAR})?)"
    r"\s*(?:\([^)\n]{1,40}\)\s*)?(?:--?|–|—|:|\s/[^/\n]{1,30}/)"
)
_BARE_YEAR = re.compile(r"(?<![\w.,-])(?:1[5-9]|20|21)\d\d(?![\w%-])")
_NOT_TODAY = re.compile(
    r"\b(?:will|until|till|before|scheduled|expected|deadline|due|expires?|born|since|begins?|starts?|planned)\b"
    r"[^.\n]{0,40}$",
    re.IGNORECASE,
)
_TOP_LINES = 14
_NAME_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20|21)\d\d)[-_.](?P<month>[01]\d)[-_.](?P<day>[0-3]\d)(?!\d)")


def parse_date(value: str) -> str | None:
    """Return the absolute date that a value tells ("2020-03-04T10:00Z", "4 March 2020") as ISO, else None."""
    words = " ".join(value.split())[:80]
    if not words:
        return None
    if _EPOCH.fullmatch(words):
        return datetime.fromtimestamp(int(words[:10]), UTC).date().isoformat()
    for form in _VALUES:
        found = form.fullmatch(words)
        if found is not None:
            return _iso(found["year"], found["month"], found["day"])
    return _by_dateparser(words)


def dateline(text: str) -> str | None:
    """Return the date that a line near the top stands for: a date alone, or "PLACE, Jan 5 (Agency) —"."""
    for span in lines_of(text)[:_TOP_LINES]:
        line = span.of(text)[:200]
        for form in _DATE_LINES:
            found = form.fullmatch(line)
            if found is not None:
                return _iso(found["year"], found["month"], found["day"])
        found = _DATELINE.match(line)
        if found is not None:
            iso = _iso(
                found["year"] or _year(text), found["month"] or found["month2"], found["day"] or found["day2"]
            )
            if iso is not None:
                return iso
    return None


def text_date(text: str, furniture: Sequence[Span] = ()) -> str | None:
    """Return the latest full date in the text that can be the day of writing, else None.

    News tells of what just happened, so it is written on or soon after the latest day that it names, unless
    that day is a plan ("until May 3, 2021") or a bare year after it shows that the article is younger.
    """
    latest: str | None = None
    for form in _FULL:
        for found in form.finditer(text):
            span = Span(*found.span())
            if overlaps_any(span, furniture):
                continue
            if _NOT_TODAY.search(text, max(0, span.begin - 80), span.begin):
                continue
            iso = _iso(found["year"], found["month"], found["day"])
            if iso is not None and (latest is None or iso > latest):
                latest = iso
    if latest is None:
        return None
    return latest if latest[:4] >= _last_year(text, furniture) else None


def guessed_date(
    text: str, furniture: Sequence[Span], captions: Sequence[Span], name: str
) -> tuple[str | None, str]:
    """Return the date that an article without one may have, and what it's guessed from: text, caption or file.

    `name` is the file's name, which may begin or end with a full date.
    """
    found = text_date(text, furniture)
    if found is not None:
        outside = text_date(text, [*furniture, *captions])
        return found, "the text" if outside == found else "a caption"
    for part in _NAME_DATE.finditer(name):
        iso = _iso(part["year"], part["month"], part["day"])
        if iso is not None:
            return iso, "the file's name"
    return None, ""


def _last_year(text: str, furniture: Sequence[Span]) -> str:
    years = ""
    for found in _BARE_YEAR.finditer(text):
        span = Span(*found.span())
        if not overlaps_any(span, furniture) and not _NOT_TODAY.search(
            text, max(0, span.begin - 80), span.begin
        ):
            years = max(years, found[0])
    return years


def _year(text: str) -> str | None:
    # "Jan 5" without its year: that of the latest date or year in the text
    latest = text_date(text)
    return latest[:4] if latest else None


def _iso(year: str | None, month: str | None, day: str | None) -> str | None:
    if year is None or month is None or day is None:
        return None
    try:
        number = int(month) if month.isdigit() else _month_number(month)
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def _month_number(word: str) -> int:
    key = word[:3].lower()
    for number, name in enumerate(_MONTHS, 1):
        if name.startswith(key) and (name.startswith(word.lower()) or word.lower() == "sept"):
            return number
    raise ValueError(word)


def _by_dateparser(words: str) -> str | None:
    # Slow to import and to run, and by itself willing to read "yesterday" or "10": only absolute dates, and
    # only where there is a year.
    if not re.search(r"\d{4}", words):
        return None
    import dateparser

    try:
        found = dateparser.parse(
            words,
            languages=["en"],
            settings={
                "PARSERS": ["absolute-time"],
                "STRICT_PARSING": True,
                "RETURN_AS_TIMEZONE_AWARE": False,
            },
        )
    except (ValueError, TypeError, AttributeError, OverflowError, LookupError):
        return None
    return found.date().isoformat() if found is not None and 1500 <= found.year < 2200 else None
