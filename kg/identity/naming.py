"""Name what was found: the best full name of each thing, and a path that stays when articles join."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from kg.graph.iris import numbered, slug, thing_segment
from kg.identity.dataset import Dataset
from kg.identity.evidence import Compared
from kg.identity.model import Judgement, Key, Node, Verdict
from kg.identity.names import initials, parse
from kg.identity.profile import Order, Profile
from kg.model import Kind


def best_name(profile: Profile) -> str:
    """Return the name that most articles use, leaving out what is but a part or the initials of another.

    Spellings of one name count together; of those that are as frequent, one that an IRI can hold as it is goes first,
    and one of several words in capitals only where there is no other.
    """
    names = sorted(profile.names)
    full = [name for name in names if not any(_part_of(name, other, profile.kind) for other in names)]
    keys: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for record in profile.records:
        keys[parse(record.name, profile.kind).key] += 1
        named[record.name] += record.named

    def rank(name: str) -> tuple[bool, int, int, bool, int, int, str]:
        key, shouted = parse(name, profile.kind).key, name.isupper() and " " in name
        return shouted, -keys[key], -profile.names[name], "~" in slug(name), -named[name], -len(name), name

    return min(full or names, key=rank)


def _part_of(name: str, other: str, kind: Kind) -> bool:
    one, whole = parse(name, kind), parse(other, kind)
    if one.words == whole.words:
        return False
    if kind is Kind.PERSON:
        return len(one.words) == 1 < len(whole.words)
    return one.acronym and (one.compact in initials(whole.words))


def named(found: Dataset[Profile], retired: Collection[str] = ()) -> Dataset[Node | Judgement]:
    """Return the node of each thing, and what nodes are elsewhere as decisions.

    What was known keeps its path: the node in which most of its members are goes on with it; when two nodes became
    one, the path of the larger stays, and the other is remembered. The others are numbered in the order of their
    first article, what was known before what is new; none gets a path that is `retired`.
    """
    kept: dict[Key, list[tuple[int, str]]] = defaultdict(list)
    for key, claim in found.grouped(_claims, _won).collect():
        kept[key].append(claim)
    taken: dict[str, set[str]] = defaultdict(set)
    for segment in {*retired, *(segment for won in kept.values() for _, segment in won)}:
        taken[unnumbered(segment)].add(segment)
    return found.grouped(_by_path, partial(_numbered, dict(kept), dict(taken)))


def unnumbered(path: str) -> str:
    """Return what the paths of all things of one name have in common: `person/john-smith` of `person/john-smith~2`."""
    return path.partition("~")[0]


def _claims(profile: Profile) -> Iterator[tuple[str, tuple[int, Order, Key]]]:
    """Yield the paths that records of a thing had, with how many had each below zero: the most come first."""
    for segment, count in Counter(record.was for record in profile.records if record.was).items():
        yield segment, (-count, profile.first, profile.id)


def _won(segment: str, claims: list[tuple[int, Order, Key]]) -> Iterator[tuple[Key, tuple[int, str]]]:
    votes, _, key = min(claims)
    yield key, (votes, segment)


_Namesake = tuple[bool, Order, str, Profile]
"""A thing with what it is numbered by: whether it is new, its first record, its name."""


def _by_path(profile: Profile) -> Iterator[tuple[str, _Namesake]]:
    label = best_name(profile)
    new = not any(record.was for record in profile.records)
    yield thing_segment(profile.kind, label), (new, profile.first, label, profile)


def _numbered(
    kept: Mapping[Key, list[tuple[int, str]]],
    taken: Mapping[str, set[str]],
    path: str,
    namesakes: list[_Namesake],
) -> Iterator[Node | Judgement]:
    used: dict[str, int] = {}
    gone = taken.get(unnumbered(path), set())
    for _, _, label, profile in sorted(namesakes, key=lambda one: one[:3]):
        won = sorted(kept.get(profile.id, ()))
        if won:
            segment = won[0][1]
        else:
            segment = numbered(path, used)
            while segment in gone:
                segment = numbered(path, used)
        yield Node(
            segment,
            profile.kind,
            label,
            tuple(sorted({*profile.names, *profile.aliases} - {label})),
            tuple(
                sorted({*profile.same_as, *((profile.link.iri, *profile.link.also) if profile.link else ())})
            ),
            tuple(sorted(segment for _, segment in won[1:])),
            tuple(sorted(record.key for record in profile.records)),
        )
        if profile.link is not None:
            yield Judgement(segment, profile.link.iri, Verdict.SAME, profile.link.score, profile.link.reasons)


def judgements(
    compared: Iterable[Compared], paths: Mapping[Key, str], is_taken: Callable[[str], bool]
) -> tuple[Judgement, ...]:
    """Return the decisions in terms of nodes; `paths` has the path of each side's node.

    What joined by another name is called what it would have been by itself, unless somebody else has that name;
    of several decisions on one pair the surest is kept, be they of one verdict or of two.
    """
    best: dict[tuple[str, str], Judgement] = {}
    for item in compared:
        left, right, verdict = paths[item.one.key], paths[item.other.key], item.verdict
        if left == right:
            if verdict is not Verdict.SAME:
                continue
            variant = {path for path in variants(item) if not is_taken(path)}
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
        key = left, right
        if key not in best or _rank(judgement) < _rank(best[key]):
            best[key] = judgement
    return tuple(best[key] for key in sorted(best))


def _rank(judgement: Judgement) -> tuple[float, Verdict, tuple[str, ...]]:
    return -judgement.score, judgement.verdict, judgement.reasons


def variants(item: Compared) -> set[str]:
    """Return what the two sides of a comparison would have been called by themselves."""
    return {thing_segment(side.kind, side.name) for side in (item.one, item.other)}
