"""How many pronouns and descriptions are resolved right, wrong, or left: by kind, over annotated articles.

    python -m training.measure_references DATA WEIGHTS WORK [--folds]

Over `news/dev`; with `--folds` over all that is learned from, each fifth by what `training.references --fold` learned
from the others.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.heads.antecedents import AntecedentHead
from kg.heads.reader import LearnedReader
from kg.heads.weights import load_weights
from kg.lexicon import Lexicon, load_lexicon
from kg.model import MentionKind
from kg.parsed import Link, Resolved, Token
from kg.resolve import resolve
from kg.resolve.references.antecedent_features import GENDERS
from kg.resolve.references.pronoun_resolution import IT, THEY
from kg.world import World, load_world
from training import chains
from training.chains import Heads, heads_of
from training.references import Read, load, read

KINDS = ("he", "it", "they", "nominal")
BESIDE = frozenset({"apposition", "title", "predicate", "called", "relative"})
"""Reasons of mentions that stand with a name itself: nothing is chosen there."""


def kind_of(token: Token) -> str:
    """Return the kind of a mention by its head; empty for those that are not counted."""
    word = token.text.lower()
    for kind, words in (("he", GENDERS), ("it", IT), ("they", THEY)):
        if word in words:
            return kind
    return "nominal" if token.tag in ("NN", "NNS") else ""


def measure(
    articles: Iterable[Read], reader: LearnedReader, head: AntecedentHead, lexicon: Lexicon, world: World
) -> Counter[tuple[str, str]]:
    """Return counts by kind and verdict; "other" where the annotation does not tell."""
    out: Counter[tuple[str, str]] = Counter()
    for told, parsed, vectors in articles:
        heads = heads_of(told, parsed)
        resolved = resolve(parsed, lexicon, world, reader.reading(parsed, vectors, head))
        out.update(verdicts(resolved, heads))
    return out


def verdicts(resolved: Resolved, heads: Heads) -> Iterator[tuple[str, str]]:
    """Yield the kind and verdict of each mention made, and of each left."""
    tokens = resolved.parsed.tokens
    of = _chains(resolved, heads)
    have, seen = set(of.values()), set()
    for link in resolved.links:
        kind = kind_of(tokens[link.head])
        if link.kind is MentionKind.NAME or not kind:
            continue
        seen.add(link.head)
        if kind != "nominal" or link.reason not in BESIDE:
            yield kind, _verdict(link, heads, of, have)
    for at, chain in heads.of.items():
        kind = kind_of(tokens[at])
        nested = kind == "nominal" and any(
            heads.of.get(i) == chain and i != at for i in range(*heads.spans[at])
        )
        if kind and chain in have and at not in seen and not nested:
            yield kind, "left"


def _verdict(link: Link, heads: Heads, of: dict[str, str], have: set[str]) -> str:
    chain, made = heads.of.get(link.head), [of.get(e) for e in link.entities]
    if chain is not None and chain in made:
        return "right"
    told = heads.full or link.head in heads.none if chain is None else heads.full or chain in have
    unknown = heads.full and None in made
    group = len(made) > 1 and chain not in have
    return "wrong" if told and not unknown and not group else "other"


def _chains(resolved: Resolved, heads: Heads) -> dict[str, str]:
    """Return the chain that most names of each entity stand in."""
    names: dict[str, list[tuple[int, int, int]]] = {}
    for link in resolved.links:
        if link.kind is MentionKind.NAME:
            for entity in link.entities:
                names.setdefault(entity, []).append((link.first, link.last, link.head))
    found = {entity: heads.most_named(own) for entity, own in names.items()}
    return {entity: chain for entity, chain in found.items() if chain is not None}


def table(counts: Counter[tuple[str, str]]) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'':8}  right  wrong   left  other  share right  found   F.5"]
    for kind in KINDS:
        right, wrong, left, other = (counts[kind, v] for v in ("right", "wrong", "left", "other"))
        share, found = right / max(1, right + wrong), right / max(1, right + left)
        f = 1.25 * share * found / max(1e-9, 0.25 * share + found)
        lines.append(
            f"{kind:8} {right:6} {wrong:6} {left:6} {other:6}  {share:11.3f}  {found:5.3f}  {f:5.3f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    lexicon, world = load_lexicon(None), load_world()
    reader = LearnedReader(load_weights(options.weights), antecedents=False)
    if not options.folds:
        articles = list(read(list(chains.news(options.data / "news" / "dev")), reader, lexicon))
        head = AntecedentHead(options.weights)
        print(table(measure(articles, reader, head, lexicon, world)))
        return
    for name, articles in load(options.data, options.work, reader, lexicon).items():
        total: Counter[tuple[str, str]] = Counter()
        for fold in range(5):
            head = AntecedentHead(options.work / f"fold-{fold}")
            total += measure(articles[fold::5], reader, head, lexicon, world)
        print(name, table(total), sep="\n")


if __name__ == "__main__":
    main()
