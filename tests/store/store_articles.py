"""Many small articles with facts, made without a model, and a program that writes them into a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

from builders import article, facts

from kg.graph import facts_to_triples
from kg.graph.iris import DEFAULT_BASE, article_iri
from kg.model import Facts
from kg.store import ArticleStore, Put, stamp_of

NAMES = ("Amina Yusuf", "Omar Reyes", "Ilse Brandt", "Taro Mori", "Nadia Petrov")


def story(number: int, verb: str = "met") -> Facts:
    """An article in which two people meet."""
    agent, patient = NAMES[number % 5], NAMES[(number * 2 + 1) % 5] + f" {number % 7}"
    text = f"{agent} {verb} {patient} on day {number}."
    made = facts(text, verb, agent, patient)
    return replace(made, article=article(text, f"story-{number:04}"))


def put(one: Facts, version: str = "1") -> Put:
    """The article as the store takes it."""
    doc = article_iri(DEFAULT_BASE, one.article.path)
    return Put(str(doc), stamp_of(one.article, version), facts_to_triples(one))


def puts(count: int, verb: str = "met") -> Iterator[Put]:
    """So many articles."""
    return (put(story(number, verb)) for number in range(count))


def main(folder: str, count: str, batch: str, verb: str) -> None:
    """Write articles in batches, skipping those that are there, and say so after each batch."""
    size = int(batch)
    with ArticleStore(folder) as store:
        print("open", flush=True)
        wanted = [p for p in puts(int(count), verb) if store.stamps.get(p.doc) != p.stamp]
        for begin in range(0, len(wanted), size):
            store.put(wanted[begin : begin + size])
            print(begin, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
