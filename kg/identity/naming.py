"""Name what was found: the best full name of each thing, and a path that stays when articles join."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.graph.iris import numbered, slug, thing_segment
from kg.identity.evidence import Compared
from kg.identity.model import Judgement, Key, Known, Node, Verdict
from kg.identity.names import initials, parse
from kg.identity.sense import Sense
from kg.model import Kind


def best_name(sense: Sense) -> str:
    """Return the name that most articles use, leaving out what is but a part or the initials of another.

    Spellings of one name count together; of those that are as frequent, one that an IRI can hold as it is goes first.
    """
    names = sorted(sense.names)
    full = [name for name in names if not any(_part_of(name, other, sense.kind) for other in names)]
    keys: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for record in sense.records:
        keys[parse(record.name, sense.kind).key] += 1
        named[record.name] += record.named

    def rank(name: str) -> tuple[int, int, bool, int, int, str]:
        key = parse(name, sense.kind).key
        return -keys[key], -sense.names[name], "~" in slug(name), -named[name], -len(name), name

    return min(full or names, key=rank)


def _part_of(name: str, other: str, kind: Kind) -> bool:
    one, whole = parse(name, kind), parse(other, kind)
    if one.words == whole.words:
        return False
    if kind is Kind.PERSON:
        return len(one.words) == 1 < len(whole.words)
    return one.acronym and (one.compact in initials(whole.words))


def named(senses: Sequence[Sense], known: Known) -> tuple[list[Node], dict[int, Node]]:
    """Return the node of each sense, and the nodes by the sense's place in `senses`.

    What was known keeps its path: the node in which most of its members are goes on with it; when two nodes became
    one, the path of the larger stays, and the other is remembered. New things are numbered in the order of their
    first article.
    """
    kept: dict[int, tuple[str, list[str]]] = {}
    claims: list[tuple[int, str, int]] = []
    for place, sense in enumerate(senses):
        votes: Counter[str] = Counter()
        for record in sense.records:
            segment = known.segments.get((record.doc, record.kind.value, record.name))
            if segment is not None:
                votes[segment] += 1
        claims += [(-count, segment, place) for segment, count in votes.items()]
    taken: set[str] = set()
    lost: dict[int, list[str]] = defaultdict(list)
    for _, segment, place in sorted(claims):
        if segment in taken:
            continue
        taken.add(segment)
        if place in kept:
            lost[place].append(segment)
        else:
            kept[place] = segment, lost[place]
    used: dict[str, int] = {}
    nodes: dict[int, Node] = {}
    for place in sorted(range(len(senses)), key=lambda n: (senses[n].first, best_name(senses[n]))):
        sense = senses[place]
        label = best_name(sense)
        if place in kept:
            segment = kept[place][0]
        else:
            segment = numbered(thing_segment(sense.kind, label), used)
            while segment in taken:
                segment = numbered(thing_segment(sense.kind, label), used)
        others = {*sense.names, *sense.aliases} - {label}
        nodes[place] = Node(
            segment,
            sense.kind,
            label,
            tuple(sorted(others)),
            tuple(sorted({*sense.same_as, *((sense.link.iri, *sense.link.also) if sense.link else ())})),
            tuple(sorted(lost[place])),
            tuple(record.key for record in sorted(sense.records, key=lambda r: r.key)),
        )
    return sorted(nodes.values(), key=lambda node: node.segment), nodes


def links(senses: Sequence[Sense], nodes: Mapping[int, Node]) -> tuple[Judgement, ...]:
    """Return what nodes are elsewhere as decisions."""
    return tuple(
        Judgement(nodes[place].segment, sense.link.iri, Verdict.SAME, sense.link.score, sense.link.reasons)
        for place, sense in enumerate(senses)
        if sense.link is not None
    )


def judgements(compared: Iterable[Compared], assigned: dict[Key, Node]) -> tuple[Judgement, ...]:
    """Return the decisions in terms of nodes.

    What joined by another name is called what it would have been by itself, unless somebody else has that name;
    of several decisions on one pair the surest is kept.
    """
    taken = {node.segment for node in assigned.values()}
    best: dict[tuple[str, str, Verdict], Judgement] = {}
    for item in compared:
        one, other = (assigned[side.key] for side in (item.one, item.other))
        left, right, verdict = one.segment, other.segment, item.verdict
        if left == right:
            if verdict is not Verdict.SAME:
                continue
            variant = {thing_segment(side.kind, side.name) for side in (item.one, item.other)} - taken
            if not variant:
                continue
            left = min(variant)
        elif verdict is Verdict.SAME:
            continue  # people decided otherwise
        left, right = (left, right) if verdict is Verdict.SAME else sorted((left, right))
        judgement = Judgement(left, right, verdict, round(item.weighed.score, 4), item.weighed.reasons)
        if verdict is Verdict.DIFFERENT:
            judgement = Judgement(
                left, right, verdict, round(1 - item.weighed.score, 4), item.weighed.reasons
            )
        key = left, right, verdict
        if key not in best or judgement.score > best[key].score:
            best[key] = judgement
    return tuple(best[key] for key in sorted(best))
