"""Fits the model of which tellings of an article are of one happening: a logistic model of pairs.

    python -m training.retellings DATA kg/extract/data/retellings.yaml

The pairs are those of the events that the program itself finds, in ECB+ (whose annotators tell which are one) and in
the annotated news, which name who takes part, where and when of every telling: two are one where all of that is the
same, others where a part of it contradicts, and nothing is known where one says less.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from kg.extract.events import coreference as event_coreference
from kg.extract.events.retellings import FEATURES, EventMention, features, ruled_out
from kg.model import Article, Event
from kg.parsed import Parsed
from kg.pipeline import Resources, facts_of, load_resources
from training.corpora import annotated, joined, lines_of

Pair = tuple[dict[str, float], float]
RIDGE = 2.0
OF_NEWS = 0.7  # what a pair of the news weighs, where only the parts tell that two are one
EVERY = 3  # article of ECB+ is read


def main() -> None:
    """Fit the weights anew; the thresholds of the file stay."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    resources = load_resources()
    ecb = list(_of_ecbplus(options.data / "srl" / "ecbplus.jsonl", resources))
    news = list(_of_news(options.data / "news" / "train", resources))
    weights = np.array([1.0] * len(ecb) + [OF_NEWS] * len(news))
    names = sorted(FEATURES)
    fitted = _fit(ecb + news, names, weights)
    before = re.split(r"^intercept:", options.file.read_text(encoding="utf-8"), flags=re.M)[0]
    lines = [
        f"intercept: {fitted[-1]:.2f}",
        "weights:",
        *(f"  {n}: {w:.2f}" for n, w in zip(names, fitted[:-1], strict=True)),
    ]
    options.file.write_text(before + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(ecb)} pairs of ECB+, {len(news)} of the news")


def _events(articles: Iterable[Article], resources: Resources) -> Iterator[tuple[Parsed, list[Event]]]:
    """Yield what the program finds in each article before anything is joined."""
    found: list[tuple[Parsed, list[Event]]] = []
    own = event_coreference.Tellings.merged

    def noted(self: event_coreference.Tellings, events: Sequence[Event]) -> list[Event]:
        found.append((self.parsed, list(events)))
        return own(self, events)

    event_coreference.Tellings.merged = noted
    try:
        for article in articles:
            found.clear()
            list(facts_of([article], resources, 0.0))
            yield from found[:1]
    finally:
        event_coreference.Tellings.merged = own


def _pairs(parsed: Parsed, events: Sequence[Event]) -> Iterator[tuple[int, int, dict[str, float]]]:
    told = [EventMention(e, parsed.tokens_in(e.spans[0])[0], parsed) for e in events]
    for later in range(len(told)):
        for earlier in range(later):
            if not ruled_out(told[earlier], told[later]):
                yield earlier, later, features(told[earlier], told[later])


def _of_ecbplus(path: Path, resources: Resources) -> Iterator[Pair]:
    chains: list[list[tuple[tuple[int, int], str]]] = []
    articles = []
    for record in islice(lines_of(path), 0, None, EVERY):
        text, at = joined(record["tokens"], record["sent"])
        of = {m: f"c{n}" for n, r in enumerate(record["relations"]) for m in r["src"]}
        acts = [m for m in record["markables"] if "ACTION" in m["tag"] and m["tokens"][-1] < len(at)]
        chains.append(
            [((at[m["tokens"][0]][0], at[m["tokens"][-1]][1]), of.get(m["id"], "m" + m["id"])) for m in acts]
        )
        articles.append(Article("ecb-" + record["doc"], text, "ecb-" + record["doc"]))
    for chain, (parsed, events) in zip(chains, _events(articles, resources), strict=True):
        found = [next((c for s, c in chain if _near(s, e)), None) for e in events]
        for earlier, later, measured in _pairs(parsed, events):
            if found[earlier] and found[later]:
                yield measured, float(found[earlier] == found[later])


def _of_news(folder: Path, resources: Resources) -> Iterator[Pair]:
    read = [(gold, article) for gold, article in annotated(folder) if gold.get("events")]
    made = _events((a for _, a in read), resources)
    for (gold, _), (parsed, events) in zip(read, made, strict=True):
        found = [next((g for g in gold["events"] if _near(g["trigger"], e)), None) for e in events]
        for earlier, later, measured in _pairs(parsed, events):
            one, other = found[earlier], found[later]
            same = _same(one, other) if one and other else None
            if same is not None:
                yield measured, same


def _same(one: dict, other: dict) -> float | None:
    """Tell whether two annotated tellings are of one happening, as far as their parts tell."""
    a, b = one.get("date") or "", other.get("date") or ""
    if one["type"] != other["type"] or (one["modality"] == "negated") != (other["modality"] == "negated"):
        return 0.0
    if a and b and not (a.startswith(b) or b.startswith(a)):
        return 0.0
    sure = a == b and bool({*one["agent"], *one["patient"]})
    for part in ("agent", "patient"):
        mine, theirs = set(one[part]), set(other[part])
        named = [{x for x in some if re.fullmatch(r"[a-z]+\d+", x)} for some in (mine, theirs)]
        if all(named) and not mine & theirs:
            return 0.0
        sure = sure and (mine == theirs or bool(mine & theirs))
    places = set(one["place"]), set(other["place"])
    return 1.0 if sure and not (all(places) and not places[0] & places[1]) else None


def _near(span: Sequence[int], event: Event) -> bool:
    begin, end = event.spans[0].begin, event.spans[0].end
    common = min(span[1], end) - max(span[0], begin)
    return common > 0 and common * 2 >= min(span[1] - span[0], end - begin)


def _fit(pairs: Sequence[Pair], names: Sequence[str], weights: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic model with a ridge, the intercept last (Newton's method)."""
    x = np.array([[*(measured.get(n, 0.0) for n in names), 1.0] for measured, _ in pairs])
    y = np.array([same for _, same in pairs])
    ridge = np.array([*[RIDGE] * len(names), 0.0])
    fitted = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ fitted))
        gradient = x.T @ (weights * (p - y)) + ridge * fitted
        curve = (x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        fitted -= np.linalg.solve(curve, gradient)
    return fitted


if __name__ == "__main__":
    main()
