"""Compare roles and quotations with the annotation."""

from __future__ import annotations

from kg.evaluate.alike import ENOUGH, overlap
from kg.evaluate.claims import Claims, RoleClaim
from kg.evaluate.findings import FactVerdict, Fault, Finding, FindingKind
from kg.evaluate.gold import Gold, GoldRole
from kg.evaluate.measures import PrecisionRecall
from kg.evaluate.pairing import Pairs


def judge_roles(
    gold: Gold,
    pairs: Pairs,
    claims: Claims,
    counts: dict[str, PrecisionRecall],
    findings: list[Finding],
    verdicts: list[FactVerdict],
) -> None:
    """Give each annotated role the membership that fits it best: same person, like title, then all the rest."""
    names = {entity.id: entity.name for entity in gold.entities}
    wanted = gold.roles or []
    full: dict[int, bool] = {}
    for role in wanted:
        best: tuple[int, bool] | None = None
        for i, claim in enumerate(claims.roles):
            same = pairs.node.get(role.person) == claim.person
            if i in full or not same or overlap(claim.title, role.title) < ENOUGH:
                continue
            whole = _same_body(role, claim, pairs) and claim.former == role.former
            if best is None or whole > best[1]:
                best = (i, whole)
        told = _role_words(
            names[role.person], role.title, names.get(role.organization or "", ""), role.former
        )
        if best is None:
            findings.append(Finding(FindingKind.ROLE, Fault.ROLE_MISSED, told))
            continue
        full[best[0]] = best[1]
        claim = claims.roles[best[0]]
        fault = None if best[1] else Fault.ROLE_ORGANIZATION
        found = _claim_words(claim, claims)
        findings.append(
            Finding(FindingKind.ROLE, fault, told, found, (), claim.spans, confidence=claim.confidence)
        )
    for i, claim in enumerate(claims.roles):
        if i not in full:
            found = _claim_words(claim, claims)
            findings.append(
                Finding(FindingKind.ROLE, Fault.ROLE_EXTRA, "", found, (), claim.spans, claim.confidence)
            )
        verdicts.append(
            FactVerdict(FindingKind.ROLE, claim.node, claim.confidence, full.get(i, False), i in full)
        )
    counts["roles"] = PrecisionRecall(len(full), len(claims.roles), len(wanted))
    counts["roles_org"] = PrecisionRecall(sum(full.values()), len(claims.roles), len(wanted))


def _same_body(role: GoldRole, claim: RoleClaim, pairs: Pairs) -> bool:
    if not role.organization and not claim.organizations:
        return True
    return pairs.node.get(role.organization or "") in claim.organizations


def _claim_words(claim: RoleClaim, claims: Claims) -> str:
    bodies = ", ".join(sorted(claims.labels.get(body, body) for body in claim.organizations))
    return _role_words(claims.labels.get(claim.person, claim.person), claim.title, bodies, claim.former)


def _role_words(person: str, title: str, body: str, former: bool) -> str:
    return f"{person}: {'former ' if former else ''}{title}{f', {body}' if body else ''}"


def judge_quotes(
    gold: Gold,
    pairs: Pairs,
    claims: Claims,
    counts: dict[str, PrecisionRecall],
    findings: list[Finding],
    verdicts: list[FactVerdict],
) -> None:
    """Give each annotated quotation the statement that shares most words with it, and compare the speakers."""
    names = {entity.id: entity.name for entity in gold.entities}
    wanted = gold.quotes or []
    spoken: dict[int, bool] = {}
    for quote in wanted:
        content = quote.span.of(gold.text)
        best = max(
            ((overlap(c.text, content), i) for i, c in enumerate(claims.quotes) if i not in spoken),
            default=(0.0, -1),
        )
        told = f"{names[quote.speaker] if quote.speaker else quote.speaker_text or 'nobody named'}: {content}"
        if best[0] < ENOUGH:
            findings.append(Finding(FindingKind.QUOTE, Fault.QUOTE_MISSED, told, "", (quote.span,)))
            continue
        claim = claims.quotes[best[1]]
        if quote.speaker:
            right = pairs.node.get(quote.speaker) in claim.speakers
        else:
            right = not claim.speakers & pairs.id.keys()
        spoken[best[1]] = right
        findings.append(
            Finding(
                FindingKind.QUOTE,
                None if right else Fault.SPEAKER,
                told,
                _spoken(claim.speakers, claim.text, claims),
                (quote.span,),
                claim.spans,
                claim.confidence,
            )
        )
    for i, claim in enumerate(claims.quotes):
        if i not in spoken:
            found = _spoken(claim.speakers, claim.text, claims)
            findings.append(
                Finding(FindingKind.QUOTE, Fault.QUOTE_EXTRA, "", found, (), claim.spans, claim.confidence)
            )
        right, there = spoken.get(i, False), i in spoken
        verdicts.append(FactVerdict(FindingKind.QUOTE, claim.node, claim.confidence, right, there))
    counts["quotes"] = PrecisionRecall(len(spoken), len(claims.quotes), len(wanted))
    counts["quotes_speaker"] = PrecisionRecall(sum(spoken.values()), len(claims.quotes), len(wanted))


def _spoken(speakers: frozenset[str], text: str, claims: Claims) -> str:
    who = ", ".join(sorted(claims.labels.get(speaker, speaker) for speaker in speakers))
    return f"{who or 'nobody named'}: {text}"
