"""Take from an event's label the words that stand between those who take part: what a line between them says.

A line is read from who acts to whom it is done, so the words are active ("A took B") even where the label is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.graph.inflection import participles

_MOST = 60
_DETERMINER = r"(?:(?:the|a|an|some|several|many|most|all|both)\s+)?"
_JOINED = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+with\s+)"
_LINKS = re.compile(r"^(?:[’']s?\s+|,\s*)|[\s,]+$")
_PLACING = frozenset(
    {
        *("in", "at", "on", "to", "from", "through", "near", "off", "into", "across", "around", "outside"),
        *("inside", "over", "of", "for", "toward", "towards"),
    }
)
_LINKING = _PLACING | {"with", "against"}
_BE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|gets?|got)|n[’']t|[’'](?:s|re))"
    r"(?:\s+(?:not|\w+ly|also|later|then|since))*\s+$",
    re.I,
)
_PRONOUN = re.compile(
    r"^(?:\s+(?:with|to|at|on|by|for|from|of|against|about|after))?\s+"
    r"(?=(?:me|us|him|her|it|them|(?:him|her|it)self|themselves|my|our|his|its|their)\b)",
    re.I,
)


def participle(verb: str) -> str:
    """Return what is done to somebody, from the form that tells what one did; any other form stays.

    >>> participle("took over"), participle("arrested"), participle("meeting")
    ('taken over', 'arrested', 'meeting')
    """
    first, gap, more = verb.partition(" ")
    return participles().get(first.lower(), first) + gap + more


def past(verb: str) -> str:
    """Return what somebody did, from the participle.

    >>> past("taken over")
    'took over'
    """
    first, gap, more = verb.partition(" ")
    found = (was for was, done in participles().items() if done == first.lower())
    return next(found, first) + gap + more


def between(
    label: str, left: Iterable[Sequence[str]], right: Iterable[Sequence[str]], trigger: str = ""
) -> str:
    """Return the words of `label` after the names on its left and before those on its right.

    `left` and `right` hold, for each who takes part, all the names it goes by. Where the label does not begin
    with a name of the left, the words begin at the trigger, so far as the label has it, and end before such a name;
    of a passive they are the trigger alone, in the past. A pronoun for the right ends them as its name does. Without
    any words of its own the label says nothing between two, and an empty text is returned.

    >>> between("The Assembly may meet Verhagen", [["Northern Assembly", "Assembly"]], [["Otto Verhagen", "Verhagen"]])
    'may meet'
    >>> between("the keys were taken by Ada", [["Ada"]], [["keys"]], "taken")
    'took'
    """
    words = " ".join(label.split())
    left, right = list(left), list(right)
    start = _after(words, left)
    act = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", words, re.IGNORECASE) if trigger else None
    begun = start is not None
    if start is None:
        start = act.start() if act else 0
    rest = words[start:]
    if not begun and act:
        doer = _before(rest, left)
        link = _link(rest[doer:], right) if doer else ""
        if (doer and rest[:doer].endswith(" by ")) or (
            _BE.search(words[:start]) and not trigger.lower().endswith("ing")
        ):
            return past(trigger) + link
        if doer:
            rest = re.sub(r"\s+(?:of|from|between)\s*$", "", rest[:doer]) + link
    end = _before(rest, right)
    if end is None and right and act and act.end() >= start:
        told = act.end() - start
        pronoun = _PRONOUN.match(rest[told:])
        end = told + pronoun.end() if pronoun else None
    rest = _LINKS.sub("", rest if end is None else rest[:end]).strip()
    return rest if len(rest) <= _MOST else rest[: _MOST - 2].rsplit(" ", 1)[0] + " …"


def before_place(
    label: str, sides: Sequence[Sequence[str]], places: Sequence[Sequence[str]], trigger: str, words: str
) -> str:
    """Return the words between those who take part and the place: of the label, if it begins with them.

    Else they are `words` and what the label has right before the place.

    >>> before_place("we met Ada near the Mill", [["Ada"]], [["Mill"]], "met", "met")
    'met near'
    """
    label = " ".join(label.split())
    own = _link(label, places).strip()  # "was struck" needs a word for the place
    told = between(label, sides, places, trigger) if _after(label, sides) is not None else ""
    # "marched through the place", "opened the place"
    if told and (own or (_before(label, places) is not None and told.endswith(trigger))):
        return told
    if (at := _before(words, places)) is not None:
        cut = words[:at].strip()
        return cut if own and cut.endswith(f" {own}") else f"{trigger} {own or 'in'}"
    first, _, last = words.rpartition(" ")
    return f"{first if first and last in _PLACING else words} {own or 'in'}"


def borne(label: str, patients: Sequence[Sequence[str]], trigger: str) -> str:
    """Return what befell those to whom something is done, where nobody is known to have done it.

    >>> borne("they took Ada", [["Ada"]], "took"), borne("Ada fell", [["Ada"]], "fell")
    ('taken', 'fell')
    >>> borne("a bomb reportedly killing Ada", [["Ada"]], "killing")
    'target of killing'
    """
    if _before(label[: max(label.find(trigger), 0)], patients) is not None:
        return trigger
    return f"target of {trigger}" if trigger.lower().endswith("ing") else participle(trigger)


def _link(words: str, things: Sequence[Sequence[str]]) -> str:
    """Return the preposition right before the first of some things, a blank before it; none is an empty text."""
    last = words[: _before(words, things) or 0].split()[-1:]
    return f" {last[0]}" if last and last[0] in _LINKING else ""


def _names(things: Iterable[Sequence[str]]) -> str:
    """Return a pattern for every name, the longest first; of a longer one its last word counts, too."""
    found = {name.strip() for names in things for name in names if name.strip()}
    found |= {name.rsplit(" ", 1)[1] for name in found if " " in name}
    return "|".join(re.escape(name) for name in sorted(found, key=lambda name: (-len(name), name)))


def _after(words: str, things: Iterable[Sequence[str]]) -> int | None:
    names = _names(things)
    if not names:
        return 0
    one = rf"{_DETERMINER}(?:\w+\s+)??(?:{names})(?!\w)"
    match = re.match(rf"{one}(?:{_JOINED}{one})*", words, re.IGNORECASE)
    return match.end() if match else None


def _before(words: str, things: Iterable[Sequence[str]]) -> int | None:
    names = _names(things)
    if not names:
        return None
    match = re.search(rf"(?<!\w){_DETERMINER}(?:{names})(?!\w)", words, re.IGNORECASE)
    return match.start() if match else None
