"""Reads what annotators say of who is who: which words speak of one thing, in news, GUM and ECB+."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.heads.features import head_within
from kg.model import Article
from kg.parsed import Parsed
from kg.read import ReadOptions, read_articles
from training.corpora import Stretch, joined, lines_of
from training.samples import tokens_of

PARTIES = ("HUMAN", "LOC", "NON")


@dataclass(slots=True)
class Chained:
    """An article; its chains, by id, as stretches of text with where the head word begins if that is known; `none` are
    stretches that speak of nothing that has a name; `full` if all that is spoken of stands in a chain.
    """

    article: Article
    chains: dict[str, list[tuple[Stretch, int | None]]]
    none: list[Stretch] = field(default_factory=list)
    full: bool = False


@dataclass(slots=True)
class Heads:
    """The same by head tokens: `of` gives the chain of the shortest mention, `all` those of the longer ones too."""

    of: dict[int, str]
    all: dict[int, set[str]]
    none: set[int]
    full: bool
    spans: dict[int, tuple[int, int]]

    def named(self, first: int, last: int, head: int) -> str | None:
        """Return the chain that a name stands in, tokens `first` to `last` (exclusive), whatever its head is there."""
        within = (
            self.of[i]
            for i in range(first, last)
            if i in self.of and self.spans[i][0] <= head < self.spans[i][1]
        )
        return self.of.get(head, next(within, None))

    def most_named(self, names: Iterable[tuple[int, int, int]]) -> str | None:
        """Return the chain that most of the names of one thing stand in."""
        votes = Counter(self.named(*name) for name in names)
        return max(votes, key=lambda c: (votes[c], str(c)), default=None)


def heads_of(told: Chained, parsed: Parsed) -> Heads:
    """Return the chains by the head tokens of their mentions."""
    begins = [t.begin for t in parsed.tokens]
    made = Heads({}, {}, set(), told.full, {})
    for name, mentions in told.chains.items():
        for span, at in mentions:
            inside = tokens_of(parsed, span, begins)
            if not inside:
                continue
            known = tokens_of(parsed, (at, at + 1), begins) if at is not None else ()
            head = known[0] if known else head_within(parsed, inside.start, inside.stop)
            made.all.setdefault(head, set()).add(name)
            before = made.spans.get(head)
            if before is None or len(inside) < before[1] - before[0]:
                made.of[head], made.spans[head] = name, (inside.start, inside.stop)
    for span in told.none:
        inside = tokens_of(parsed, span, begins)
        if inside:
            made.none.add(head_within(parsed, inside.start, inside.stop))
    made.none -= made.of.keys()
    return made


def news(folder: Path) -> Iterator[Chained]:
    """Yield the annotated news: names, and the descriptions and pronouns that a fact names; whoever takes part and has
    no id has no name.
    """
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.removesuffix(".gold.json") + ".txt")
        (article,) = read_articles([str(text)], ReadOptions())
        if not isinstance(article, Article):
            continue
        chains = {e["id"]: [((m[0], m[1]), None) for m in e["mentions"]] for e in gold["entities"]}
        said = [
            pair
            for event in gold["events"] or []
            for role in ("agent", "patient")
            for pair in zip(event.get(role) or [], event.get(role + "_spans") or [], strict=False)
        ]
        said += [(q.get("speaker") or "", q.get("speaker_span")) for q in gold["quotes"] or []]
        none = [(span[0], span[1]) for who, span in said if span is not None and who not in chains]
        yield Chained(article, chains, none)


def gum(folder: Path) -> Iterator[Chained]:
    """Yield the documents of GUM, in which all that is spoken of is annotated."""
    for path in sorted(folder.glob("*.jsonl")):
        for record in lines_of(path):
            chains = {e["id"]: [((m[0], m[1]), m[2]) for m in e["mentions"]] for e in record["entities"]}
            yield Chained(Article(record["id"], record["text"], record["id"]), chains, full=True)


def ecbplus(path: Path) -> Iterator[Chained]:
    """Yield the articles of ECB+, in which those are annotated who take part in the happenings of some sentences."""
    for record in lines_of(path):
        text, at = joined(record["tokens"], record["sent"])
        chain = {m: f"c{n}" for n, r in enumerate(record["relations"]) for m in r["src"]}
        chains: dict[str, list[tuple[Stretch, int | None]]] = {}
        for markable in record["markables"]:
            tokens = [t for t in markable["tokens"] if t < len(at)]
            if tokens and markable["tag"].startswith(PARTIES):
                name = chain.get(markable["id"], "m" + markable["id"])
                chains.setdefault(name, []).append(((at[tokens[0]][0], at[tokens[-1]][1]), None))
        if chains:
            name = "ecb-" + record["doc"]
            yield Chained(Article(name, text, name), chains)
