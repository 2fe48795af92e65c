"""Trains the head that takes participants over from other tellings: small networks, from the annotated news alone.

    python -m training.implicit DATA OUT/implicit.npz

What the reader will miss is left out at random, so that the head meets tellings as incomplete as it will have them.
"""

from __future__ import annotations

import argparse
import json
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from kg.annotate import annotate, load_model
from kg.extract.implicit import KNOWN
from kg.heads.implicit import PARTIES, SLOTS, Discourse, Telling, candidates
from kg.model import Article
from kg.parsed import Parsed
from training.samples import CLASSES

Wanted = list[dict[str, set[str]]]
COPIES = 3  # of each article, with other things left out
MISSED_EVENTS, MISSED_ARGUMENTS = 0.25, 0.3  # about what the reader misses
NETWORKS, HIDDEN = 4, 32


def discourses(folder: Path, nlp) -> Iterator[tuple[Discourse, Wanted]]:
    """Yield each annotated article as the head meets it, and what fills each slot of each telling in truth."""
    golds, articles = [], []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("events"):
            text = path.with_name(path.name.removesuffix(".gold.json") + ".txt").read_text(encoding="utf-8")
            golds.append(gold)
            articles.append(Article(gold["id"], text, gold["id"], date=gold.get("published")))
    for gold, parsed in zip(golds, annotate(articles, nlp), strict=True):
        yield discourse(gold, parsed)


def discourse(gold: dict, parsed: Parsed) -> tuple[Discourse, Wanted]:
    """Return an annotated article as the head meets it, and what fills each slot of each telling in truth."""
    sentences = [s.span.begin for s in parsed.sentences]
    blocks = [b.span.begin for b in parsed.blocks]
    kinds = {e["id"]: e["type"] for e in gold["entities"]}
    at = {tuple(m): e["id"] for e in gold["entities"] for m in e["mentions"]}

    def sentence(begin: int) -> int:
        return bisect_right(sentences, begin) - 1

    told: list[Telling] = []
    wanted: Wanted = []
    text = parsed.article.text
    for event in sorted(gold["events"], key=lambda e: e["trigger"]):
        begin, end = event["trigger"]
        truth = {p: {f for f in event[p] if f in kinds} for p in PARTIES}
        truth["date"] = {event["date"]} if event["date"] else set()
        named: dict[str, frozenset[str]] = {}
        for party in PARTIES:
            spans = event.get(party + "_spans") or []
            here = [tuple(s) for s in spans if s and sentence(s[0]) == sentence(begin)]
            if party == "place":
                own = {at[s] for s in here if s in at}
            else:
                own = {
                    f
                    for f, s in zip(event[party], spans, strict=False)
                    if s and sentence(s[0]) == sentence(begin)
                }
            named[party] = frozenset(own & truth[party])
        named["date"] = frozenset(truth["date"] if event.get("time_span") else ())
        before = text[max(0, begin - 12) : begin].lower().split()[-1:]
        told.append(
            Telling(
                event["type"],
                text[begin:end].lower(),
                event["modality"],
                sentence(begin),
                bisect_right(blocks, begin) - 1,
                bool(before) and before[0] in KNOWN,
                named,
                frozenset(p for p in PARTIES if any(f not in kinds for f in event[p])),
            )
        )
        wanted.append(truth)
    mentions = {e["id"]: tuple(sorted(sentence(m[0]) for m in e["mentions"])) for e in gold["entities"]}
    return (
        Discourse(tuple(told), mentions, kinds, (gold.get("published") or "")[:10], len(sentences)),
        wanted,
    )


def incomplete(whole: Discourse, wanted: Wanted, rng: random.Random) -> tuple[Discourse, Wanted]:
    """Leave out events and arguments, as the reader does."""
    kept = [n for n in range(len(wanted)) if rng.random() >= MISSED_EVENTS]
    told = tuple(
        replace(
            whole.tellings[n],
            fillers={
                slot: frozenset(f for f in sorted(own) if rng.random() >= MISSED_ARGUMENTS)
                for slot, own in whole.tellings[n].fillers.items()
            },
        )
        for n in kept
    )
    return replace(whole, tellings=told), [wanted[n] for n in kept]


def samples(made: Sequence[tuple[Discourse, Wanted]], slot: str) -> tuple[np.ndarray, np.ndarray]:
    """Return features and labels of a slot's candidates."""
    classes = [name.upper() for name in CLASSES]
    rows, labels = [], []
    for whole, wanted in made:
        asked = candidates(whole, slot, classes)
        if asked.tellings:
            rows.append(asked.features)
            labels += [f in wanted[t][slot] for t, f in zip(asked.tellings, asked.fillers, strict=True)]
    return np.concatenate(rows), np.array(labels, dtype=np.float32)


def network(x: torch.Tensor, y: torch.Tensor, seed: int, epochs: int = 12) -> nn.Sequential:
    """Return a network of one hidden layer, trained on standardized features."""
    torch.manual_seed(seed)
    made = nn.Sequential(
        nn.Linear(x.shape[1], HIDDEN), nn.GELU("tanh"), nn.Dropout(0.2), nn.Linear(HIDDEN, 1)
    )
    optimizer = torch.optim.AdamW(made.parameters(), lr=3e-3, weight_decay=0.02)
    steps = epochs * (len(x) // 256 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    for _ in range(epochs):
        for chosen in torch.randperm(len(x)).split(256):
            loss = F.binary_cross_entropy_with_logits(made(x[chosen]).squeeze(1), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return made.eval()


def main() -> None:
    """Train all slots and write the arrays."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with news/train")
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--more", type=Path, nargs="*", default=[], help="further folders of annotated articles"
    )
    options = parser.parse_args()
    rng = random.Random(5)
    torch.set_num_threads(1)
    nlp = load_model()
    whole = [
        d for folder in (options.data / "news" / "train", *options.more) for d in discourses(folder, nlp)
    ]
    made = [incomplete(*one, rng) for _ in range(COPIES) for one in whole]
    arrays: dict[str, np.ndarray] = {"classes": np.array([name.upper() for name in CLASSES])}
    for slot in SLOTS:
        features, labels = samples(made, slot)
        mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
        x = torch.from_numpy(np.clip((features - mean) / spread, -5, 5))
        networks = [network(x, torch.from_numpy(labels), seed) for seed in range(NETWORKS)]
        first, last = [m[0] for m in networks], [m[3] for m in networks]
        arrays |= {
            f"{slot}.mean": mean,
            f"{slot}.spread": spread,
            f"{slot}.inner": torch.stack([m.weight.T for m in first]).detach().numpy(),
            f"{slot}.inner_bias": torch.stack([m.bias for m in first]).detach().numpy(),
            f"{slot}.outer": torch.stack([m.weight[0] for m in last]).detach().numpy(),
            f"{slot}.outer_bias": torch.stack([m.bias[0] for m in last]).detach().numpy(),
        }
        print(slot, len(labels), "candidates,", f"{labels.mean():.3f} of them right", flush=True)
    np.savez(options.out, **{k: v if k == "classes" else v.astype(np.float32) for k, v in arrays.items()})


if __name__ == "__main__":
    main()
