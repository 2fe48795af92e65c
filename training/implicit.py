"""Trains the head that takes participants over from other tellings: small networks over the finished reader's vectors.

    python -m training.implicit WEIGHTS NEWS … --out OUT/implicit.npz

WEIGHTS are the reader's, each NEWS is a folder of annotated articles. What the reader will miss is left
out at random, so that the head meets tellings as incomplete as it will have them.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kg.annotate import annotate, load_model
from kg.extract.events.implicit import clause_of
from kg.extract.events.retellings import KNOWN
from kg.heads.implicit import candidates
from kg.heads.narrative import PARTIES, SLOTS, Narrative, Telling
from kg.heads.reader import LearnedReader
from kg.heads.small import PrincipalComponents
from kg.heads.weights import load_weights
from kg.lexicon import load_lexicon
from kg.model import Span
from kg.parsed import Parsed
from training.corpora import annotated, mentions_of
from training.samples import CLASSES
from training.small import COMPONENTS, arguments, components, networks, write

Wanted = list[dict[str, set[str]]]
OF_VECTORS = 5 * COMPONENTS  # of the trigger, the likest telling, what may be taken over, and two products
COPIES = 2  # of each article, with other things left out
MISSED_EVENTS, MISSED_ARGUMENTS = 0.25, 0.3  # about what the reader misses


def narratives(folder: Path, reader: LearnedReader) -> Iterator[tuple[Narrative, Wanted]]:
    """Yield each annotated article as the head meets it, and what fills each slot of each telling in truth."""
    read = [(gold, article) for gold, article in annotated(folder) if gold.get("events")]
    lexicon = load_lexicon(None)
    for (gold, _), parsed in zip(read, annotate((a for _, a in read), load_model()), strict=True):
        # half of the precision is enough to learn from, and all articles are held at once
        yield narrative(gold, parsed, reader.read(parsed, lexicon).vectors.astype(np.float16))


def narrative(gold: dict, parsed: Parsed, vectors: np.ndarray) -> tuple[Narrative, Wanted]:
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
                parsed.tokens_in(Span(begin, end))[0].i,
                sentence(begin),
                bisect_right(blocks, begin) - 1,
                bool(before) and before[0] in KNOWN,
                named,
                frozenset(p for p in PARTIES if any(f not in kinds for f in event[p])),
                clause_of(Span(begin, end), parsed),
            )
        )
        wanted.append(truth)
    mentions = {e["id"]: tuple(mentions_of(e["mentions"], parsed)) for e in gold["entities"]}
    published = (gold.get("published") or "")[:10]
    return Narrative(tuple(told), mentions, kinds, published, len(sentences), vectors), wanted


def incomplete(whole: Narrative, wanted: Wanted, rng: random.Random) -> tuple[Narrative, Wanted]:
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


def samples(
    made: Sequence[tuple[Narrative, Wanted]], slot: str, reduce: PrincipalComponents
) -> tuple[np.ndarray, np.ndarray]:
    """Return features and labels of a slot's candidates."""
    classes = [name.upper() for name in CLASSES]
    rows, labels = [], []
    for whole, wanted in made:
        asked = candidates(whole, slot, classes, reduce(whole.vectors))
        if asked.tellings:
            rows.append(asked.features)
            labels += [f in wanted[t][slot] for t, f in zip(asked.tellings, asked.fillers, strict=True)]
    return np.concatenate(rows), np.array(labels, dtype=np.float32)


def main() -> None:
    """Train all slots and write the arrays."""
    options = arguments(__doc__)
    rng = random.Random(5)
    reader = LearnedReader(load_weights(options.weights), antecedents=False)
    whole = [one for folder in options.news for one in narratives(folder, reader)]
    made = [incomplete(*one, rng) for _ in range(COPIES) for one in whole]
    arrays: dict[str, np.ndarray] = {"classes": np.array([name.upper() for name in CLASSES])}
    arrays |= components([one.vectors for one, _ in whole])
    for slot in SLOTS:
        features, labels = samples(made, slot, PrincipalComponents.of(arrays))
        arrays |= networks(features, labels, slot, OF_VECTORS)
        print(slot, len(labels), "candidates,", f"{labels.mean():.3f} of them right", flush=True)
    write(arrays, options.out)


if __name__ == "__main__":
    main()
