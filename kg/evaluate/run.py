"""Build annotated articles, one by one as a user would, and compare each with its annotation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.builder import build
from kg.errors import GoldError, NothingBuiltError, UsageError
from kg.evaluate import plover
from kg.evaluate.findings import Judged
from kg.evaluate.gold import load_gold
from kg.evaluate.judge import judge
from kg.evaluate.measures import Row, rows, total
from kg.options import BuildOptions
from kg.pipeline import Resources


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was judged, article by article; `turtle` holds each article's graph when it was asked for.

    `coded` are the shares of coded sentences that are right, empty without them.
    """

    articles: tuple[Judged, ...]
    coded: Mapping[str, plover.CodedShare] = field(default_factory=dict)
    turtle: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, Row]:
        """The figures over all articles (micro-averages)."""
        return rows(total(article.counts for article in self.articles))


def evaluate(
    folder: str | Path,
    *,
    coded: str | Path | None = None,
    graphs: bool = False,
    options: BuildOptions | None = None,
    resources: Resources | None = None,
) -> Evaluation:
    """Build and judge the annotated articles of a folder (`kg.evaluate.gold`).

    `coded` is a JSONL file of coded sentences (`kg.evaluate.plover`). Of the options hold `dates`, by the articles'
    names, and what says how to annotate and what to leave out. `resources` spares loading the model again.

    Raises:
        GoldError: an annotation is broken, or its article can't be built.
        UsageError: a date is for no article.
        ModelError, LexiconError, PluginError: what is needed can't be loaded.
    """
    wanted = options or BuildOptions()
    articles = load_gold(Path(folder))
    sentences = plover.load_coded(Path(coded)) if coded is not None else []
    given = wanted.dates or {}
    unknown = sorted(given.keys() - {gold.name for gold in articles})
    if unknown:
        raise UsageError(f"a date is given for '{unknown[0]}', but {folder} has no such article")
    wanted.tell("load", 0)
    resources = resources or wanted.setup()
    each = BuildOptions(min_confidence=wanted.min_confidence)
    judged: list[Judged] = []
    turtle: dict[str, str] = {}
    for gold in articles:
        path = gold.path.with_name(f"{gold.name}.txt")
        try:
            date = given.get(gold.name, gold.published)
            built = build([path], options=each, date=date, resources=resources)
        except NothingBuiltError as error:
            raise GoldError(str(error)) from error
        if built.facts[0].article.text != gold.text:
            raise GoldError(
                f"{path}: is read as other text than it holds as UTF-8; save it so, without a byte order mark"
            )
        graph = built.graph
        judged.append(judge(gold, graph))
        if graphs:
            turtle[gold.name] = graph.serialize(format="turtle")
        wanted.tell("articles", len(judged))
    shares: Mapping[str, plover.CodedShare] = {}
    if coded is not None:
        wanted.tell("sentences", 0)
        built = build([Path(coded)], options=each, resources=resources)
        shares = plover.judge_coded(sentences, built.graph)
    return Evaluation(tuple(judged), shares, turtle)
