"""The body of a position that another sentence of the article tells, by the head over positions and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.decoding import load_thresholds
from kg.extract.mentions import mentioned
from kg.extract.roles.organizations import is_met, is_told_behind
from kg.extract.syntax import office_of
from kg.heads.affiliation import AffiliationHead, Affiliations, Body, HeldTitle
from kg.heads.features import head_within
from kg.heads.narrative import TokenMention
from kg.heads.weights import Array
from kg.lexicon import Lexicon
from kg.model import Entity, Ground, Kind, Role, Span
from kg.parsed import Parsed, Resolved

SOURCE = "head affiliation"
TOLD_ELSEWHERE = "another sentence of the article speaks of it"


def affiliated(
    roles: Sequence[Role], resolved: Resolved, vectors: Array, head: AffiliationHead, lexicon: Lexicon
) -> list[Role]:
    """Return the roles of an article, those without a body with the likeliest that another sentence speaks of, if it
    is as likely as its threshold; `vectors` (tokens, width) are the reader's.
    """
    least = load_thresholds().of("title", "affiliation")
    bare = [
        n for n, r in enumerate(roles) if r.organization is None and not _is_elsewhere(r, resolved, lexicon)
    ]
    scores = head.scores(affiliations_of(roles, resolved, vectors, lexicon), bare) if bare else []
    out = list(roles)
    countries = {e.id for e in resolved.entities if kind_of(e) == "Country"}
    for n, of_body in zip(bare, scores, strict=True):
        barred = countries if is_regional(roles[n].title, lexicon) else frozenset()
        likely = ((p, body) for body, p in of_body.items() if body not in barred)
        probability, body = max(likely, default=(0.0, ""))
        if probability >= least:
            out[n] = _held_in(roles[n], body, probability)
    return out


def is_regional(title: str, lexicon: Lexicon) -> bool:
    """Tell a title of states and provinces, which no country as a whole has: "chief minister"."""
    return title.lower() in lexicon.tables.constructions.regional_titles


def _held_in(role: Role, body: str, probability: float) -> Role:
    why = Ground(SOURCE, "organization", "", probability, entity=body, note=TOLD_ELSEWHERE)
    return replace(
        role,
        organization=body,
        confidence=round(role.confidence * probability, 2),
        grounds=(*role.grounds, why),
    )


def _is_elsewhere(role: Role, resolved: Resolved, lexicon: Lexicon) -> bool:
    """Tell a guest, who may be of a body of which the article does not speak, and a body that has no name."""
    parsed = resolved.parsed
    names = (
        parsed.tokens[link.head]
        for link in resolved.links
        if role.person in link.entities and parsed.sentence_span(parsed.tokens[link.head]) == role.sentence
    )
    return any(is_met(name, parsed, lexicon) or is_told_behind(name, parsed, lexicon) for name in names)


def affiliations_of(
    roles: Sequence[Role], resolved: Resolved, vectors: Array, lexicon: Lexicon
) -> Affiliations:
    """Return what the head is asked about: the positions, bodies and people of an article."""
    where = mentioned(resolved)
    return Affiliations(
        tuple(position(r.span, r.person, r.organization, resolved.parsed, lexicon) for r in roles),
        {e.id: _body(e, where.get(e.id, ())) for e in resolved.entities if kind_of(e)},
        {e.id: where.get(e.id, ()) for e in resolved.entities if e.kind is Kind.PERSON},
        vectors,
    )


def position(span: Span, person: str, body: str | None, parsed: Parsed, lexicon: Lexicon) -> HeldTitle:
    """Return a position whose title stands at a stretch of the text."""
    within = parsed.tokens_in(span)
    head = parsed.tokens[head_within(parsed, within[0].i, within[-1].i + 1)]
    words = tuple(t.text.lower() for t in within)
    return HeldTitle(person, words, head.i, head.sent, body, traits(" ".join(words), lexicon))


def traits(title: str, lexicon: Lexicon) -> frozenset[str]:
    """Return what the lexicon knows of a lower-case title, by the names of `kg.heads.affiliation.TRAITS`."""
    if not title.strip():
        return frozenset()
    sets, office = lexicon.tables.constructions, office_of(title)
    known = {
        "national": office in sets.national_titles or title in sets.national_offices,
        "regional": is_regional(title, lexicon),
        "lawmaker": office in sets.lawmakers,
        "officer": office in sets.body_officers,
        "private": office in sets.private_people,
        "bodiless": office in sets.titles_without_bodies,
        "contender": office in sets.contenders,
        "speaker": office in ("spokesman", "spokeswoman", "spokesperson"),
        "rank": office in sets.short_ranks or any(title in o.titles for o in sets.offices_of_bodies),
    }
    return frozenset(name for name, holds in known.items() if holds)


def kind_of(entity: Entity) -> str | None:
    """Return which kind of body an entity is, one of `kg.heads.affiliation.KINDS`; None for what is no body."""
    if entity.kind is Kind.ORGANIZATION:
        return "Organization"
    if entity.kind is not Kind.PLACE:
        return None
    return "Country" if "schema:Country" in entity.classes else "Place"


def _body(entity: Entity, mentions: tuple[TokenMention, ...]) -> Body:
    words = {w for name in (entity.name, *entity.aliases) for w in name.lower().split()}
    return Body(kind_of(entity) or "", frozenset(words), mentions)
