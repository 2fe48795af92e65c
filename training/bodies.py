"""Trains the head that tells where a role is held whose sentence does not say so, from the annotated news alone.

python -m training.bodies DATA OUT/bodies.npz
"""

from __future__ import annotations

import argparse
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kg.annotate import annotate, load_model
from kg.heads.bodies import Body, Post, Vocabulary, features
from kg.parsed import Parsed
from kg.world import World, load_world
from training.corpora import annotated
from training.small import networks

LEAST = 5  # times that a word of a title is seen
OFTEN = 15  # times that a word of a name is seen: what kinds of bodies are called, not single ones
Example = tuple[list[Post], list[Body], list[str | None]]


def examples(folder: Path, nlp, world: World) -> Iterator[Example]:
    """Yield the roles and bodies of each article, and the body of each role in truth."""
    read = [(gold, article) for gold, article in annotated(folder) if gold.get("roles")]
    for (gold, _), parsed in zip(read, annotate((a for _, a in read), nlp), strict=True):
        yield example(gold, parsed, world)


def example(gold: dict, parsed: Parsed, world: World) -> Example:
    """Return the roles and bodies of an article; the body of a role stands in it where its own sentence names it."""
    sentences = [s.span.begin for s in parsed.sentences]
    blocks = [b.span.begin for b in parsed.blocks]

    def sentence(begin: int) -> int:
        return bisect_right(sentences, begin) - 1

    bodies = []
    for entity in gold["entities"]:
        if entity["type"] in ("Organization", "Place"):
            place = world.gazetteer.names.get(entity["name"])
            bodies.append(
                Body(
                    entity["id"],
                    frozenset(entity["name"].lower().split()),
                    entity["type"] == "Place",
                    place is not None and place.kind == "country",
                    tuple(sorted(sentence(m[0]) for m in entity["mentions"])),
                )
            )
    posts, truth = [], []
    for role in gold["roles"]:
        at = role["title_span"][0]
        span = role.get("organization_span")
        here = bool(span) and sentence(span[0]) == sentence(at)
        posts.append(
            Post(
                tuple(role["title"].lower().split()),
                sentence(at),
                bisect_right(blocks, at) - 1,
                role["organization"] if here else None,
            )
        )
        truth.append(role["organization"])
    return posts, bodies, truth


def main() -> None:
    """Train and write the arrays."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with news/train")
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--more", type=Path, nargs="*", default=[], help="further folders of annotated articles"
    )
    options = parser.parse_args()
    nlp, world = load_model(), load_world()
    folders = (options.data / "news" / "train", *options.more)
    made = [e for folder in folders for e in examples(folder, nlp, world)]
    known = vocabulary(made)
    x, y = samples(made, known)
    arrays = networks(x, y, "body", epochs=40)
    np.savez(options.out, titles=np.array(known.titles), bodies=np.array(known.bodies), **arrays)
    print(len(y), "candidates,", int(y.sum()), "of them right", flush=True)


def vocabulary(made: list[Example]) -> Vocabulary:
    """Return the words of titles and of bodies that are seen often enough."""
    titles = Counter(w for posts, _, _ in made for p in posts for w in set(p.title))
    bodies = Counter(w for _, all_bodies, _ in made for b in all_bodies if not b.is_place for w in b.words)
    return Vocabulary(
        tuple(sorted(w for w, n in titles.items() if n >= LEAST)),
        tuple(sorted(w for w, n in bodies.items() if n >= OFTEN)),
    )


def samples(made: list[Example], known: Vocabulary) -> tuple[np.ndarray, np.ndarray]:
    """Return features and labels of all bodies for each role whose sentence names none."""
    rows, labels = [], []
    for posts, bodies, truth in made:
        for post, right in zip(posts, truth, strict=True):
            if post.body is None and bodies:
                rows.append(features(post, posts, bodies, known))
                labels += [b.id == right for b in bodies]
    return np.concatenate(rows), np.array(labels, dtype=np.float32)


if __name__ == "__main__":
    main()
