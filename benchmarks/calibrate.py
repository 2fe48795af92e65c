"""Fits the models that turn raw scores into confidences, and tells how far they can be trusted.

    python benchmarks/calibrate.py GOLD_DIR [--date NAME=YYYY-MM-DD]... [--write]

Every annotated article is built with raw scores and judged by `kg.evaluate`: a role is right with its organisation and
tense, a statement with its speaker, an event with its class, its modality and nobody who does not take
part. A logistic model a kind of fact is fitted to that
(MAP, with a prior that the raw score is right); its features and priors are those that lower the log-loss on
articles left out. What is reported is judged one article left out at a time, too.

`--write` renews kg/extract/data/calibration.yaml and the tables in docs/quality.md. Run it whenever extraction changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from unittest.mock import patch

import numpy as np
import yaml
from rdflib import Graph

import kg.extract.article_facts  # noqa: F401 - the module, which the function of its name hides
from kg.builder import build, load_resources
from kg.evaluate.findings import FindingKind
from kg.evaluate.gold import load_gold
from kg.evaluate.judge import judge
from kg.extract.calibration import (
    FEATURES,
    Calibration,
    Context,
    Model,
    features,
    load_calibration,
    log_odds,
)
from kg.graph.iris import DEFAULT_BASE, article_iri, fact_iri, id_slug, span_iri
from kg.graph.vocabulary import GAF, ORG, RDF
from kg.model import Article, Facts
from kg.options import BuildOptions
from kg.pipeline import Resources, facts_of
from kg.read import read_articles

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "kg" / "extract" / "data" / "calibration.yaml"
QUALITY = ROOT / "docs" / "quality.md"
BEGIN, END = "<!-- calibration: benchmarks/calibrate.py --write -->", "<!-- end of calibration -->"
KINDS = {"role": FindingKind.ROLE, "statement": FindingKind.QUOTE, "event": FindingKind.EVENT}
GOLD = {"role": "roles_org", "statement": "quotes_speaker", "event": "events"}
PRIORS = tuple(product((1.0, 10.0), ((1.0, 1.0), (30.0, 1.0), (300.0, 1.0), (1e6, 0.05)), (1.0, 3.0)))
"""How firmly the prior holds: of the intercept (0), the slope (1, or next to none where a raw score tells nothing that
the features do not) and the features' weights (0)."""
THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
BINS = ((0.0, 0.35), (0.35, 0.5), (0.5, 0.65), (0.65, 0.8), (0.8, 0.9), (0.9, 1.01))
GAIN = 0.002
"""A feature stays if it lowers the log-loss by so much."""

Array = np.ndarray


@dataclass(frozen=True)
class Row:
    """One fact of the system: where it was found, its raw score and features, and whether it is right."""

    article: str
    raw: float
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True)
class Fit:
    """A model with the probabilities that it gave to the articles left out of it."""

    kind: str
    rows: Sequence[Row]
    model: Model | None
    left_out: Array
    raw: Array
    right: Array


# -- what there is to learn from


def collect(
    folder: Path, dates: Mapping[str, str], resources: Resources
) -> tuple[dict[str, list[Row]], dict[str, int]]:
    """Build and judge every article with raw scores; return the rows and the gold counts."""
    rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    wanted = dict.fromkeys(KINDS, 0)
    for gold in load_gold(folder):
        path = gold.path.with_name(f"{gold.name}.txt")
        options = BuildOptions(date=dates.get(gold.name))
        with raw_scores():
            built = build([path], options=options, resources=resources)
            # what a build keeps has no grounds, which features ask for
            read = [item for item in read_articles([path], options.reading) if isinstance(item, Article)]
            found = [item for item in facts_of(read, resources) if isinstance(item, Facts)]
        judged = judge(gold, built.graph)
        known = by_node(found[0], built.graph)
        for kind, its in KINDS.items():
            wanted[kind] += judged.counts[GOLD[kind]].gold if GOLD[kind] in judged.counts else 0
            rows[kind] += [
                Row(gold.name, v.confidence, known.get(v.node, {}), v.right)
                for v in judged.verdicts
                if v.kind is its
            ]
    return rows, wanted


def raw_scores() -> AbstractContextManager[object]:
    """Let the extractors give their scores as they are."""
    return patch.object(sys.modules["kg.extract.article_facts"], "load_calibration", Calibration)


def by_node(facts: Facts, graph: Graph) -> dict[str, dict[str, float]]:
    """Return the features of facts by the IRI of their nodes; a membership is known by where its title stands."""
    context, path = Context.of(facts), facts.article.path
    found = {
        str(fact_iri(DEFAULT_BASE, kind, path, id_slug(fact.id))): features(kind, fact, context)
        for kind, its in (("event", facts.events), ("statement", facts.statements))
        for fact in its
    }
    doc = article_iri(DEFAULT_BASE, path)
    for role in facts.roles:
        for node in graph.subjects(GAF.denotedBy, span_iri(doc, role.span)):
            if (node, RDF.type, ORG.Membership) in graph:
                found[str(node)] = features("role", role, context)
    return found


def relations() -> list[Row]:
    """Return the relations judged by hand; each counts as an article of its own."""
    table = yaml.safe_load((Path(__file__).parent / "relations.yaml").read_text(encoding="utf-8"))
    return [
        Row(
            f"{of} {line['raw']} {n}",
            line["raw"],
            {name: float(name == of) for name in FEATURES["relation"]},
            right,
        )
        for line in table
        for of in [line["of"]]
        for n in range(line["found"])
        for right in [n < line["right"]]
    ]


# -- fitting


def fit_map(x: Array, right: Array, hold: Array, prior: Array) -> Array:
    """Return the weights of a logistic model with a Gaussian prior, by Newton's method."""
    w = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x.T * (p * (1 - p))) @ x + np.diag(hold), x.T @ (p - right) + hold * (w - prior)
        )
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    return w


def log_loss(p: Array, right: Array) -> float:
    """Return the mean log-loss; no probability counts as certain."""
    p = np.clip(p, 0.01, 0.99)
    return float(-np.mean(np.where(right, np.log(p), np.log(1 - p))))


def learn(kind: str, rows: Sequence[Row]) -> Fit:
    """Choose features and priors by the loss on the articles left out; without a gain the raw score stays."""
    right = np.array([row.right for row in rows])
    raw = np.array([row.raw for row in rows])
    articles = np.array([row.article for row in rows])

    def matrix(names: Sequence[str]) -> Array:
        return np.array([[1.0, log_odds(row.raw), *(row.features[name] for name in names)] for row in rows])

    def trial(
        names: Sequence[str], hold: tuple[float, tuple[float, float], float]
    ) -> tuple[float, Array, Array]:
        (firmness, slope), x = hold[1], matrix(names)
        prior = np.array([0.0, slope, *(0.0 for _ in names)])
        firm = np.array([hold[0], firmness, *(hold[2] for _ in names)])
        p = np.zeros(len(rows))
        for article in sorted(set(articles)):
            out = articles == article
            p[out] = 1 / (1 + np.exp(-x[out] @ fit_map(x[~out], right[~out], firm, prior)))
        return log_loss(p, right), p, fit_map(x, right, firm, prior)

    def best(names: Sequence[str]) -> tuple[float, Array, Array]:
        found = [trial(names, hold) for hold in PRIORS]
        rising = [
            one for one in found if one[2][1] > 0
        ]  # what was scored higher is never surer for being lower
        return min(rising or found, key=lambda one: one[0])

    chosen: list[str] = []
    found = best(chosen)
    while True:
        more = [(best([*chosen, name]), name) for name in FEATURES[kind] if name not in chosen]
        if not more:
            break
        candidate, name = min(more, key=lambda option: option[0][0])
        if candidate[0] > found[0] - GAIN:
            break
        found, chosen = candidate, [*chosen, name]
    loss, left_out, w = found
    if loss >= log_loss(raw, right) or w[1] <= 0:
        return Fit(kind, rows, None, raw, raw, right)
    model = Model(
        round(w[0], 2), round(w[1], 2), {n: round(v, 2) for n, v in zip(chosen, w[2:], strict=True)}
    )
    return Fit(kind, rows, model, left_out, raw, right)


# -- what is told


def calibration_error(p: Array, right: Array) -> float:
    """Return the expected calibration error: the mean distance of confidence and share right over the bins."""
    return sum(
        abs(p[i].mean() - right[i].mean()) * i.sum() / len(p)
        for low, high in BINS
        if (i := (p >= low) & (p < high)).any()
    )


def report(fits: Sequence[Fit], wanted: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines of the section on calibration."""
    yield "| kind | facts | right | log-loss raw | log-loss | ECE raw | ECE | model |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|"
    for fit in fits:
        p, raw, right = fit.left_out, fit.raw, fit.right
        yield (
            f"| {fit.kind} | {len(p)} | {right.mean():.2f} | {log_loss(raw, right):.3f} | {log_loss(p, right):.3f} "
            f"| {calibration_error(raw, right):.3f} | {calibration_error(p, right):.3f} | {formula(fit.model)} |"
        )
    yield ""
    yield "| confidence | " + " | ".join(f"{fit.kind}: facts, mean, right" for fit in fits) + " |"
    yield "|---|" + "---:|" * len(fits)
    for low, high in BINS:
        cells = []
        for fit in fits:
            p, right = fit.left_out, fit.right
            i = (p >= low) & (p < high)
            cells.append(f"{i.sum()}, {p[i].mean():.2f}, {right[i].mean():.2f}" if i.any() else "")
        yield f"| {low:.2f} to {min(high, 1.0):.2f} | " + " | ".join(cells) + " |"
    yield ""
    yield "| `--min-confidence` | " + " | ".join(f"{kind}: P, R" for kind in wanted) + " |"
    yield "|---|" + "---:|" * len(wanted)
    for threshold in (None, *THRESHOLDS):
        cells = []
        for fit in fits:
            if fit.kind in wanted:
                kept = fit.left_out >= (threshold or 0.0)
                hits = fit.right[kept].sum()
                cells.append(f"{hits / max(kept.sum(), 1):.2f}, {hits / max(wanted[fit.kind], 1):.2f}")
        yield f"| {'none' if threshold is None else threshold} | " + " | ".join(cells) + " |"


def formula(model: Model | None) -> str:
    """Return a model in one line."""
    if model is None:
        return "the raw score"
    parts = [f"{model.intercept:+.2f}", f"{model.slope:.2f} × log-odds of the raw score"]
    return " ".join((parts[0], f"+ {parts[1]}", *(f"{w:+.2f} × {name}" for name, w in model.weights.items())))


def data(fits: Sequence[Fit]) -> str:
    """Return the models as YAML."""
    lines = [
        "# How sure a fact is: log-odds = intercept + slope * log-odds of the extractor's raw score",
        "# + weights * features (kg/extract/calibration.py). A kind that is not here keeps its raw score.",
        "# Made by benchmarks/calibrate.py from articles annotated by hand, which the reader did not learn from, and",
        "# relations that were judged by hand (benchmarks/relations.yaml); the texts are no part of it.",
    ]
    for fit in fits:
        if fit.model is not None:
            lines += [f"{fit.kind}:", f"  intercept: {fit.model.intercept}", f"  slope: {fit.model.slope}"]
            if fit.model.weights:
                lines += ["  weights:", *(f"    {name}: {w}" for name, w in fit.model.weights.items())]
    return "\n".join(lines) + "\n"


def renewed(document: str, section: str) -> str:
    """Return the document with the section between its two marks replaced."""
    before, mark, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{QUALITY} lacks the marks {BEGIN} and {END}")
    return f"{before}{mark}\n\n{section}\n{end}{after}"


def main() -> None:
    """Fit, report, and with --write renew the data and the document."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--date", action="append", default=[], metavar="NAME=YYYY-MM-DD")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    resources = load_resources()
    dates = dict(each.split("=", 1) for each in given.date)
    rows, wanted = collect(given.gold, dates, resources)
    rows["relation"] = relations()
    fits = [learn(kind, its) for kind, its in rows.items() if its]
    if given.write:
        DATA.write_text(data(fits), encoding="utf-8")
        load_calibration.cache_clear()
    section = "\n".join(report(fits, wanted)) + "\n"
    print(data(fits))
    print(section)
    if given.write:
        QUALITY.write_text(renewed(QUALITY.read_text(encoding="utf-8"), section), encoding="utf-8")


if __name__ == "__main__":
    main()
