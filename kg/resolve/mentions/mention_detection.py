"""Finds the names in a parsed article: what the recogniser saw, mended and completed from gazetteer and lexicon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from itertools import accumulate

from kg.heads.reader import Reading
from kg.heads.spans import Stretch
from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.mentions.capitalised_runs import capitalised, doubtful
from kg.resolve.mentions.coordinated_names import shared_heads
from kg.resolve.mentions.gazetteer_mentions import NOBODY, OTHER_LABELS, known_name, known_spans
from kg.resolve.mentions.mention_boundaries import lengthened, trimmed
from kg.resolve.mentions.mention_patterns import (
    agencies,
    carriers,
    credited,
    datelines,
    named_again,
    nicknamed,
    short_forms,
    surnames_again,
    told_names,
)
from kg.resolve.mentions.span_repair import begin_of, end_of, split
from kg.resolve.name_mention import Name
from kg.resolve.types.name_features import LABELS as LABELS_OF_NAMES
from kg.resolve.types.reader_scores import read_names, unseen, vote
from kg.resolve.types.type_classifier import judge
from kg.resolve.types.type_votes import cast_votes
from kg.world import World

LABELS = {"Person": "PERSON", "Organization": "ORG", "Place": "GPE"}
CODED = re.compile(r" [A-Z]{1,4}-?\d{2,4}[A-Za-z]{0,2}$")
MODEL = re.compile(r"(?:[A-Z]{1,4}-?\d{1,4}[A-Za-z]{0,3}|\d{3}[A-Z]?|[A-Z]-\d+)$")
GIVEN = 0.95  # how likely a stretch must be for its first word to be a name and no title: "Don Whitlock"
SURE = 0.8  # how likely a lone word must be that the recogniser takes for something else
TOLD = 2.0  # of votes of the rules: with the judge's they may go before what the reader says
CUT = 0.6  # how likely a stretch must be to be cut as the reader cuts it


def find_names(parsed: Parsed, lexicon: Lexicon, world: World, reading: Reading | None = None) -> list[Name]:
    """Return the names of the article in order, none overlapping another; `reading` has a vote on each."""
    found = _Found(parsed, lexicon, world)
    for step in (_shared, _told):
        step(found)
    read = read_names(reading) if reading is not None else []
    if reading is not None:
        _cut_as_read(found, reading, read)
    for step in (_known, _recognised, _again, _within_works, _likely):
        step(found)
    if reading is not None:
        for first, last, kind in unseen(reading, read, found.taken):
            found.tell([(first, last)], LABELS[kind], kind, 1.0)
        _open_as_read(parsed, found.names, read)
        _whole_as_read(found, read)
    persons = {(one.first, one.last) for one in read if one.kind == "Person" and one.probability >= GIVEN}
    names = [
        n
        for n in _with_doubtful(found, persons)
        if (n.first, n.last) in persons or not _is_portfolio(parsed, n, lexicon)
    ]
    made = Counter(n.text for n in names if _opens_a_model(parsed, n))
    named = Counter(n.text for n in names)
    names = [n for n in names if made[n.text] < named[n.text]]
    _coordinate(parsed, names)
    ends = Counter(n.text.split()[-1] for n in names)
    sure = {(one.first, one.last) for one in read if one.probability >= SURE}
    names = [n for n in names if (n.first, n.last) in sure or not _is_chance(parsed, n, ends, lexicon, world)]
    names.sort(key=lambda n: n.first)
    told = {n.first for n in names if n.demonym or max(n.votes.values(), default=0.0) >= TOLD}
    judge(parsed, names, lexicon, world)
    if reading is not None:
        tables = lexicon.tables
        vote(reading, names, tables.institutions.keys() | tables.constructions.bodies_of_lands.keys(), told)
    return names


class _Found:
    """The names found so far, and which tokens they take: who comes first keeps a token."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon, world: World) -> None:
        self.parsed, self.lexicon, self.world = parsed, lexicon, world
        self.names: list[Name] = []
        self.taken = [False] * len(parsed.tokens)
        self.known = list(known_spans(parsed, lexicon, world, told_names(parsed, lexicon)))

    def trimmed(self, first: int, last: int, label: str) -> Name | None:
        """Return the name in a stretch that may be one, not yet taken."""
        return trimmed(self.parsed, first, last, label, self.lexicon, self.world)

    def take(self, name: Name | None) -> None:
        """Keep a name, unless another has a token of it."""
        if name is not None and not any(self.taken[name.first : name.last]):
            self.taken[name.first : name.last] = [True] * (name.last - name.first)
            self.names.append(name)

    def read(self, spans: Iterable[tuple[int, int]], label: str) -> None:
        """Take stretches that may be names, with the label that a recogniser gives them."""
        for first, last in spans:
            self.take(self.trimmed(first, last, label))

    def tell(self, spans: Iterable[tuple[int, int]], label: str, kind: str, weight: float) -> None:
        """Take what the article itself tells to be of a kind."""
        for first, last in spans:
            name = self.trimmed(first, last, label)
            if name is not None:
                name.vote(kind, weight)
                self.take(name)


def _shared(found: _Found) -> None:
    """Take names that share a head: "the Elm and Oak schools"."""
    for shared in shared_heads(found.parsed, found.lexicon, found.world):
        found.take(shared)
        found.taken[shared.last] = True  # the head, or what joins the list


def _told(found: _Found) -> None:
    """Take what the form of a line or phrase tells outright."""
    parsed, lexicon = found.parsed, found.lexicon
    found.tell(datelines(parsed, lexicon), "GPE", "Place", 5.0)
    found.tell(agencies(parsed, lexicon), "ORG", "Organization", 5.0)
    found.tell(nicknamed(parsed, found.world), "PERSON", "Person", 5.0)
    for first, last, agency in credited(parsed, lexicon):
        label, kind = ("ORG", "Organization") if agency else ("PERSON", "Person")
        found.tell([(first, last)], label, kind, 3.0)
    found.tell(carriers(parsed), "ORG", "Organization", 5.0)


def _cut_as_read(found: _Found, reading: Reading, read: Iterable[Stretch]) -> None:
    """Take names of several words that the reader cuts otherwise than all others: "Pacific Gas and Electric". What
    is only a part of what another sees stays whole.
    """
    parsed = found.parsed
    seen = [(one.first, one.last) for one in parsed.names]
    seen += [(first, last) for first, last, _ in found.known]
    reach = [0] * len(parsed.tokens)  # for each token, how far any that begins there or before it goes
    for first, last in seen:
        reach[first] = max(reach[first], last)
    reach = list(accumulate(reach, max))
    for first, end, kind in unseen(reading, read, found.taken, CUT):
        last = end
        while last > first and parsed.tokens[last - 1].text.islower():  # "the United Auto Workers union"
            last -= 1
        if _has_a_small_head(found, first, last, end):
            named = found.trimmed(first, last, LABELS[kind])
            if named is not None and named.last == last:
                named = lengthened(parsed, named, end, found.lexicon, found.world)
                named.vote(kind, 1.0)
                found.take(named)
                continue
        inner = first + (parsed.tokens[first].text.lower() == "the")
        if last - inner > 1 and last > reach[inner]:
            found.tell([(first, last)], LABELS[kind], kind, 1.0)


def _open_as_read(parsed: Parsed, names: list[Name], read: Iterable[Stretch]) -> None:
    """Give people the first word of their name back that was taken for a title, "Sultan Al Qasimi", and take the field
    of an office off it: "Minister of Ports and Harbours Abdul Karim".
    """
    ends = {one.last: one for one in read if one.kind == "Person" and one.probability >= GIVEN}
    for name in names:
        one = ends.get(name.last)
        before = [t.text for t in parsed.tokens[max(0, name.first - 3) : name.first]]
        field = before[-1:] in (["of"], ["for"]) or (before[-1:] == ["and"] and before[0] in ("of", "for"))
        if one is not None and name.first < one.first < name.last - 1 and field:
            name.first, name.text = one.first, parsed.text(one.first, one.last)
        if one is None or name.title is None or one.first != name.first - 1 or name.title[1] != name.first:
            continue
        if parsed.tokens[one.first].text.istitle():
            title = (name.title[0], one.first)
            name.first, name.text = one.first, f"{parsed.text(one.first, name.first)} {name.text}"
            name.title = title if title[0] < title[1] else None


def _whole_as_read(found: _Found, read: Iterable[Stretch]) -> None:
    """Give bodies and sites the words back that were taken for a title: "Marine Forces Reserve", "Prince Sultan Air
    Base".
    """
    whole = {one.last: one for one in read if one.kind != "Person" and one.probability >= SURE}
    for place, name in enumerate(found.names):
        one = whole.get(name.last)
        if one is None or name.title is None or not name.title[0] <= one.first < name.first:
            continue
        text = found.parsed.text(one.first, name.last)
        longer = Name(one.first, name.last, text, "" if name.label == "PERSON" else name.label)
        cast_votes(found.parsed, longer, found.lexicon, found.world)
        found.names[place] = longer


def _has_a_small_head(found: _Found, first: int, last: int, end: int) -> bool:
    """Tell "Brezova railway station", whose name ends in small letters, from "the Norwind airline" and "an Oslo
    academy", where the noun only tells what is named.
    """
    parsed, tables = found.parsed, found.lexicon.tables
    if not 0 < end - last <= 2 or last <= first or parsed.tokens[end - 1].tag != "NN":
        return False
    country = found.world.gazetteer.adjectives.get(parsed.text(first, last))
    return country is None and parsed.tokens[end - 1].lemma.lower() in tables.constructions.small_heads


def _known(found: _Found) -> None:
    """Take what the gazetteer, the lexicon or the article's own words know."""
    parsed, lexicon, world = found.parsed, found.lexicon, found.world
    for first, last, label in found.known:
        if label == NOBODY:
            found.taken[first:last] = [True] * (last - first)
        elif label in LABELS_OF_NAMES:
            found.read([(first, last)], label)
        elif label == "body":
            found.tell([(first, last)], "ORG", "Organization", 3.0)
        else:
            found.take(known_name(parsed, first, last, label, lexicon, world))


def _recognised(found: _Found) -> None:
    """Take what the recogniser sees, parted where it ran several names together."""
    parsed, between = found.parsed, found.lexicon.tables.constructions.between_names
    seen = {i for one in parsed.names for i in range(one.first, one.last)}
    for one in parsed.names:
        if one.label not in LABELS_OF_NAMES:
            continue
        begin, end = begin_of(parsed, one, seen), end_of(parsed, one)
        for first, last in split(parsed, begin, end, one.label, between):
            if not any(found.taken[first:last]):
                # what a dash parts need not be of one kind: "based in Oslo - Norwind"
                label = "" if first > one.first and parsed.tokens[first - 1].text == "-" else one.label
                found.read([(first, last)], label)


def _again(found: _Found) -> None:
    """Take what is named again where the recogniser missed it: surnames, whole names, short forms."""
    parsed, lexicon, world = found.parsed, found.lexicon, found.world
    found.read(surnames_again(parsed, found.names, found.taken, world), "PERSON")
    for first, last, label in named_again(parsed, found.names, found.taken):
        found.read([(first, last)], label)
    short = short_forms(parsed, found.names, found.taken, lexicon, world)
    found.tell(short, "ORG", "Organization", 3.0)


def _within_works(found: _Found) -> None:
    """Titles of works, prizes, laws and wars name no actor, but a society or festival may."""
    parsed, tables = found.parsed, found.lexicon.tables
    for one in parsed.names:
        if one.label in LABELS_OF_NAMES or one.label in OTHER_LABELS:
            continue
        for first, last in split(parsed, one.first, one.last, "PERSON"):
            if any(t.text.lower() in tables.organization_words for t in parsed.tokens[first:last]):
                found.read([(first, last)], "ORG")
        found.taken[one.first : one.last] = [True] * (one.last - one.first)


def _likely(found: _Found) -> None:
    """Take runs of proper nouns whose words speak for a name."""
    for first, last, likely in capitalised(found.parsed, found.taken, found.lexicon, found.world):
        if likely:
            found.read([(first, last)], "")


def _with_doubtful(found: _Found, persons: Container[tuple[int, int]]) -> list[Name]:
    """Return the names, and those that are names only if the judge says so, which may overlap none at its start; what
    the reader is sure of are `persons`.
    """
    names, begun = found.names, {n.first for n in found.names}
    for first, last, label in doubtful(found.parsed, found.taken, found.lexicon, found.world):
        name = found.trimmed(first, last, label)
        if name is not None and begun.isdisjoint(range(first, last)):
            if (name.first, name.last) not in persons:
                name.vote("None", sum(name.votes.values()) + 0.5)
            names.append(name)
            begun.add(name.first)
    return names


def _coordinate(parsed: Parsed, names: list[Name]) -> None:
    """Let names in one list ("Zeus, Hera, Poseidon and Athena") share half of their evidence: lists hold
    things of a kind.
    """
    at = {i: n for n in names for i in range(n.first, n.last)}
    chains: dict[int, list[Name]] = {}
    for name in names:
        first = parsed.climb(parsed.tokens[name.last - 1], lambda t: t.dep == "conj" and t.head in at)
        chains.setdefault(first.i, []).append(name)
    for chain in chains.values():
        if len(chain) < 3:
            continue
        total: dict[str, float] = {}
        for name in chain:
            for kind, weight in name.votes.items():
                total[kind] = total.get(kind, 0.0) + weight
        kind = max(total, key=lambda k: (total[k], k))
        for name in chain:
            name.vote(kind, total[kind] / len(chain) / 2)


def _is_chance(parsed: Parsed, name: Name, ends: Mapping[str, int], lexicon: Lexicon, world: World) -> bool:
    """Tell a lone unknown word that the recogniser took for a person or building once, in no place where
    one acts or owns.
    """
    if (
        name.last - name.first > 1
        or name.label not in ("PERSON", "FAC", "PRODUCT", "")
        or name.place is not None
    ):
        return False
    if name.title is not None or name.text in world.given_names or sum(name.votes.values()) > 1.3:
        return False
    if ends.get(name.text, 0) > 1:
        return False
    if any(parsed.tokens[c].dep == "conj" for c in parsed.children[name.first]):
        return False
    token = parsed.tokens[name.first]
    return token.dep not in ("nsubj", "poss", "agent", "conj") or name.label != "PERSON"


def _opens_a_model(parsed: Parsed, name: Name) -> bool:
    """Tell goods by their number, and the maker that is named with them: "Norwind 737", "Norwind ROKR E1"."""
    if " " in name.text and name.label in ("ORG", "PRODUCT") and CODED.search(name.text):
        return True
    behind = [t for t in parsed.tokens[name.last : name.last + 2] if t.sent == parsed.tokens[name.first].sent]
    words = [
        t for t in behind[:1] + [t for t in behind[1:] if behind[0].text.isupper()] if MODEL.match(t.text)
    ]
    return bool(words) and name.place is None and parsed.tokens[name.first].dep in ("nmod", "compound")


def _is_portfolio(parsed: Parsed, name: Name, lexicon: Lexicon) -> bool:
    """Tell the field of an office from a body: "Foreign Affairs minister", "Undersecretary for Education"."""
    if name.place is not None or name.label in ("institution", "GPE", "LOC") or name.title is not None:
        return False
    sets = lexicon.tables.constructions
    if name.text.isupper() or name.text.lower() in sets.no_fields:  # "the secretary of the NFU"
        return False
    head = parsed.tokens[name.last - 1]
    if name.last - name.first > 1 and head.text.lower() in lexicon.tables.place_words:
        return False  # "the minister for the Arken Region"
    governor = parsed.tokens[head.head]
    if head.dep in ("compound", "nmod") and governor.i == name.last:
        return governor.lemma.lower() in sets.national_titles
    if head.dep == "pobj" and governor.text.lower() in ("of", "for"):
        office = parsed.tokens[governor.head]
        return (
            office.lemma.lower() in sets.national_titles
            and office.lemma.lower() != "president"
            and not any(w in lexicon.tables.organization_words for w in name.text.lower().split())
        )
    return False
