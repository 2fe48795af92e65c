"""Which stretches of a text are photo captions, also where a caption runs straight into the next sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from kg.model import Span
from kg.read.blocks import overlaps_any, paragraphs_of, stripped
from kg.read.tables import load_table

_MAX_CAPTION = 700
_MAX_WORDS = 60
_MAX_PARAGRAPHS = 2000
_NAME_WORD = r"[A-Z][\w.'’-]*"
_NAME = rf"{_NAME_WORD}(?:\s(?:(?:al|bin|da|de|del|della|der|di|du|el|la|le|van|von)\s)*{_NAME_WORD}){{0,3}}"
_SIDE = re.compile(
    r"\((?:L|R|C|left|right|cent(?:er|re)|L-R|from left|left to right|"
    r"\d(?:st|nd|rd|th) (?:L|R|left|right)|(?:front|back|rear|top|bottom)(?: row)?)\)"
)
_DATE_END = re.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? [0-3]?\d,? \d{4}"
    r"|\b[0-3]?\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?,? \d{4})[.)]?\Z"
)
_YEAR_END = re.compile(r"\d{4}[.)]?\Z")  # so ends every date of `_DATE_END`, which takes longer
_QUOTE = re.compile(r"[\"“”]")
_ARTICLE = re.compile(r"[\W\d_]*(?:The|A|An)(?![^\W\d_]|['’-][^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Inside a surname a capital is no boundary: McCarthy, MacLeod, DeWitt, O'Brien.
_PARTICLE = re.compile(
    r"(?:Mc|Mac|Mhic|De|Del|Della|Di|Da|Du|La|Le|Lo|Van|Von|Fitz|Al|El|Ab|Mb|i|e|O['’]|D['’]|St)"
)
# Without one of these there is no credit; looking for them first saves most paragraphs the long patterns.
_CREDIT_HINT = re.compile(
    r"[/|:]|\b(?:by|BY) [A-Z]|Images|Photo|Wire|stock|STOCK|IMAGES|PHOTO|WIRE|Alamy|ALAMY|Commons"
)
_NEXT_SENTENCE = re.compile(r"[A-Z\"“'‘][^\n]{24,}[.?!:\"”'’)]\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CaptionWords:
    """The compiled `data/captions.yaml`."""

    credit_end: re.Pattern[str]
    credit: re.Pattern[str]
    bracket: re.Pattern[str]
    openings: tuple[re.Pattern[str], ...]
    scene_verbs: frozenset[str]
    reporting_verbs: frozenset[str]
    survey: re.Pattern[str]
    finite: frozenset[str]
    titles: frozenset[str]


@cache
def wording() -> CaptionWords:
    """Return the packaged wording of captions."""
    data = cast(dict[str, Any], load_table("captions.yaml"))
    words = _alternatives(data["credit_words"])
    by = _alternatives([form for name in data["credit_by"] for form in (name.capitalize(), name.upper())])
    # agencies as they are written: "Reuters" or "REUTERS", never "reuters" or "pool"
    agencies = _alternatives([*data["agencies"], *(name.upper() for name in data["agencies"])])
    alone = _alternatives(data["alone"])
    signature = rf"\s*{_NAME}(?:\s*[/|,]\s*{_NAME})*"
    # "photos by Ann Lee" ends many a sentence; a credit begins with a capital
    named = rf"(?:(?i:{words})\s*:|(?:{by})\s){signature}"
    signed = rf"(?:via\s+)?\b(?:{agencies})(?:\s(?i:photo|images?))?\s?/\s?{_NAME}(?:\s?/\s?{_NAME})*"
    reverse = rf"{_NAME}\s?[/|]\s?(?:{agencies})(?:\s(?i:photo|images?|pool))?(?:\s?/\s?{_NAME})*"
    single = rf"(?:{alone})"
    credit = rf"(?:{named}|{signed}|{reverse}|{single})"
    return CaptionWords(
        credit_end=re.compile(rf"(?:^|[\s(\[/|–—-]){credit}\s*[)\]]?\.?\Z"),
        credit=re.compile(rf"(?:^|(?<=[\s(\[])){credit}"),
        bracket=re.compile(
            rf"[(\[](?:{credit}|(?i:{words}|{by})\s*(?::|\bby\b|(?<=\bby))[^()\[\]\n]{{1,80}})[)\]]"
        ),
        openings=tuple(re.compile(entry["pattern"]) for entry in data["openings"]),
        scene_verbs=frozenset(data["scene_verbs"].split()),
        reporting_verbs=frozenset(data["reporting_verbs"].split()),
        survey=re.compile(_alternatives(data["surveys"])),
        finite=frozenset(data["finite"].split()),
        titles=frozenset(data["person_titles"].split()),
    )


def captions_of(
    text: str, furniture: Sequence[Span] = (), title: Span | None = None, *, untitled: bool = False
) -> tuple[Span, ...]:
    """Return the captions of `text`, in order; none overlaps `furniture` or the headline `title`.

    With `untitled`, no headline is known, and a first line without a verb and a final period is taken for one.
    """
    found = []
    paragraphs = paragraphs_of(text)
    first = next((p for p in paragraphs if not overlaps_any(p, furniture)), None) if untitled else None
    alone = len(paragraphs) <= _MAX_PARAGRAPHS  # looking a name up in the whole text takes its time
    for place, paragraph in enumerate(paragraphs):
        if title is not None and paragraph.overlaps(title):
            continue
        if overlaps_any(paragraph, furniture):
            continue
        head = paragraph is first and not paragraph.of(text).endswith(".")
        end = _caption_end(text, paragraph, names=alone and place > 0, labels=not head)
        if end is not None:
            found.append(stripped(text, paragraph.begin, end))
    return tuple(span for span in found if span.begin < span.end)


def _caption_end(text: str, paragraph: Span, *, names: bool, labels: bool) -> int | None:
    """Return where the caption that begins the paragraph ends, None when it begins with none."""
    words = paragraph.of(text)
    glued = _glued_end(words)
    if glued is not None:
        return paragraph.begin + glued
    whole = len(words) <= _MAX_CAPTION and (
        _signed(words)
        or _opened(words)
        or _scene(words)
        or (labels and _label(words))
        or (names and _person_alone(words, text, paragraph))
    )
    return paragraph.end if whole else None


def _glued_end(words: str) -> int | None:
    """Return where a credit ends that the next sentence follows without a space, or after its bracket."""
    if _CREDIT_HINT.search(words) is None:
        return None
    table = wording()
    for found in table.bracket.finditer(words[: _MAX_CAPTION * 2]):
        if _NEXT_SENTENCE.match(words[found.end() :].lstrip()):
            return found.end()
    for found in table.credit.finditer(words[: _MAX_CAPTION * 2]):
        for end in _boundaries(words, found):
            rest = words[end:]
            if _NEXT_SENTENCE.match(rest) and len(rest.split()) >= 5:
                return end
    return None


def _boundaries(words: str, credit: re.Match[str]) -> list[int]:
    """Return the places within and right after a credit where a small letter meets a capital: "LeeThe"."""
    places = []
    begin, end = credit.span()
    slash = words.rfind("/", begin, end) + 1
    for place in range(slash or begin + 2, min(end + 1, len(words) - 1)):
        before, after, then = words[place - 1], words[place], words[place + 1]
        if not after.isupper() or not (then.islower() or then in " .’'"):
            continue
        start = max(words.rfind(" ", 0, place), words.rfind("/", 0, place)) + 1
        # "Image: YouTube" is one word; "Image: Ann LeeThe" has a name of two before the boundary
        if not slash and place < end and len(words[begin:place].partition(":")[2].split()) < 2:
            continue
        dot = before == "." and place - start > 2  # "REUTERS/Ann Lee.The harbour"
        agency = place == end and before.isupper() and then.islower()  # "Ann Lee/AFPThe harbour"
        if dot or agency or (before.islower() and not _PARTICLE.fullmatch(words[start:place])):
            places.append(place)
    return places


def _signed(words: str) -> bool:
    """A paragraph with a picture credit at its end: "The pier at dusk. Image: Ann Lee."."""
    table = wording()
    if any(found.end() >= len(words) - 1 for found in table.bracket.finditer(words)):
        return True
    found = table.credit_end.search(words[-160:])
    if found is None or table.survey.search(found[0]):
        return False
    # An agency's name may end a sentence of running text too: "…, officials told Reuters/Ann Lee."
    return ":" in found[0] or not table.reporting_verbs & set(_WORD.findall(words))


def _opened(words: str) -> bool:
    """A paragraph that says itself that it is a caption: "FILE PHOTO: …"."""
    return any(pattern.match(words) for pattern in wording().openings)


def _scene(words: str) -> bool:
    """What a picture shows, in the present tense, with sides "(R)" or a date at the end."""
    dated = _YEAR_END.search(words[-5:]) is not None and _DATE_END.search(words) is not None
    if not dated and _SIDE.search(words) is None:
        return False
    tokens = _WORD.findall(words)
    if len(tokens) > _MAX_WORDS or _QUOTE.search(words):
        return False
    table = wording()
    lower = {token for token in tokens if token.islower()}
    if lower & table.reporting_verbs:
        return False
    return bool(lower & table.scene_verbs) or bool(
        re.search(r"\b(?:is|are) (?:seen|pictured|shown)\b", words)
    )


def _label(words: str) -> bool:
    """A short noun phrase with an article and no verb: "The ferry Petrel in Tarn Harbour."."""
    if _ARTICLE.match(words) is None or words[-1] in "?!:;,":
        return False
    tokens = _WORD.findall(words)
    if not 4 <= len(tokens) <= 16 or _QUOTE.search(words) or re.search(r"[.?!]\s", words):
        return False
    lower = [token.lower() for token in tokens[1:] if token.islower() or token.lower() in wording().finite]
    if not {"in", "on", "at", "of", "near", "outside", "inside", "with", "during", "from"} & set(lower):
        return False
    return not any(_maybe_verb(token) for token in lower)


def _maybe_verb(token: str) -> bool:
    if token in wording().finite:
        return True
    return token.endswith("ed") or (token.endswith("s") and not token.endswith(("ss", "'s", "’s", "us")))


def _person_alone(words: str, text: str, paragraph: Span) -> bool:
    """A line that is only a person's name, where the text elsewhere shows that it is a person."""
    if re.fullmatch(_NAME, words) is None or not 2 <= len(words.split()) <= 4 or words.endswith("."):
        return False
    table = wording()
    verbs = "|".join(sorted(table.reporting_verbs))
    speaks = re.compile(rf"(?:,\s(?:who|whose|\d\d)\b|\s(?:{verbs})\b)")
    surname = re.search(rf"(?<!\w){re.escape(words.split()[-1])}\s(?:{verbs})\b", text)
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        if paragraph.begin <= found.start() < paragraph.end:
            continue
        before = _WORD.findall(text[max(0, found.start() - 40) : found.start()])
        if surname or speaks.match(text, found.end()) or (before and before[-1].lower() in table.titles):
            return True
    return False


def _alternatives(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))
