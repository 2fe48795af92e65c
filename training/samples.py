"""Turns labelled articles into samples: chunks of word pieces with features, tags and pairs, as numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.annotate import annotate
from kg.annotate.subwords import WordPieces, chunks
from kg.event_classes import event_classes
from kg.heads.features import Inventory, candidates, distance, head_within, path, word_features
from kg.parsed import Parsed
from training.corpora import Labelled, Stretch

IGNORE = -100
CLASSES = tuple(one.local for one in event_classes().values())
# The values of each task's tags; tasks with B and I mark stretches, the others single words.
VALUES = {
    "names": ("O", *(f"{p}-{k}" for k in ("Person", "Organization", "Place", "Event") for p in "BI")),
    "trigger": ("no", "yes"),
    "class": tuple(name.upper() for name in CLASSES),
    "factuality": ("asserted", "reported", "planned", "hypothetical", "negated"),
    "quotes": ("O", "B-direct", "I-direct", "B-indirect", "I-indirect"),
    "titles": ("O", "B-title", "I-title"),
    "former": ("no", "yes"),
    "predicate": ("no", "yes"),
    "nominal": ("no", "yes"),
    "happening": (
        "no",
        "occurrence",
        "state",
        "reporting",
        "aspectual",
        "causative",
        "perception",
        "generic",
    ),
    "geneva": (),  # filled from the corpus
}
NETS = {
    "event": ("agent", "patient", "place", "time"),
    "quote": ("speaker", "cue"),
    "title": ("person", "organization"),
    "predicate": ("ARG0", "ARG1", "ARG2", "ARGM-LOC", "ARGM-TMP", "ARGM-DIR"),
}
STRETCHES = {"names", "quotes", "titles"}


@dataclass(slots=True)
class Anchor:
    """What a pair net is asked about: tokens `first` and `last` of the chunk (the same for one word), candidates
    with path and distance rows, and a label for each relation.
    """

    net: str
    first: int
    last: int
    candidates: list[int]
    paths: list[str]
    distances: list[str]
    labels: list[list[int]]


@dataclass(slots=True)
class Sample:
    """One chunk."""

    source: str
    ids: list[int]
    at: list[int]
    features: list[tuple[str, ...]]
    names: list[bool]
    tags: dict[str, list[int]] = field(default_factory=dict)
    anchors: list[Anchor] = field(default_factory=list)
    rows: list[list[int]] = field(default_factory=list)


def samples(articles: Iterable[Labelled], nlp, lexicon, pieces: WordPieces) -> Iterator[Sample]:
    """Yield the chunks of the articles."""
    kept: list[Labelled] = []

    def taken():
        for item in articles:
            kept.append(item)
            yield item.article

    for n, parsed in enumerate(annotate(taken(), nlp)):
        yield from _of(kept[n], parsed, lexicon, pieces)
        kept[n] = None  # type: ignore[call-overload]


def head_of(parsed: Parsed, span: Stretch, begins: list[int]) -> int | None:
    """Return the head token of a stretch of text: the one whose own head stands outside it."""
    inside = tokens_of(parsed, span, begins)
    if not inside:
        return None
    return head_within(parsed, inside.start, inside.stop)


def tokens_of(parsed: Parsed, span: Stretch, begins: list[int]) -> range:
    """Return the tokens that a stretch of text touches."""
    first = max(0, bisect_right(begins, span[0]) - 1)
    if first < len(begins) and parsed.tokens[first].end <= span[0]:
        first += 1
    last = first
    while last < len(begins) and begins[last] < span[1]:
        last += 1
    return range(first, last)


def _of(item: Labelled, parsed: Parsed, lexicon, pieces: WordPieces) -> Iterator[Sample]:
    begins = [t.begin for t in parsed.tokens]
    tags = _tags(item, parsed, begins)
    anchored: dict[tuple[str, Stretch], list] = {}
    for net, span in item.anchors:
        anchored.setdefault((net, span), [])
    for pair in item.pairs:
        if (pair.net, pair.anchor) in anchored:
            anchored[pair.net, pair.anchor].append(pair)
    features = word_features(parsed, lexicon)
    named = {i for n in parsed.names for i in range(n.first, n.last)}
    parts = chunks(parsed, pieces)
    for chunk in parts:
        own = range(chunk.first, chunk.last)
        sample = Sample(
            item.article.id,
            list(chunk.ids),
            list(chunk.at),
            features[chunk.first : chunk.last],
            [i in named for i in own],
        )
        for task in sorted(set(tags) | item.tasks):
            values = VALUES[task]
            missing = values.index("O" if task in STRETCHES else "no") if task in item.tasks else IGNORE
            of_task = tags.get(task, {})
            sample.tags[task] = [values.index(of_task[i]) if i in of_task else missing for i in own]
        for (net, span), pairs in anchored.items():
            place = _place(net, span, parsed, begins)
            if place is None or not chunk.first <= place[0] < chunk.last:
                continue
            first, last = place[0], min(place[1], chunk.last - 1)
            made = anchor(parsed, net, first, last, chunk.first, chunk.last)
            relations = NETS[net]
            where = {c: n for n, c in enumerate(made.candidates)}
            for pair in pairs:
                other = head_of(parsed, pair.other, begins)
                if other is not None and other - chunk.first in where:
                    made.labels[where[other - chunk.first]][relations.index(pair.name)] = 1
            sample.anchors.append(made)
        yield sample


def _tags(item: Labelled, parsed: Parsed, begins: list[int]) -> dict[str, dict[int, str]]:
    """Return by task what each labelled token is: of a stretch its begin and what is inside, else its head."""
    tags: dict[str, dict[int, str]] = {}
    for task, value, span in item.tags:
        if task == "party":
            continue
        of_task = tags.setdefault(task, {})
        if task in STRETCHES:
            inside = tokens_of(parsed, span, begins)
            if any(i in of_task for i in inside):
                continue
            for i in inside:
                of_task[i] = ("B-" if i == inside[0] else "I-") + value
        elif (head := head_of(parsed, span, begins)) is not None:
            of_task[head] = value
    return tags


def _place(net: str, span: Stretch, parsed: Parsed, begins: list[int]) -> tuple[int, int] | None:
    """Return the first and last token that stand for an anchor: of a quotation all, else its head."""
    head = None if net == "quote" else head_of(parsed, span, begins)
    if head is not None:
        return head, head
    inside = tokens_of(parsed, span, begins) if net in ("quote", "title") else ()
    if not inside:
        return None
    return (inside[-1] if net == "title" else inside[0]), inside[-1]


def anchor(parsed: Parsed, net: str, first: int, last: int, begin: int, end: int) -> Anchor:
    """Return an anchor with its candidates within the chunk `begin` … `end`, all unlabelled."""
    found = [i for i in candidates(parsed, net, first, last) if begin <= i < end]
    return Anchor(
        net,
        first - begin,
        last - begin,
        [i - begin for i in found],
        [path(parsed, first, i) for i in found],
        [distance(first if i < first else last, i) for i in found],
        [[0] * len(NETS[net]) for _ in found],
    )


def inventory(made: Iterable[Sample], least: int = 8) -> Inventory:
    """Return the features, paths and distances that the samples show often enough to learn from."""
    words: Counter[str] = Counter()
    paths: Counter[str] = Counter()
    distances: Counter[str] = Counter()
    for sample in made:
        for features in sample.features:
            words.update(features)
        for one in sample.anchors:
            paths.update(one.paths)
            distances.update(one.distances)

    def kept(counts: Counter[str]) -> tuple[str, ...]:
        return tuple(sorted(value for value, n in counts.items() if n >= least))

    return Inventory(kept(words), kept(paths), kept(distances))
