"""Build annotated articles, one by one as a user would, and compare each with its annotation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.builder import build, load_resources
from kg.errors import GoldError, NothingBuiltError, UsageError
from kg.evaluate import plover
from kg.evaluate.findings import Judged
from kg.evaluate.gold import load_gold
from kg.evaluate.judge import judge
from kg.evaluate.measures import Row, rows, total
from kg.pipeline import Resources

Progress = Callable[[str, int], None]
"""Called with the step ("load", "articles", "sentences") and how many articles are done."""


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
    dates: Mapping[str, str] | None = None,
    coded: str | Path | None = None,
    model: str | None = None,
    lexicon: str | Path | None = None,
    components: Mapping[str, str] | None = None,
    min_confidence: float | None = None,
    graphs: bool = False,
    resources: Resources | None = None,
    on_progress: Progress | None = None,
) -> Evaluation:
    """Build and judge the annotated articles of a folder (`kg.evaluate.gold`).

    `dates` gives the date of articles that carry none of their own, by name; `coded` is a JSONL file of coded
    sentences (`kg.evaluate.plover`). `components` names by kind what is plugged in (`kg.components`). `resources`
    spares loading the model again.

    Raises:
        GoldError: an annotation is broken, or its article can't be built.
        UsageError: a date is for no article.
        ModelError, LexiconError, PluginError: what is needed can't be loaded.
    """
    told = on_progress or (lambda step, done: None)
    articles = load_gold(Path(folder))
    sentences = plover.load_coded(Path(coded)) if coded is not None else []
    given = dict(dates or {})
    unknown = sorted(given.keys() - {gold.name for gold in articles})
    if unknown:
        raise UsageError(f"a date is given for '{unknown[0]}', but {folder} has no such article")
    told("load", 0)
    words = Path(lexicon) if lexicon is not None else None
    resources = resources or load_resources(model, words, components)
    judged: list[Judged] = []
    turtle: dict[str, str] = {}
    for gold in articles:
        path = gold.path.with_name(f"{gold.name}.txt")
        try:
            built = build(
                [path],
                date=given.get(gold.name, gold.published),
                min_confidence=min_confidence,
                resources=resources,
            )
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
        told("articles", len(judged))
    shares: Mapping[str, plover.CodedShare] = {}
    if coded is not None:
        told("sentences", 0)
        built = build([Path(coded)], min_confidence=min_confidence, resources=resources)
        shares = plover.judge_coded(sentences, built.graph)
    return Evaluation(tuple(judged), shares, turtle)
