"""Trains the head that finds the body of a position in other sentences, over the finished reader's vectors.

    python -m training.affiliation WEIGHTS NEWS … --out OUT/affiliation.npz

WEIGHTS are the reader's, each NEWS is a folder of annotated articles. It is asked about every position whose own
sentence, in truth, names no body; where the article tells none either, all candidates are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from kg.annotate import annotate, load_model
from kg.extract.roles.affiliation import position
from kg.heads.affiliation import NAME, Affiliations, Body, HeldTitle, candidates
from kg.heads.reader import LearnedReader
from kg.heads.small import PrincipalComponents
from kg.heads.weights import load_weights
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Span
from kg.parsed import Parsed
from kg.world import Gazetteer, load_world
from training.corpora import annotated, mentions_of
from training.small import COMPONENTS, arguments, components, networks, write

OF_VECTORS = 6 * COMPONENTS  # of the title, its body nearest and first, its holder, and two products
Truth = list[str | None]


def articles(
    folder: Path, reader: LearnedReader, lexicon: Lexicon, places: Gazetteer
) -> Iterator[tuple[Affiliations, Truth]]:
    """Yield each annotated article as the head meets it, and the body of each position in truth."""
    read = [(gold, article) for gold, article in annotated(folder) if gold.get("roles")]
    for (gold, _), parsed in zip(read, annotate((a for _, a in read), load_model()), strict=True):
        vectors = reader.read(parsed, lexicon).vectors.astype(np.float16)
        yield affiliations(gold, parsed, vectors, lexicon, places)


def affiliations(
    gold: dict, parsed: Parsed, vectors: np.ndarray, lexicon: Lexicon, places: Gazetteer
) -> tuple[Affiliations, Truth]:
    """Return an annotated article as the head meets it, and the body of each position in truth."""
    where = {e["id"]: tuple(mentions_of(e["mentions"], parsed)) for e in gold["entities"]}
    bodies, people = {}, {}
    for entity in gold["entities"]:
        if entity["type"] in ("Organization", "Place"):
            names = [entity["name"], *entity["aliases"]]
            found = [places.names[n] for n in names if n in places.names]
            country = entity["type"] == "Place" and any(place.kind == "country" for place in found)
            words = frozenset(w for n in names for w in n.lower().split())
            kind = "Country" if country else entity["type"]
            bodies[entity["id"]] = Body(kind, words, where[entity["id"]])
        elif entity["type"] == "Person":
            people[entity["id"]] = where[entity["id"]]
    told: list[tuple[HeldTitle, str | None]] = []
    for role in sorted(gold["roles"], key=lambda r: r["title_span"]):
        one = position(Span(*role["title_span"]), role["person"], None, parsed, lexicon)
        beside = role["organization_span"] and parsed.tokens_in(Span(*role["organization_span"]))
        own = bool(beside) and beside[0].sent == one.sentence
        told.append((replace(one, body=role["organization"] if own else None), role["organization"]))
    positions = tuple(one for one, _ in told)
    return Affiliations(positions, bodies, people, vectors), [truth for _, truth in told]


def samples(
    made: list[tuple[Affiliations, Truth]], reduce: PrincipalComponents
) -> tuple[np.ndarray, np.ndarray]:
    """Return features and labels of the candidates of all positions that their own sentences name no body for."""
    rows, labels = [], []
    for article, truth in made:
        reduced = reduce(article.vectors)
        for asked, one in enumerate(article.positions):
            names, features = candidates(article, asked, reduced) if one.body is None else ([], None)
            if names:
                rows.append(features)
                labels += [name == truth[asked] for name in names]
    return np.concatenate(rows), np.array(labels, dtype=np.float32)


def main() -> None:
    """Train and write the arrays."""
    options = arguments(__doc__)
    lexicon, places = load_lexicon(None), load_world().gazetteer
    reader = LearnedReader(load_weights(options.weights), antecedents=False)
    made = [one for folder in options.news for one in articles(folder, reader, lexicon, places)]
    arrays = components([one.vectors for one, _ in made])
    features, labels = samples(made, PrincipalComponents.of(arrays))
    arrays |= networks(features, labels, NAME, OF_VECTORS)
    print(len(labels), "candidates,", f"{labels.mean():.3f} of them right", flush=True)
    write(arrays, options.out)


if __name__ == "__main__":
    main()
