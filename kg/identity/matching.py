"""Join things of different names that are one: spellings and short forms, then people called by one name only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.identity.blocking import pairs
from kg.identity.dataset import Dataset
from kg.identity.disambiguation import name_key
from kg.identity.evidence import Compared, Weighed, side, weigh
from kg.identity.model import IdentityRecord, Key, Verdict
from kg.identity.name_pairs import Pair, of_letters
from kg.identity.names import initials, parse
from kg.identity.profile import Commonness, Profile, order, profile_of, unless_in
from kg.model import Kind
from kg.scoring import weights

ENOUGH = 0.0
"""Log-odds from which on two things are joined."""
ENOUGH_FOR_A_PART = 0.5
"""The same for a short form, which needs something beside the name."""
CLOSE = -1.5
"""Log-odds from which on two things that stay apart are called a close match."""
MARGIN = 0.8
"""By so much the likeliest bearer of a short name must go before the next."""
MOST_BEARERS = 60


class _Joined:
    """Things under way, by number, with the numbers of those they joined (union-find).

    Things that share name and kind were told apart before; nothing that joins one of them may bring them together.
    """

    def __init__(self, found: Sequence[Profile]) -> None:
        self.profiles = list(found)
        self.up = list(range(len(found)))
        namesakes: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, profile in enumerate(found):
            namesakes[name_key(profile.records[0])].append(number)
        self.apart = {
            number: set(numbers) - {number}
            for numbers in namesakes.values()
            if len(numbers) > 1
            for number in numbers
        }

    def root(self, number: int) -> int:
        while self.up[number] != number:
            self.up[number] = self.up[self.up[number]]
            number = self.up[number]
        return number

    def join(self, one: int, other: int) -> None:
        a, b = sorted((self.root(one), self.root(other)))
        if len(self.profiles[b].records) > len(self.profiles[a].records):
            a, b = b, a
        self.profiles[a].absorb(self.profiles[b])
        self.up[b] = a
        if b in self.apart:
            self.apart[a] = self.apart.get(a, set()) | self.apart[b]

    def excluded(self, one: int, other: int) -> bool:
        """Tell whether two roots are known to be two things."""
        a, b = self.profiles[one], self.profiles[other]
        if a.same_as and b.same_as and not a.same_as & b.same_as:
            return True
        return any(self.root(number) == other for number in self.apart.get(one, ())) or any(
            self.root(number) == one for number in self.apart.get(other, ())
        )


def joined(found: Dataset[Profile], common: Commonness) -> Dataset[Profile | Compared]:
    """Return the things that are left when spellings and short forms have joined what they stand for.

    The comparisons that decided something come with them: what was joined, and what was close. Things that no
    chain of pairs leads to have nothing to do with one another: such a component is decided on by itself.
    """
    worth = pairs(found)
    component = _components(worth.flat(_ends).collect())
    alone = found.flat(partial(unless_in, component))
    return alone.also(found.also(worth).grouped(partial(_by_component, component), partial(_settled, common)))


def _ends(pair: Pair) -> Iterator[tuple[Key, Key]]:
    yield pair.one, pair.other


def _components(edges: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """Return for each end of the edges the least that any chain of them leads to."""
    up: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        while (above := up.setdefault(key, key)) != key:
            up[key] = up[above]
            key = up[key]
        return key

    for one, other in edges:
        a, b = sorted((root(one), root(other)))
        up[b] = a
    return {key: root(key) for key in list(up)}


def _by_component(
    component: Mapping[Key, Key], thing: Profile | Pair
) -> Iterator[tuple[Key, Profile | Pair]]:
    key = component.get(thing.one if isinstance(thing, Pair) else thing.id)
    if key is not None:
        yield key, thing


def _settled(common: Commonness, _: Key, members: list[Profile | Pair]) -> Iterator[Profile | Compared]:
    """Settle one component, the surest pairs first."""
    found = sorted((one for one in members if isinstance(one, Profile)), key=lambda profile: profile.first)
    number = {profile.id: place for place, profile in enumerate(found)}
    under_way = _Joined(found)
    sides = [side(profile) for profile in found]
    weighed = {
        (number[pair.one], number[pair.other]): (
            pair,
            _weighed(pair, found[number[pair.one]], found[number[pair.other]], common),
        )
        for pair in members
        if isinstance(pair, Pair)
    }
    likeliest: dict[int, list[float]] = defaultdict(list)
    for (a, _b), (pair, result) in weighed.items():
        if pair.partial:
            likeliest[a].append(result.logit)
    for (a, b), (pair, first) in sorted(weighed.items(), key=lambda item: (-item[1][1].logit, item[0])):
        one, other = under_way.root(a), under_way.root(b)
        if one == other or first.logit < CLOSE or under_way.excluded(one, other):
            continue
        result = first
        if len(under_way.profiles[one].records) + len(under_way.profiles[other].records) > 2:
            grown = _weighed(pair, under_way.profiles[one], under_way.profiles[other], common)
            result = min(first, grown, key=lambda w: w.logit) if pair.partial else grown
        rivals = [logit for logit in likeliest[a] if logit > first.logit - MARGIN] if pair.partial else []
        enough = ENOUGH_FOR_A_PART if pair.partial else ENOUGH
        same = result.logit >= enough and len(rivals) < 2
        yield Compared(sides[a], sides[b], Verdict.SAME if same else Verdict.CLOSE, result)
        if same:
            under_way.join(one, other)
    yield from (profile for place, profile in enumerate(under_way.profiles) if under_way.root(place) == place)


def _weighed(pair: Pair, one: Profile, other: Profile, common: Commonness) -> Weighed:
    weighed = weigh(one, other, common, pair.prior, pair.reason)
    if one.docs & other.docs and pair.together:
        reason = f"two things of one article ({pair.together:+.1f})"
        return Weighed(weighed.logit + pair.together, (*weighed.reasons, reason))
    return weighed


@dataclass(frozen=True, slots=True)
class Bearer:
    """A thing that a short name may stand for, and what the name says for it."""

    profile: Profile
    prior: float


@dataclass(frozen=True, slots=True)
class Joins:
    """A record of a short name that joins the thing with the id `to`."""

    to: Key
    record: IdentityRecord


def placed(
    found: Dataset[Profile], short: Dataset[IdentityRecord], common: Commonness
) -> tuple[Dataset[Profile], Dataset[IdentityRecord], Dataset[Compared]]:
    """Let each record of a short name that several things may have join the one that its article speaks of.

    Returns the things with what joined them, the records that nothing could be found for, and what was compared.
    All are decided on before any joins, so that no order matters.
    """
    wanted = frozenset(short.flat(_short_key).collect())
    decided: Dataset[Joins | IdentityRecord | Compared] = found.also(short).grouped(
        partial(_by_short_name, wanted), partial(_decided, common)
    )
    joins = decided.of(Joins)
    to = frozenset(joins.flat(_target).collect())
    others = found.flat(partial(unless_in, to))  # before any grows: its id is that of its first record
    grown = found.also(joins).grouped(partial(_by_target, to), _grown)
    return others.also(grown), decided.of(IdentityRecord), decided.of(Compared)


def _short_key(record: IdentityRecord) -> Iterator[tuple[str, str]]:
    yield record.kind.value, parse(record.name, record.kind).key


def _by_short_name(
    wanted: Collection[tuple[str, str]], thing: Profile | IdentityRecord
) -> Iterator[tuple[tuple[str, str], Bearer | IdentityRecord]]:
    if isinstance(thing, IdentityRecord):
        yield next(_short_key(thing)), thing
        return
    for name, prior in _short_names(thing).items():
        key = thing.kind.value, name
        if key in wanted:
            yield key, Bearer(thing, prior)


def _short_names(profile: Profile) -> dict[str, float]:
    """Return what a thing may be called for short, each with what that says for it."""
    if profile.kind is Kind.ORGANIZATION:
        return letters_of(profile)
    if profile.kind is not Kind.PERSON:
        return {}
    full = {name.words for name in profile.parsed if len(name.words) > 1}
    w = weights("kg.identity")
    return {words[0]: w["short.given"] for words in full} | {words[-1]: w["short.surname"] for words in full}


def letters_of(profile: Profile) -> dict[str, float]:
    """Return the acronyms that a body may have: an alias in some article, or its initials."""
    priors: dict[str, float] = {}
    for name in profile.parsed:
        for letters in initials(name.words):
            priors[letters] = weights("kg.identity")[f"short.{of_letters(letters)}"]
    for alias in profile.aliases:
        name = parse(alias, profile.kind)
        if name.acronym:
            priors[name.key] = weights("kg.identity")["short.alias"]
    return priors


def _decided(
    common: Commonness, _: tuple[str, str], members: list[Bearer | IdentityRecord]
) -> Iterator[Joins | IdentityRecord | Compared]:
    bearers = sorted((one for one in members if isinstance(one, Bearer)), key=lambda one: one.profile.first)
    listed = bearers[:MOST_BEARERS]
    for record in sorted((one for one in members if isinstance(one, IdentityRecord)), key=order):
        own = profile_of([record])
        ranked = sorted(
            ((_single(own, one.profile, common, one.prior), number) for number, one in enumerate(listed)),
            key=lambda pair: (-pair[0].logit, pair[1]),
        )
        if ranked and ranked[0][0].logit >= CLOSE:
            best, bearer = ranked[0][0], listed[ranked[0][1]].profile
            clear = len(ranked) < 2 or best.logit - ranked[1][0].logit >= MARGIN
            same = best.logit >= ENOUGH and clear
            yield Compared(side(own), side(bearer), Verdict.SAME if same else Verdict.CLOSE, best)
            if same:
                yield Joins(bearer.id, record)
                continue
        yield record


def _target(one: Joins) -> Iterator[Key]:
    yield one.to


def _by_target(to: Collection[Key], thing: Profile | Joins) -> Iterator[tuple[Key, Profile | Joins]]:
    key = thing.to if isinstance(thing, Joins) else thing.id
    if key in to:
        yield key, thing


def _grown(_: Key, members: list[Profile | Joins]) -> Iterator[Profile]:
    (profile,) = (one for one in members if isinstance(one, Profile))
    for record in sorted((one.record for one in members if isinstance(one, Joins)), key=order):
        profile.add(record)
    yield profile


def _single(own: Profile, profile: Profile, common: Commonness, prior: float) -> Weighed:
    weighed = weigh(own, profile, common, prior, "a part of the name")
    if own.docs & profile.docs:
        weight = weights("kg.identity")[
            "short.person_beside" if own.kind is Kind.PERSON else "short.body_beside"
        ]
        return Weighed(weighed.logit + weight, (*weighed.reasons, f"in one article (+{weight})"))
    return weighed
