"""Join things of different names that are one: spellings and short forms, then people called by one name only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.identity.evidence import Compared, Weighed, side, weigh
from kg.identity.model import Record, Verdict
from kg.identity.names import initials, parse
from kg.identity.sense import Commonness, Sense, order, sense_of
from kg.identity.senses import name_key
from kg.identity.variants import Pair, pairs
from kg.model import Kind

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

    def __init__(self, found: Sequence[Sense]) -> None:
        self.senses = list(found)
        self.up = list(range(len(found)))
        namesakes: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, sense in enumerate(found):
            namesakes[name_key(sense.records[0])].append(number)
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
        if len(self.senses[b].records) > len(self.senses[a].records):
            a, b = b, a
        self.senses[a].absorb(self.senses[b])
        self.up[b] = a
        if b in self.apart:
            self.apart[a] = self.apart.get(a, set()) | self.apart[b]

    def excluded(self, one: int, other: int) -> bool:
        """Tell whether two roots are known to be two things."""
        a, b = self.senses[one], self.senses[other]
        if a.same_as and b.same_as and not a.same_as & b.same_as:
            return True
        return any(self.root(number) == other for number in self.apart.get(one, ())) or any(
            self.root(number) == one for number in self.apart.get(other, ())
        )


def joined(found: Sequence[Sense], common: Commonness) -> tuple[list[Sense], list[Compared]]:
    """Return the things that are left when spellings and short forms have joined what they stand for.

    The comparisons that decided something come with them: what was joined, and what was close.
    """
    under_way = _Joined(found)
    sides = [side(sense) for sense in found]
    weighed = {pair: _weighed(pair, found[pair.one], found[pair.other], common) for pair in pairs(found)}
    likeliest: dict[int, list[float]] = defaultdict(list)
    for pair, result in weighed.items():
        if pair.partial:
            likeliest[pair.one].append(result.logit)
    compared: list[Compared] = []
    for pair, first in sorted(weighed.items(), key=lambda item: (-item[1].logit, item[0].one, item[0].other)):
        one, other = under_way.root(pair.one), under_way.root(pair.other)
        if one == other or first.logit < CLOSE or under_way.excluded(one, other):
            continue
        result = first
        if len(under_way.senses[one].records) + len(under_way.senses[other].records) > 2:
            grown = _weighed(pair, under_way.senses[one], under_way.senses[other], common)
            result = min(first, grown, key=lambda w: w.logit) if pair.partial else grown
        rivals = (
            [logit for logit in likeliest[pair.one] if logit > first.logit - MARGIN] if pair.partial else []
        )
        enough = ENOUGH_FOR_A_PART if pair.partial else ENOUGH
        same = result.logit >= enough and len(rivals) < 2
        verdict = Verdict.SAME if same else Verdict.CLOSE
        compared.append(Compared(sides[pair.one], sides[pair.other], verdict, result))
        if same:
            under_way.join(one, other)
    left = [sense for number, sense in enumerate(under_way.senses) if under_way.root(number) == number]
    return left, compared


def _weighed(pair: Pair, one: Sense, other: Sense, common: Commonness) -> Weighed:
    weighed = weigh(one, other, common, pair.prior, pair.reason)
    if one.docs & other.docs and pair.together:
        reason = f"two things of one article ({pair.together:+.1f})"
        return Weighed(weighed.logit + pair.together, (*weighed.reasons, reason))
    return weighed


Bearers = Mapping[str, Sequence[tuple[Sense, float]]]
"""By a short name, the things that it may stand for, each with what the name says for it."""


def bearers_of_names(people: Iterable[Sense]) -> Bearers:
    """Return the people that a surname or given name may stand for."""
    bearers: dict[str, list[tuple[Sense, float]]] = defaultdict(list)
    for sense in people:
        full = {name.words for name in sense.parsed if len(name.words) > 1}
        for surname in sorted({words[-1] for words in full}):
            bearers[surname].append((sense, 0.6))
        for given in sorted({words[0] for words in full} - {words[-1] for words in full}):
            bearers[given].append((sense, -1.2))
    return bearers


def bearers_of_initials(bodies: Iterable[Sense]) -> Bearers:
    """Return the bodies that an acronym may stand for: by an alias in some article, or by their initials."""
    bearers: dict[str, list[tuple[Sense, float]]] = defaultdict(list)
    for sense in bodies:
        priors: dict[str, float] = {}
        for name in sense.parsed:
            for letters in initials(name.words):
                priors[letters] = {2: -1.0, 3: 0.3}.get(len(letters), 0.8)
        for alias in sense.aliases:
            name = parse(alias, sense.kind)
            if name.acronym:
                priors[name.key] = 2.0
        for letters, prior in sorted(priors.items()):
            bearers[letters].append((sense, prior))
    return bearers


def placed(
    records: Sequence[Record], bearers: Bearers, common: Commonness
) -> tuple[list[Record], list[Compared]]:
    """Let each record of a short name that several things may have join the one that its article speaks of.

    Returns the records that nothing could be found for; the senses in `bearers` grow.
    """
    left: list[Record] = []
    compared: list[Compared] = []
    decided: list[tuple[Sense, Record]] = []
    for record in sorted(records, key=order):
        own = sense_of([record])
        listed = bearers.get(parse(record.name, record.kind).key, ())[:MOST_BEARERS]
        ranked = sorted(
            ((_single(own, sense, common, prior), number) for number, (sense, prior) in enumerate(listed)),
            key=lambda pair: (-pair[0].logit, pair[1]),
        )
        if ranked and ranked[0][0].logit >= CLOSE:
            best, bearer = ranked[0][0], listed[ranked[0][1]][0]
            clear = len(ranked) < 2 or best.logit - ranked[1][0].logit >= MARGIN
            same = best.logit >= ENOUGH and clear
            compared.append(Compared(side(own), side(bearer), Verdict.SAME if same else Verdict.CLOSE, best))
            if same:
                decided.append((bearer, record))
                continue
        left.append(record)
    for sense, record in decided:  # only now, so that no order of records matters
        sense.add(record)
    return left, compared


def _single(own: Sense, sense: Sense, common: Commonness, prior: float) -> Weighed:
    weighed = weigh(own, sense, common, prior, "a part of the name")
    if own.docs & sense.docs:
        weight = 0.8 if own.kind is Kind.PERSON else 1.8
        return Weighed(weighed.logit + weight, (*weighed.reasons, f"in one article (+{weight})"))
    return weighed
