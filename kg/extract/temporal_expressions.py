"""Resolves expressions of time against the article's date, as coarse as the text gives them.

The closed set of news expressions follows the TIMEX3 guidelines (TimeML, ISO 24617-1); what cannot be anchored
gives None.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection
from itertools import islice

from kg.model import TimeRef
from kg.parsed import Parsed, Token

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS.update({name.lower(): number for number, name in enumerate(calendar.month_abbr) if name})
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
FULL = re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}\b", re.I)
FULL_EU = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}\b", re.I)
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
DAY_MONTH = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.replace('month', 'month2')})\b"
    r"(?!\s*,?\s*\d{4})",
    re.I,
)
MONTH_YEAR = re.compile(rf"\b{_MONTH}\s*,?\s+(?:of\s+)?{_YEAR}\b", re.I)
MONTH_ONLY = re.compile(
    r"\b(?P<rel>last|this|next|early|late|mid|in|since|until|by)?[\s-]*"
    rf"\b(?P<month>{'|'.join(m for m in MONTHS if len(m) > 3 or m == 'may')})\b",
    re.I,
)
YEARS = re.compile(r"\b(?P<a>1[5-9]\d\d|20\d\d)\s*(?:-|–|to|and|until)\s*(?P<b>1[5-9]\d\d|20\d\d|\d\d)\b")
YEAR = re.compile(rf"\b{_YEAR}\b(?!s)")
RELATIVE_UNIT = re.compile(
    r"\b(?P<rel>last|previous|past|this|current|next|coming|following)\s+(?P<unit>week|weekend|month|year)\b",
    re.I,
)
SHIFTS = (
    *(("day before yesterday", -2), ("yesterday", -1), ("tomorrow", 1), ("today", 0), ("tonight", 0)),
    *(("last night", -1), ("this morning", 0), ("this afternoon", 0), ("this evening", 0)),
)
"""How many days after that of the article these words mean."""
AGO = re.compile(
    r"\b(?P<n>\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago|earlier|prior)\b",
    re.I,
)
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBER = {w: n for n, w in enumerate(_NUMBERS.split())} | {"a": 1, "an": 1}
HOMONYMS = frozenset({"March", "May", "Sun", "Mar", "Sat"})
PAST = frozenset({"VBD", "VBN"})
APART = frozenset({"relcl", "acl", "ccomp", "conj"})
STEPS = 4  # from what a time stands with up to the word of a happening
FUTURE = frozenset({"will", "shall", "'ll", "next", "upcoming", "coming"})


def resolve_time(text: str, anchor: str | None, future: bool = False) -> TimeRef | None:
    """Return the calendar time that `text` names; `anchor` is the article's ISO date, `future` turns bare
    weekdays and months ahead.

    >>> resolve_time("on Friday", "2015-05-18").begin
    '2015-05-15'
    >>> resolve_time("1999-2000", None)
    TimeRef(begin='1999', end='2000')
    """
    for pattern in (FULL, FULL_EU):
        if m := pattern.search(text):
            return _day(int(m["year"]), MONTHS[m["month"].lower()], int(m["day"]))
    if m := ISO.search(text):
        return _day(int(m["year"]), int(m["month"]), int(m["day"]))
    if m := MONTH_YEAR.search(text):
        return TimeRef(f"{int(m['year']):04d}-{MONTHS[m['month'].lower()]:02d}")
    if m := YEARS.search(text):
        last = m["b"] if len(m["b"]) == 4 else m["a"][:2] + m["b"]
        return TimeRef(m["a"], last) if last > m["a"] else TimeRef(m["a"])
    base = _date(anchor)
    if m := DAY_MONTH.search(text):
        month, day = MONTHS[(m["month"] or m["month2"]).lower()], int(m["day"] or m["day2"])
        return _nearest(base, month, day, future) if base else None
    if m := YEAR.search(text):
        return TimeRef(m["year"])
    if base is None:
        return None
    return _relative(text, base, future)


def _relative(text: str, base: dt.date, future: bool) -> TimeRef | None:
    lower = text.lower()
    for word, shift in SHIFTS:
        if re.search(rf"\b{word}\b", lower):
            return TimeRef((base + dt.timedelta(days=shift)).isoformat())
    if m := AGO.search(lower):
        count = int(m["n"]) if m["n"].isdigit() else NUMBER[m["n"]]
        return _ago(base, count, m["unit"])
    for name, number in WEEKDAYS.items():
        if re.search(rf"\b{name}\b", lower):
            return _weekday(lower, base, name, number, future)
    if m := RELATIVE_UNIT.search(lower):
        return _unit(base, m["rel"], m["unit"])
    if m := MONTH_ONLY.search(text):
        return _month(m["month"], base, future or (m["rel"] or "").lower() == "next")
    return None


def _weekday(lower: str, base: dt.date, name: str, number: int, future: bool) -> TimeRef:
    back = (base.weekday() - number) % 7
    following = re.search(rf"\bnext\s+{name}\b", lower)
    if future or following:  # "will meet on Monday", told on a Monday: that day
        ahead = (number - base.weekday()) % 7
        return TimeRef((base + dt.timedelta(days=ahead or (7 if following else 0))).isoformat())
    if re.search(rf"\blast\s+{name}\b", lower) and back == 0:
        back = 7
    return TimeRef((base - dt.timedelta(days=back)).isoformat())


def _month(name: str, base: dt.date, ahead: bool) -> TimeRef | None:
    """Return the month of that name that is next ahead, or else the last that has begun; "may" is a verb."""
    if name.lower() in ("may", "march") and not name[0].isupper():
        return None
    month, year = MONTHS[name.lower()], base.year
    if ahead and month < base.month:
        year += 1
    elif not ahead and month > base.month:
        year -= 1
    return TimeRef(f"{year:04d}-{month:02d}")


def _unit(base: dt.date, relation: str, unit: str) -> TimeRef | None:
    step = (
        -1
        if relation in ("last", "previous", "past")
        else 1
        if relation in ("next", "coming", "following")
        else 0
    )
    if unit == "year":
        return TimeRef(f"{base.year + step:04d}")
    if unit == "month":
        year, month = divmod(base.year * 12 + base.month - 1 + step, 12)
        return TimeRef(f"{year:04d}-{month + 1:02d}")
    if step == 0:  # "this week": as coarse as its month
        return TimeRef(f"{base.year:04d}-{base.month:02d}")
    monday = base + dt.timedelta(days=7 * step - base.weekday())
    sunday = monday + dt.timedelta(days=6)
    return TimeRef(monday.isoformat()[:7]) if monday.month == sunday.month else None


def _ago(base: dt.date, count: int, unit: str) -> TimeRef | None:
    if unit == "day":
        return TimeRef((base - dt.timedelta(days=count)).isoformat())
    if unit == "week":
        return TimeRef((base - dt.timedelta(weeks=count)).isoformat()[:7])
    if unit == "month":
        year, month = divmod(base.year * 12 + base.month - 1 - count, 12)
        return TimeRef(f"{year:04d}-{month + 1:02d}") if year > 0 else None
    return TimeRef(f"{base.year - count:04d}") if base.year > count else None


def _nearest(base: dt.date, month: int, day: int, future: bool) -> TimeRef | None:
    """Take the year that puts the day nearest before the article, allowing some days ahead ("on Monday, October 3")."""
    options = []
    for year in (base.year - 1, base.year, base.year + 1):
        try:
            options.append(dt.date(year, month, day))
        except ValueError:
            continue
    limit = base + dt.timedelta(days=300 if future else 45)
    past = [o for o in options if (o >= base if future else o <= limit)]
    if not past:
        return None
    return TimeRef((min(past) if future else max(past)).isoformat())


def _day(year: int, month: int, day: int) -> TimeRef | None:
    try:
        return TimeRef(dt.date(year, month, day).isoformat())
    except ValueError:
        return None


def _date(text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


class Times:
    """The expressions of time in one article, by the token that governs them; `scheduling` are verbs by which
    something is set for a time ("is scheduled to leave").
    """

    def __init__(self, parsed: Parsed, scheduling: Collection[str]) -> None:
        self.parsed, self.scheduling = parsed, scheduling
        self.by_governor: dict[int, list[TimeRef]] = {}
        self.by_token: dict[int, tuple[TimeRef, Token, str]] = {}
        tokens = parsed.tokens
        for name in parsed.names:
            if name.label not in ("DATE", "TIME"):
                continue
            text = parsed.text(name.first, name.last)
            opening = max(parsed.blocks[tokens[name.first].block].first, name.first - 2)
            lead = parsed.text(opening, name.first) if opening < name.first else ""
            root = self._root(name.first, name.last)
            governor = self._governor(root)
            if (
                governor is None
                or re.match(r"^(age|aged)\b", text, re.I)
                or lead.lower().endswith(("since ", "since", "until", "age", "aged"))
            ):
                continue
            if text in HOMONYMS and not re.search(
                r"\b(in|since|by|until|of|last|next|this|from|early|late|mid)\W*$", lead, re.I
            ):
                continue  # "Thousands March in Tbilisi"
            verb = governor
            future = self._ahead(verb) or "next" in text.lower()
            time = resolve_time(text, parsed.article.date, future)
            if time is not None:
                self.by_governor.setdefault(governor.i, []).append(time)
                self.by_token.update(dict.fromkeys(range(name.first, name.last), (time, governor, text)))

    def _ahead(self, verb: Token) -> bool:
        """Tell verbs that look ahead: "will leave", "is leaving in March", "plans to leave in March"."""
        children = self.parsed.dependents(verb)
        if any(c.text.lower() in FUTURE for c in children):
            return True
        present = any(c.dep == "aux" and c.lemma == "be" and c.tag in ("VBZ", "VBP") for c in children)
        if verb.tag == "VBG" and present:
            return True
        above = self.parsed.tokens[verb.head]
        if verb.dep != "xcomp" or not any(c.tag == "TO" for c in children):
            return False
        return above.tag in ("VBZ", "VBP", "VBG") or (above.tag == "VBN" and above.lemma in self.scheduling)

    def _root(self, first: int, last: int) -> Token:
        tokens = self.parsed.tokens
        for token in tokens[first:last]:
            if not first <= token.head < last or token.head == token.i:
                return token
        return tokens[first]

    def _governor(self, token: Token) -> Token | None:
        tokens, seen = self.parsed.tokens, 0
        head = tokens[token.head]
        while head.pos == "ADP" and head.head != head.i and seen < 4:
            head = tokens[head.head]
            seen += 1
        return head if head.i != token.i else None

    def of(self, token: Token) -> TimeRef | None:
        """Return the time that stands with `token` itself, or None."""
        times = self.by_governor.get(token.i)
        return times[0] if times else None

    def at(self, token: int, planned: Token | None = None) -> TimeRef | None:
        """Return the time that the expression with `token` in it names, or None; `planned` is the word of a happening
        that is still to come, whose "in September" is the next one.
        """
        known = self.by_token.get(token)
        if known is None:
            return None
        time, governor, text = known
        if planned is None or not self._is_of(governor, planned):
            return time
        return resolve_time(text, self.parsed.article.date, True) or time

    def _is_of(self, governor: Token, trigger: Token) -> bool:
        """Tell whether a time is that of a happening: it hangs on its word, below it, or on what sets it for a time."""
        if governor.lemma.lower() in self.scheduling:
            return True
        told = {trigger.i, trigger.head if trigger.dep in ("nsubj", "nsubjpass", "dobj") else trigger.i}
        for above in islice(self.parsed.upward(governor), STEPS):
            if above.i in told:
                return True
            if above.tag in PAST or (above.dep in APART and above.pos in ("VERB", "AUX")):
                return False
        return False
