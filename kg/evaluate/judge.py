"""Compare one article's graph with its annotation: things and mentions, then roles, quotations and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluate.alike import near, tight
from kg.evaluate.claims import Claims, read_claims
from kg.evaluate.findings import FactVerdict, Fault, Finding, FindingKind, Judged
from kg.evaluate.gold import Gold
from kg.evaluate.judge_events import judge_events
from kg.evaluate.judge_speech import judge_quotes, judge_roles
from kg.evaluate.measures import PrecisionRecall
from kg.evaluate.pairing import Pairs, pair

if TYPE_CHECKING:
    from rdflib import Graph


def judge(gold: Gold, graph: Graph) -> Judged:
    """Return what is right and wrong in the graph of one article, by the measures of `kg.evaluate.measures`."""
    claims = read_claims(graph)
    pairs = pair(gold, claims)
    counts: dict[str, PrecisionRecall] = {}
    findings: list[Finding] = []
    verdicts: list[FactVerdict] = []
    _entities(pairs, claims, counts, findings)
    _mentions(gold, pairs, claims, counts, findings)
    if gold.roles is not None:
        judge_roles(gold, pairs, claims, counts, findings, verdicts)
    if gold.quotes is not None:
        judge_quotes(gold, pairs, claims, counts, findings, verdicts)
    if gold.events is not None:
        judge_events(gold, pairs, claims, counts, findings, verdicts)
    return Judged(gold.name, gold.text, counts, tuple(findings), tuple(verdicts))


def _entities(
    pairs: Pairs, claims: Claims, counts: dict[str, PrecisionRecall], findings: list[Finding]
) -> None:
    counts["entities"] = PrecisionRecall(len(pairs.node), len(pairs.counted), len(pairs.wanted))
    things = {thing.node: thing for thing in claims.things}
    right = 0
    for entity in pairs.wanted:
        told = f"{entity.name} ({entity.type})"
        places = tuple(entity.mentions)
        node = pairs.node.get(entity.id)
        if node is None:
            findings.append(Finding(FindingKind.ENTITY, Fault.ENTITY_MISSED, told, gold_spans=places))
            continue
        thing = things[node]
        kinds = thing.kinds
        either = kinds | {entity.type}
        good = entity.type in kinds or ("Place" in either and "Person" not in either)
        right += good
        found = f"{thing.label} ({', '.join(sorted(kinds))})"
        findings.append(
            Finding(FindingKind.ENTITY, None if good else Fault.TYPE, told, found, places, thing.spans)
        )
    for thing in pairs.counted:
        if thing.node not in pairs.id:
            found = f"{thing.label} ({', '.join(sorted(thing.kinds))})"
            findings.append(Finding(FindingKind.ENTITY, Fault.ENTITY_EXTRA, "", found, (), thing.spans))
    counts["types"] = PrecisionRecall(right, len(pairs.node), len(pairs.node))


def _mentions(
    gold: Gold, pairs: Pairs, claims: Claims, counts: dict[str, PrecisionRecall], findings: list[Finding]
) -> None:
    wanted = [(span, entity) for entity in pairs.wanted for span in entity.mentions]
    linked = [(span, pairs.id.get(t.node), t.label) for t in claims.things for span in t.spans]
    hits = 0
    for span, entity in wanted:
        over = [(other, whose, label) for other, whose, label in linked if near(span, other)]
        told = f"{gold.words(span)} = {entity.name}"
        own = tuple(other for other, whose, _ in over if whose == entity.id)
        hits += bool(own)
        if own:
            findings.append(Finding(FindingKind.MENTION, None, told, told, (span,), own))
        elif over:
            found = "; ".join(dict.fromkeys(f"{gold.words(other)} = {label}" for other, _, label in over))
            others = tuple(other for other, _, _ in over)
            findings.append(Finding(FindingKind.MENTION, Fault.MENTION, told, found, (span,), others))
        else:
            findings.append(Finding(FindingKind.MENTION, Fault.MENTION_MISSED, told, gold_spans=(span,)))
    touching = [(x, whose) for x, whose, _ in linked if any(tight(span, x) for span, _ in wanted)]
    true = sum(any(whose == e.id and near(span, x) for span, e in wanted) for x, whose in touching)
    counts["mentions"] = PrecisionRecall(hits, len(touching), len(wanted), true)
