"""Teaches the classifier of names (kg/resolve/types/type_classifier.py) from annotated text, and measures it.

    python benchmarks/train_names.py FOLDER [--news FOLDER ...] [--check] [--classes]

FOLDER holds JSON Lines of the GUM corpus (Zeldes 2017; annotation CC BY 4.0): one document a line with `id`,
`genre`, `text` and `entities`, an entity with its `type` and its `mentions` `[begin, end, head, kind]`. Those of
`--news` hold annotated articles as `kg eval` reads them (NAME.txt and NAME.gold.json).
Writes kg/world/data/name_weights.tsv.gz, and with `--classes` first the word classes that it builds on
(word_classes.txt.gz, from the vectors of the spaCy pipeline, which are CC0). With `--check` nothing is
written: it prints precision, recall and F of typed names, by the rules alone and with the judge, who is each
time taught without the sixth of the documents, or the genre, that is asked.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.annotate import annotate
from kg.builder import Resources, load_resources
from kg.heads.features import head_within
from kg.lexicon import Lexicon
from kg.model import Article
from kg.parsed import Parsed
from kg.resolve.mentions.mention_detection import find_names
from kg.resolve.name_keys import plain_key
from kg.resolve.name_mention import Name
from kg.resolve.types.classifier_features import labels_by_spelling, traits
from kg.resolve.types.type_classifier import FLOOR, KINDS, WEIGHT, is_sure
from kg.world import World

DATA = Path(__file__).parents[1] / "kg" / "world" / "data"
TYPES = {"person": 0, "organization": 1, "place": 2}
NONE = 3
LEAST = 6  # a trait seen less often is not learned
RIDGE = 10.0
GENRES = {"academic": 0.4, "court": 0.7}  # what is least like news counts less
KIND_HEED = (1.0, 1.5, 1.0, 1.0)  # news is fuller of organisations
CLASSES, WORDS, SEED = 160, 60_000, 7
Matrix = NDArray[np.float32]


class Row(NamedTuple):
    """A name of the corpus: where it stands, what it truly is, its traits and what the rules say."""

    genre: str
    doc: str
    key: str
    kind: int
    traits: tuple[str, ...]
    votes: Mapping[str, float]


def truth(parsed: Parsed, name: Name, gold: list[tuple[int, int, int, str, str]]) -> int | None:
    """Return the number of the name's true kind, or None where the annotation can't tell.

    A mention counts when it covers the name and its head stands in it; the head of a person's name may be the
    title before it. A people ("the Huguenots") is no person.
    """
    tokens = parsed.tokens
    begin, end = tokens[name.first].begin, tokens[name.last - 1].end
    first = name.title[0] if name.title else name.first
    while first and tokens[first - 1].pos == "PROPN" and tokens[first - 1].sent == tokens[first].sent:
        first -= 1
    named, described, within = [], [], []
    for b, e, head, how, kind in gold:
        inside = begin <= head < end
        covers = b <= begin + 1 and e >= end - 1
        if covers and (inside or (kind == "person" and tokens[first].begin <= head < end and b <= head)):
            (named if how == "name" else described).append((e - b, kind))
        elif inside and how == "name":
            within.append(kind)
    if named:
        kind = min(named)[1]
        people = tokens[name.last - 1].tag in ("NNPS", "NNS") or name.label == "NORP"
        return NONE if kind == "person" and people else TYPES.get(kind, NONE)
    unsure = any(kind in TYPES for kind in within) or (
        not within and described and min(described)[1] in TYPES
    )
    return None if unsure else NONE


def rows_of(folder: Path, resources: Resources) -> list[Row]:
    """Annotate the corpus and return all its names, as the rules without the judge find them."""
    lexicon, world = resources.lexicon, replace(resources.world, name_weights={})
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        docs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        articles = [Article(id=d["id"], text=d["text"], path=d["id"]) for d in docs]
        for doc, parsed in zip(docs, annotate(articles, resources.nlp), strict=True):
            gold = [
                (*mention, entity["type"]) for entity in doc["entities"] for mention in entity["mentions"]
            ]
            rows += _rows(parsed, gold, doc["genre"], lexicon, world)
    return rows


def rows_of_news(folder: Path, resources: Resources) -> list[Row]:
    """Annotate articles of news and return all their names, as `rows_of` does; what nobody annotated is no name."""
    lexicon, world = resources.lexicon, replace(resources.world, name_weights={})
    rows: list[Row] = []
    annotations = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.gold.json"))
    ]
    texts = [(folder / f"{one['id']}.txt").read_text(encoding="utf-8") for one in annotations]
    articles = [
        Article(id=a["id"], text=text, path=a["id"]) for a, text in zip(annotations, texts, strict=True)
    ]
    for annotation, parsed in zip(annotations, annotate(articles, resources.nlp), strict=True):
        begins = [token.begin for token in parsed.tokens]
        gold = []
        for entity in annotation["entities"]:
            called = {name.lower() for name in (entity["name"], *entity["aliases"])}
            for begin, end in entity["mentions"]:
                first, last = bisect_right(begins, begin) - 1, bisect_left(begins, end)
                how = "name" if parsed.article.text[begin:end].lower() in called else "nominal"
                head = parsed.tokens[head_within(parsed, first, last)].begin
                gold.append((begin, end, head, how, entity["type"].lower()))
        rows += _rows(parsed, gold, "news", lexicon, world)
    return rows


def _rows(
    parsed: Parsed, gold: list[tuple[int, int, int, str, str]], genre: str, lexicon: Lexicon, world: World
) -> Iterator[Row]:
    names = find_names(parsed, lexicon, world)
    labels = labels_by_spelling(parsed, names)
    for name in names:
        kind = None if is_sure(name) else truth(parsed, name, gold)
        if kind is not None:
            seen = tuple(sorted(set(traits(parsed, name, labels, lexicon, world))))
            yield Row(genre, parsed.article.id, plain_key(name.text), kind, seen, dict(name.votes))


def table(rows: list[Row]) -> tuple[Matrix, list[str]]:
    """Return a row a name and a column a trait, and the traits; the last column is 1 throughout."""
    count = Counter(trait for row in rows for trait in row.traits)
    known = sorted(trait for trait, times in count.items() if times >= LEAST)
    index = {trait: i for i, trait in enumerate(known)}
    x = np.zeros((len(rows), len(known) + 1), np.float32)
    for i, row in enumerate(rows):
        x[i, [index[trait] for trait in row.traits if trait in index]] = 1
    x[:, -1] = 1
    return x, known


def fit(x: Matrix, kinds: NDArray[np.int64], heed: Matrix, rounds: int = 300) -> Matrix:
    """Multinomial logistic regression with ridge, by accelerated gradient descent (Nesterov 1983)."""
    want = np.eye(len(KINDS), dtype=np.float32)[kinds]
    v = np.ones(x.shape[1], np.float32)
    for _ in range(20):  # the largest eigenvalue bounds the step
        u = x.T @ ((x @ v) * heed)
        norm = float(np.linalg.norm(u))
        v = u / norm
    step, t = 1 / (norm / 2 + RIDGE), 1.0
    w = np.zeros((x.shape[1], len(KINDS)), np.float32)
    ahead = w.copy()
    for _ in range(rounds):
        slope = x.T @ ((likelihoods(x, ahead) - want) * heed[:, None]) + RIDGE * ahead
        new, later = ahead - step * slope, (1 + np.sqrt(1 + 4 * t * t)) / 2
        ahead = new + (t - 1) / later * (new - w)
        w, t = new, later
    return w - w.mean(axis=1, keepdims=True)


def likelihoods(x: Matrix, w: Matrix) -> Matrix:
    """Return how likely each name is of each kind."""
    z = x @ w
    odds = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


def heed_of(rows: list[Row]) -> Matrix:
    """Return the weight of each name."""
    return np.array([GENRES.get(row.genre, 1.0) * KIND_HEED[row.kind] for row in rows], np.float32)


def decide(rows: list[Row], votes: NDArray[Any]) -> list[int]:
    """Return the kind of each name, by the sum of the votes over its spelling in the document."""
    sums: dict[tuple[str, str], NDArray[Any]] = defaultdict(lambda: np.zeros(len(KINDS)))
    for row, vote in zip(rows, votes, strict=True):
        sums[row.doc, row.key] += vote
    return [int(sums[row.doc, row.key].argmax()) for row in rows]


def scored(rows: list[Row], kinds: list[int]) -> str:
    """Return precision, recall and F of the typed names."""
    right = sum(kind == row.kind != NONE for kind, row in zip(kinds, rows, strict=True))
    said, true = sum(kind != NONE for kind in kinds), sum(row.kind != NONE for row in rows)
    return f"{right / said:.3f} | {right / true:.3f} | {2 * right / (said + true):.3f}"


def check(rows: list[Row]) -> str:
    """Return the table of what rules and judge reach on documents and genres that he was not taught on."""
    by_rules = np.array([[row.votes.get(kind, 0.0) for kind in KINDS] for row in rows])
    kinds, heed, (x, _) = np.array([row.kind for row in rows]), heed_of(rows), table(rows)
    docs = {doc: str(i % 6) for i, doc in enumerate(sorted({row.doc for row in rows}))}
    lines = ["| | P | R | F |", "|---|---:|---:|---:|"]
    lines.append(f"| rules | {scored(rows, decide(rows, by_rules))} |")
    for title, parts in (
        ("other documents", [docs[row.doc] for row in rows]),
        ("other genres", [row.genre for row in rows]),
    ):
        likely = np.zeros((len(rows), len(KINDS)), np.float32)
        for part in sorted(set(parts)):
            out = np.array([p == part for p in parts])
            likely[out] = likelihoods(x[out], fit(x[~out], kinds[~out], heed[~out]))
        vote = WEIGHT * np.log(np.maximum(likely, FLOOR) / FLOOR)
        lines.append(f"| rules and judge, {title} | {scored(rows, decide(rows, by_rules + vote))} |")
    return "\n".join(lines)


def word_classes(resources: Resources) -> str:
    """Cluster the pipeline's word vectors by direction; a line a class, its words as they are written."""
    vectors, strings = resources.nlp.vocab.vectors, resources.nlp.vocab.strings
    x = vectors.data / np.maximum(np.linalg.norm(vectors.data, axis=1, keepdims=True), 1e-6)
    centres = x[np.random.default_rng(SEED).choice(8000, CLASSES, replace=False) + 50]
    for _ in range(25):
        nearest = (x @ centres.T).argmax(axis=1)
        for k in range(CLASSES):
            if (nearest == k).any():
                total = x[nearest == k].sum(axis=0)
                centres[k] = total / np.linalg.norm(total)
    nearest = (x @ centres.T).argmax(axis=1)
    lines: list[list[str]] = [[] for _ in range(CLASSES)]
    left = WORDS
    for key, row in vectors.key2row.items():  # in the order of their frequency
        word = strings[key]
        if left and re.fullmatch(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'.&-]*", word):
            lines[nearest[row]].append(word)
            left -= 1
    return "".join(" ".join(sorted(line)) + "\n" for line in lines)


def weights(rows: list[Row]) -> str:
    """Learn from all names; a line a trait, with its weight for each kind; those that tell nothing are left out."""
    x, known = table(rows)
    w = fit(x, np.array([row.kind for row in rows]), heed_of(rows))
    kept = [(known[i], w[i]) for i in range(len(known)) if np.abs(w[i]).max() >= 0.02]
    return "".join(
        f"{trait}\t" + "\t".join(f"{value:.3f}" for value in row) + "\n"
        for trait, row in [("bias", w[-1]), *kept]
    )


def main() -> None:
    """Learn and write, or check and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--news", type=Path, nargs="*", default=[])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--classes", action="store_true")
    given = parser.parse_args()
    resources = load_resources()
    if given.classes and not given.check:
        _write("word_classes.txt.gz", word_classes(resources))
        resources = load_resources()
    rows = rows_of(given.folder, resources)
    for folder in given.news:
        rows += rows_of_news(folder, resources)
    print(f"{len(rows)} names in {len({row.doc for row in rows})} documents")
    if given.check:
        print(check(rows))
    else:
        _write("name_weights.tsv.gz", weights(rows))


def _write(name: str, text: str) -> None:
    data = gzip.compress(text.encode("utf-8"), 9, mtime=0)
    (DATA / name).write_bytes(data)
    print(f"{name}: {text.count(chr(10))} lines, {len(data):,} bytes")


if __name__ == "__main__":
    main()
