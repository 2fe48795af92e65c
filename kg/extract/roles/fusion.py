"""Joins the roles that the patterns of titles find with those that the reader finds: each mends the other's misses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.interval_index import Overlaps
from kg.extract.roles.reading import unique
from kg.extract.syntax import office_of
from kg.heads.reader import Reading
from kg.lexicon.tables import Tables
from kg.model import Ground, Kind, MentionKind, Modality, Role, Span
from kg.parsed import Parsed, Resolved

KEEPS = 0.3  # a pattern's role goes where the reader sees no title at all
KEEPS_SEVERAL = 0.06  # of a title of several people, which it knows less well, it need see next to nothing
STRANGE = 0.2  # a word before a title that the reader takes for a part of it less surely than this is none
BODY_HEAD, PERSON_HEAD = "head title.organization", "head title.person"
BESIDE = 2  # so many characters stand between a title and the name of its bearer, no more
ALONE = 0.9  # the reader's role stands by itself where it is as sure as this


@dataclass(frozen=True, slots=True)
class _TitleLikelihoods:
    """How likely the words of a stretch are a title, to the reader."""

    parsed: Parsed
    reading: Reading

    def likely(self, span: Span) -> float:
        values = self.reading.values("titles")
        outside = values.index("O")
        tokens = [t.i for t in self.parsed.tokens_in(span)]
        if not tokens:
            return 0.0
        return float(max(1 - self.reading.probabilities("titles")[i, outside] for i in tokens))


def joined(
    patterns: Sequence[Role], read: Sequence[Role], resolved: Resolved, reading: Reading, tables: Tables
) -> list[Role]:
    """Return the roles of both, each once, in the order of the text.

    A role of the patterns that the reader's words for titles do not touch goes; the reader's own stands where it is
    sure and no pattern found the same title of the same person. The body of a pattern's role is the pattern's to tell;
    former is what either takes for former, and which words before its noun belong to a title the reader says.
    """
    words = _TitleLikelihoods(resolved.parsed, reading)
    named = _names(resolved)
    bearer = {e.id: [m.span for m in e.mentions if m.kind is MentionKind.NAME] for e in resolved.entities}
    sets = tables.constructions
    free = sets.titles_without_bodies | sets.private_people | sets.makers | sets.national_titles
    bodies = {e.id for e in resolved.entities if e.kind is Kind.ORGANIZATION}
    of_person = defaultdict[str, list[Role]](list)
    for one in read:
        of_person[one.person].append(one)
    out, kept = [], []
    for role in patterns:
        likely = words.likely(role.span)
        if likely >= (KEEPS_SEVERAL if role.written else KEEPS):
            kept.append(role)
            same = [r for r in of_person[role.person] if _is_same(r, role)]
            former = any(r.former for r in same) and role.modality is Modality.ASSERTED
            told = _worded(role, [r for r in same if not _adds_a_name(r, role, named)], words, tables)
            body = next((r.organization for r in same if r.organization in bodies), None)
            # what stands behind a name is read as a whole: where that names no body, there is none
            here = (n for n in bearer.get(role.person, ()) if role.sentence.covers(n))
            ahead = bool(role.written) or any(0 < n.begin - role.span.end <= BESIDE for n in here)
            if told.organization is None and ahead and office_of(role.title) not in free:
                told = replace(told, organization=body)
            out.append(_weighed(told, likely, former and not role.present, same))
    near, theirs = Overlaps[Role](), defaultdict[str, list[Role]](list)
    for role in kept:
        near.add(role.span, role)
        theirs[role.person].append(role)
    sure = [r for r in read if r.confidence >= ALONE]
    alone = [r for r in sure if not any(_is_same(r, k) or _is_of_another(r, k) for k in near.over(r.span))]
    text = resolved.parsed.article.text
    out += [
        r
        for r in alone
        if not any(_says_no_more(r, k) or _is_in_brackets(r, k, text) for k in theirs[r.person])
    ]
    return unique(out)


def _is_same(one: Role, other: Role) -> bool:
    return one.person == other.person and one.span.overlaps(other.span)


def _names(resolved: Resolved) -> list[Span]:
    """Return where the names of an article stand."""
    return [m.span for e in resolved.entities for m in e.mentions if m.kind is MentionKind.NAME]


def _adds_a_name(read: Role, role: Role, named: Sequence[Span]) -> bool:
    """Tell "Works chief" of "Norwind Ship Works chief": a word that the reader adds to a title stands in a name."""
    added = Span(read.span.begin, max(read.span.begin, role.span.begin))
    return added.begin < added.end and any(added.overlaps(span) for span in named)


def _worded(role: Role, read: Sequence[Role], words: _TitleLikelihoods, tables: Tables) -> Role:
    """Return a role of the patterns with the words that the reader takes for its title in `read`, where they end with
    the same noun: fewer ("MP" of "Conservative MP") unless all of them are a known title, or more ("Comic artist").
    """
    title = role.title.lower()
    for other in read:
        theirs = other.title.lower()
        if other.written or role.written or theirs == title:
            continue
        fewer = title.endswith(f" {theirs}") and title not in tables.titles and not _is_kept(title, tables)
        if fewer and words.likely(Span(role.span.begin, other.span.begin)) < STRANGE:
            return replace(role, title=other.title, span=other.span)
        more = theirs.removesuffix(title).split() if theirs.endswith(f" {title}") else []
        if more and not any(w in tables.title_heads or w in tables.constructions.party_words for w in more):
            return replace(role, title=other.title, span=other.span)
    return role


def _is_kept(title: str, tables: Tables) -> bool:
    """Tell a title with its rank or the field that its holder knows of: "Under Secretary", "Europe correspondent"."""
    words, sets = title.split(), tables.constructions
    return words[0] in sets.office_ranks or words[-1] in sets.watching_titles


def _is_of_another(read: Role, kept: Role) -> bool:
    """Tell a title of one, "Deputy A", that the reader gives to the name beside it, too."""
    return read.person != kept.person and not kept.written and read.span.overlaps(kept.span)


def _says_no_more(read: Role, kept: Role) -> bool:
    """Tell a title of the reader that shortens one of the same person ("Director" of the "police director")."""
    words, others = read.title.lower().split(), kept.title.lower().split()
    shorter = read.person == kept.person and words[-1] == others[-1] and set(words) <= set(others)
    return shorter and read.organization in (None, kept.organization) and read.former == kept.former


def _is_in_brackets(read: Role, kept: Role, text: str) -> bool:
    """Tell letters that say a title again: "Member of Parliament (MP)"."""
    return read.person == kept.person and text[kept.span.end : read.span.begin].strip() == "("


def _weighed(role: Role, likely: float, read_as_former: bool, read: Sequence[Role]) -> Role:
    """Return a role of the patterns, as sure as the reader is of the words of its title; former is what either takes
    for former. What the reader of `read`, its own tellings, says of the body is one of the grounds.
    """
    grounds = [
        Ground("rule patterns", "title", role.title, role.confidence, role.span, note=role.reason),
        Ground("head titles", "title", role.title, round(likely, 3), role.span),
        Ground("rule patterns", "person", entity=role.person),
    ]
    if role.organization is not None:
        grounds.append(Ground("rule patterns", "organization", entity=role.organization))
    grounds += [g for r in read for g in r.grounds if g.source == BODY_HEAD and g.entity == role.organization]
    alike = (r for r in read if r.title.lower() == role.title.lower())
    grounds += [g for r in alike for g in r.grounds if g.source == PERSON_HEAD]
    if role.modality is not Modality.ASSERTED:
        grounds.append(Ground("rule governors", "modality", role.modality.value))
    if read_as_former and not role.former:
        grounds.append(Ground("head former", "former", "true"))
    return replace(
        role,
        former=role.former or read_as_former,
        confidence=round(role.confidence * likely, 2),
        grounds=tuple(grounds),
    )
