"""Cuts an article into the blocks that are annotated apart: paragraphs, headline, captions; furniture is left out."""

from __future__ import annotations

import re

from kg.model import Article, Span
from kg.parsed import BlockKind

# Same length before and after, so that offsets stand: typographic marks confuse taggers trained on plain ones.
PLAIN = str.maketrans("’‘`´“”\u00a0\n\r\t\u2028", "''''\"\"     ")
PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
LINE = re.compile(r"\r?\n")
WRAP_WIDTH = (55, 100)
BULLETS = frozenset("•‣▪◦●■►*")  # the parser takes them for words
UPPER = "A-ZÀ-ÖØ-Þ"
# "LONDON (Reuters) - ", "GENEVA, March 3 — ", "Paris, France (AFP) – ": where a report was filed
DATELINE = re.compile(
    rf"(?:[{UPPER}][{UPPER}.'’-]+(?: [{UPPER}][{UPPER}.'’-]+){{0,3}}(?:/[{UPPER}][{UPPER}.'’ -]+[{UPPER}])?"
    rf"(?:, [{UPPER}][\w.]+(?: [{UPPER}][\w.]+)?)?|"
    rf"[{UPPER}][\w.'’-]+(?: [{UPPER}][\w.'’-]+){{0,3}}(?:, [{UPPER}][\w. ]+?)?(?=(?:, [A-Z][a-z.]+ \d{{1,2}})? ?\())"
    r"(?:, [A-Z][a-z.]+ \d{1,2}(?:, \d{4})?)? ?(?:\([A-Z][\w ./-]{1,30}\) ?)?(?:—|–|--| - | -(?=\w)|- )\s*"
)
# "(Bloomberg) -- ", "(AP) — ": a report whose agency names no place
AGENCY = re.compile(r"\([A-Z][\w ./&-]{1,30}\) ?(?:—|–|--|- )\s*")
# "--With assistance from A. Koval.", "(Reporting by A; editing by B)": who worked on it, no part of the report
CREDITS = re.compile(
    r"[\s(\[*_—–-]*(?:"
    r"with (?:assistance|reporting|contributions?|additional reporting|inputs?|files|help) (?:from|by)\b|"
    r"(?:additional |extra |further |writing and |editing and )?"
    r"(?:reporting|writing|editing|translation|compiled|additional writing|contributions?|research) by\b|"
    r"(?:edited|translated|compiled) by\b|(?:the )?copyright \d{4}\b|©|"
    r"to contact the (?:reporters?|editors?|authors?)\b).*",
    re.IGNORECASE | re.DOTALL,
)
CONTRIBUTED = re.compile(
    r"[\s(\[*_—–-]*(?:[^.!?]{3,200}) contributed(?: reporting)?"
    r"(?: (?:to|from) (?:this|the) (?:report|story|article)| reporting)?(?: (?:from|in) [^.!?]{2,60})?[.)\]_*]*"
)
CREDIT_LENGTH = 400  # longer paragraphs say more than who wrote them
ALONE = re.compile(rf"[{UPPER}]{{3,}}(?: [{UPPER}]{{2,}}){{0,3}}, [A-Z][a-z.]+ \d{{1,2}}(?:, \d{{4}})?")
SHOUTED = re.compile(rf"(?:[{UPPER}][{UPPER}'’&.-]+ ){{2,5}}(?=[a-z])")
OPENING = 6  # paragraphs that may stand before the report's first: headline, byline, date


def segment(article: Article) -> list[tuple[Span, BlockKind]]:
    """Return the blocks of `article` in order; none overlaps another or a furniture span, none is blank."""
    text = article.text
    cuts = sorted(
        [(s, None) for s in article.furniture] + [(s, BlockKind.CAPTION) for s in article.captions],
        key=lambda c: c[0],
    )
    if article.title_span is not None:
        cuts = sorted([*cuts, (article.title_span, BlockKind.TITLE)], key=lambda c: c[0])
    wrapped = _is_hard_wrapped(text)
    blocks: list[tuple[Span, BlockKind]] = []
    position = 0
    for span, kind in cuts:
        if span.begin < position:
            continue
        _paragraphs(text, position, span.begin, wrapped, blocks)
        if kind is not None:
            _add(text, span.begin, span.end, kind, blocks)
        position = span.end
    _paragraphs(text, position, len(text), wrapped, blocks)
    return _without_dateline(text, [b for b in blocks if not _is_credit(text, *b)])


def _is_credit(text: str, span: Span, kind: BlockKind) -> bool:
    """Tell a line that says who worked on the report."""
    if kind is not BlockKind.BODY or span.end - span.begin > CREDIT_LENGTH:
        return False
    words = span.of(text)
    report = (
        "this report" in words or "this story" in words or "this article" in words or "reporting" in words
    )
    return bool(CREDITS.fullmatch(words)) or (report and bool(CONTRIBUTED.fullmatch(words)))


def _without_dateline(text: str, blocks: list[tuple[Span, BlockKind]]) -> list[tuple[Span, BlockKind]]:
    """Part the dateline from the paragraph that it opens, if one of the first does."""
    bodies = [i for i, (_, kind) in enumerate(blocks) if kind is BlockKind.BODY]
    for i in bodies[:OPENING]:
        span = blocks[i][0]
        if ALONE.fullmatch(text, span.begin, span.end):
            return [*blocks[:i], (span, BlockKind.DATELINE), *blocks[i + 1 :]]
        found = DATELINE.match(text, span.begin, span.end) or AGENCY.match(text, span.begin, span.end)
        if found is not None and found.end() < span.end:
            rest: list[tuple[Span, BlockKind]] = []
            _add(text, span.begin, found.end(), BlockKind.DATELINE, rest)
            _add(text, found.end(), span.end, BlockKind.BODY, rest)
            return [*blocks[:i], *rest, *blocks[i + 1 :]]
    return blocks


def plain(text: str, span: Span, kind: BlockKind = BlockKind.BODY) -> str:
    """Return the words of `span` with typographic marks made plain and line breaks made spaces, of the same length;
    those of a dateline in small letters after the first, as names are usually written.
    """
    words = span.of(text).translate(PLAIN)
    if kind is BlockKind.DATELINE:
        place, bracket, agency = words.partition("(")
        usual = re.sub(rf"[{UPPER}]{{3,}}", lambda m: m[0].title(), place) + bracket + agency
        return usual if len(usual) == len(words) else words
    shouted = SHOUTED.match(words)  # "CALDERBROOK ROVERS have sacked …", as tabloids open
    if shouted is not None:
        usual = shouted[0].title() + words[shouted.end() :]
        return usual if len(usual) == len(words) else words
    return words


def _is_hard_wrapped(text: str) -> bool:
    """Tell text broken at a fixed column (wire copy, mail) from text with one paragraph a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    full = [line for line in lines if WRAP_WIDTH[0] <= len(line.rstrip()) <= WRAP_WIDTH[1]]
    longer = [line for line in lines if len(line.rstrip()) > WRAP_WIDTH[1]]
    return len(full) >= 4 and len(full) > 0.5 * len(lines) and len(longer) < 0.1 * len(lines)


def _paragraphs(text: str, begin: int, end: int, wrapped: bool, blocks: list[tuple[Span, BlockKind]]) -> None:
    breaks = PARAGRAPH if wrapped else LINE
    position = begin
    for match in breaks.finditer(text, begin, end):
        _add(text, position, match.start(), BlockKind.BODY, blocks)
        position = match.end()
    _add(text, position, end, BlockKind.BODY, blocks)


def _add(text: str, begin: int, end: int, kind: BlockKind, blocks: list[tuple[Span, BlockKind]]) -> None:
    while begin < end and (
        text[begin].isspace() or (text[begin] in BULLETS and text[begin + 1 : begin + 2].isspace())
    ):
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        blocks.append((Span(begin, end), kind))
