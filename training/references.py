"""Trains the head that ranks antecedents, on the frozen vectors of a reader; takes minutes.

    python -m training.references DATA WEIGHTS WORK

WEIGHTS is a folder that `training.export` wrote; `antecedents.npz` is added to it. Articles are read by the program
itself, so that the head sees the candidates that it will be asked about: once led by the annotation, and once with the
mistakes that the program makes by itself. All pronouns teach, though only some are ranked
(`kg.resolve.references.antecedent_ranking`).
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.annotate import annotate, load_model
from kg.heads.antecedents import FILE
from kg.heads.reader import LearnedReader
from kg.heads.weights import load_weights
from kg.lexicon import Lexicon, load_lexicon
from kg.model import MentionKind
from kg.parsed import Parsed
from kg.resolve import resolve
from kg.resolve.entity_drafts import Thing
from kg.resolve.references.antecedent_ranking import Case
from kg.resolve.references.antecedents import Antecedent
from kg.world import World, load_world
from training import chains
from training.chains import Chained, Heads, heads_of

Read = tuple[Chained, Parsed, np.ndarray]
IMPORTANCE = {"news": 2.0}  # of a case, by the corpus; one elsewhere
LEAST = 12  # times that a feature is seen
WIDTH = 384


HIDDEN, DROP = 48, 0.3
EPOCHS, SIZE, RATE = 10, 32, 1.5e-3
DROPPED = 0.15  # of the features, while it learns


@dataclass(slots=True)
class Sample:
    """A case in numbers: rows of vectors, rows of features, which candidates are right, whether none may be."""

    mention: int
    candidates: np.ndarray
    own: np.ndarray
    features: list[np.ndarray]
    right: np.ndarray
    none: bool
    importance: float


class Guide:
    """A rank that notes the cases to learn from, and if `leading` answers as the annotation does where that tells."""

    asks_all = True

    def __init__(self, heads: Heads, leading: bool) -> None:
        self.cases: list[tuple[Case, list[bool], bool]] = []
        self._heads, self._leading = heads, leading

    def __call__(self, case: Case) -> Sequence[float] | None:
        """Return the probability of each candidate and, as the last, of none; None where it does not lead."""
        answer = self._answer(case)
        if answer is None:
            return None
        self.cases.append((case, *answer))
        if not self._leading:
            return None
        right, none = answer
        known = [n for n, yes in enumerate(right) if yes] if not none else []
        latest = max(known, key=lambda n: case.candidates[n].head, default=len(right))
        return [float(n == latest) for n in range(len(right) + 1)]

    def _answer(self, case: Case) -> tuple[list[bool], bool] | None:
        """Return which candidates are right, and whether none may be; None where the annotation does not tell."""
        chain = self._heads.of.get(case.token)
        unnamed = [not self._heads.full and not a.things for a in case.candidates]
        if chain is None:
            if self._heads.full:
                return [False] * len(unnamed), True
            return (unnamed, True) if case.token in self._heads.none else None
        right = [self._is_of(a, chain) for a in case.candidates]
        return (right, False) if any(right) else (unnamed, True)

    def _is_of(self, candidate: Antecedent, chain: str) -> bool:
        of = self._heads.of.get(candidate.head)
        if len(candidate.things) > 1:
            return chain in self._heads.all.get(candidate.head, ()) and chain != of
        named = aligned(self._heads, candidate.things[0]) if candidate.things else None
        return (of if named is None else named) == chain


def aligned(heads: Heads, thing: Thing) -> str | None:
    """Return the chain that most names of a thing stand in."""
    return heads.most_named((f.first, f.last, f.head) for f in thing.found if f.kind is MentionKind.NAME)


def read(told: list[Chained], reader: LearnedReader, lexicon: Lexicon) -> Iterator[Read]:
    """Yield articles with parse and vectors."""
    for one, parsed in zip(told, annotate([t.article for t in told], load_model()), strict=True):
        yield one, parsed, reader.read(parsed, lexicon).vectors


@dataclass(slots=True)
class Collected:
    """What all samples share: the vectors that they point into, and the names of features by row."""

    rows: dict[str, int] = field(default_factory=dict)
    table: list[np.ndarray] = field(default_factory=list)


def samples(
    articles: list[Read],
    importance: float,
    reader: LearnedReader,
    lexicon: Lexicon,
    world: World,
    shared: Collected,
) -> Iterator[Sample]:
    """Yield the cases of articles; their vectors and the names of their features are added to what is shared."""
    rows, table = shared.rows, shared.table

    def numbers(names: Sequence[str]) -> np.ndarray:
        return np.array([rows.setdefault(n, len(rows)) for n in names], np.int64)

    size = sum(len(t) for t in table)
    for told, parsed, vectors in articles:
        reading = reader.reading(parsed, vectors, None)
        for leading in (True, False):
            guide = Guide(heads_of(told, parsed), leading)
            resolve(parsed, lexicon, world, reading, rank=guide)
            needed = sorted(
                {i for c, _, _ in guide.cases for i in (c.token, *(a.head for a in c.candidates))}
            )
            if not needed:
                continue
            at = {token: size + n for n, token in enumerate(needed)}
            table.append(vectors[needed].astype(np.float32))
            size += len(needed)
            for case, right, none in guide.cases:
                yield Sample(
                    at[case.token],
                    np.array([at[a.head] for a in case.candidates], np.int64),
                    numbers(case.own),
                    [numbers(f) for f in case.features],
                    np.array(right),
                    none,
                    importance,
                )


class Ranker(nn.Module):
    """The network that `kg.heads.antecedents` runs."""

    def __init__(self, rows: int, hidden: int, drop: float) -> None:
        super().__init__()
        self.features = nn.EmbeddingBag(rows + 1, hidden + 1, mode="sum", padding_idx=rows)
        self.mention, self.alone = nn.Linear(WIDTH, hidden), nn.Linear(WIDTH, hidden)
        self.candidate, self.product = (nn.Linear(WIDTH, hidden, bias=False) for _ in range(2))
        self.out, self.none = nn.Linear(hidden, 1), nn.Linear(hidden, 1)
        self.drop = nn.Dropout(drop)
        for part in self.modules():
            if isinstance(part, nn.Linear):
                nn.init.xavier_uniform_(part.weight, gain=0.7)
        with torch.no_grad():
            self.features.weight.normal_(0, 0.05)
            self.features.weight[:, -1] = 0
            self.features.weight[rows] = 0

    def forward(self, mention: Tensor, candidate: Tensor, who: Tensor, own: tuple, pairs: tuple) -> tuple:
        """Return the scores of pairs and of none for each mention; `who` is the mention of each pair."""
        of_own, of_pair = self.features(*own), self.features(*pairs)
        hidden = of_pair[:, :-1] + of_own[who, :-1] + self.mention(self.drop(mention))[who]
        hidden = hidden + self.candidate(self.drop(candidate)) + self.product(mention[who] * candidate)
        scores = self.out(self.drop(F.gelu(hidden, approximate="tanh")))[:, 0] + of_pair[:, -1]
        alone = of_own[:, :-1] + self.alone(self.drop(mention))
        return scores, self.none(self.drop(F.gelu(alone, approximate="tanh")))[:, 0] + of_own[:, -1]


def bags(
    lists: list[np.ndarray], last: int, dropped: float, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Put lists of rows behind each other, with where each begins; a share of the rows is dropped."""
    flat = np.concatenate(lists) if lists else np.zeros(0, np.int64)
    if dropped:
        flat = np.where(rng.random(len(flat)) < dropped, last, flat)
    return torch.from_numpy(flat), torch.from_numpy(np.cumsum([0, *(len(x) for x in lists[:-1])]))


def loss_of(
    net: Ranker, chosen: list[Sample], table: Tensor, dropped: float, rng: np.random.Generator
) -> Tensor:
    """Return the mean of how surprised the network is of what is right, all right candidates taken together."""
    last = net.features.num_embeddings - 1
    who = torch.from_numpy(np.repeat(np.arange(len(chosen)), [len(s.candidates) for s in chosen]))
    scores, none = net(
        table[torch.tensor([s.mention for s in chosen])],
        table[torch.from_numpy(np.concatenate([s.candidates for s in chosen]))],
        who,
        bags([s.own for s in chosen], last, dropped, rng),
        bags([f for s in chosen for f in s.features], last, dropped, rng),
    )
    right = torch.from_numpy(np.concatenate([s.right for s in chosen]))
    free = torch.tensor([s.none for s in chosen])
    every = _log_sum(scores, none, who)
    good = _log_sum(scores.masked_fill(~right, -1e4), none.masked_fill(~free, -1e4), who)
    return ((every - good) * torch.tensor([s.importance for s in chosen])).mean()


def _log_sum(scores: Tensor, none: Tensor, who: Tensor) -> Tensor:
    top = torch.full_like(none, -1e9).scatter_reduce(0, who, scores, "amax").maximum(none).detach()
    total = torch.exp(none - top).index_add(0, who, torch.exp(scores - top[who]))
    return top + torch.log(total)


def train(
    made: list[Sample], names: dict[str, int], table: np.ndarray, seed: int
) -> tuple[Ranker, list[str]]:
    """Return the trained network and the names of its rows of features."""
    torch.manual_seed(seed)
    rng, shuffle = np.random.default_rng(seed), random.Random(seed)
    counts = np.zeros(len(names), np.int64)
    for sample in made:
        np.add.at(counts, np.concatenate([sample.own, *sample.features]), 1)
    kept = [name for name, row in names.items() if counts[row] >= LEAST]
    new = np.full(len(names), len(kept), np.int64)
    for row, name in enumerate(kept):
        new[names[name]] = row
    numbered = [
        Sample(
            s.mention, s.candidates, new[s.own], [new[f] for f in s.features], s.right, s.none, s.importance
        )
        for s in made
    ]
    net, vectors = Ranker(len(kept), HIDDEN, DROP), torch.from_numpy(table)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    steps = len(numbered) // SIZE * EPOCHS
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 100) * max(0.02, 1 - s / max(1, steps))
    )
    net.train()
    for epoch in range(EPOCHS):
        shuffle.shuffle(numbered)
        total = 0.0
        for n in range(0, len(numbered) - SIZE + 1, SIZE):
            loss = loss_of(net, numbered[n : n + SIZE], vectors, DROPPED, rng)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1}/{EPOCHS} loss {total / max(1, len(numbered) // SIZE):.4f}", flush=True)
    return net, kept


def write(net: Ranker, names: list[str], folder: Path) -> None:
    """Write `antecedents.npz` into a folder."""
    arrays = {"features": net.features.weight[:-1].detach().numpy().astype(np.float16)}
    for name in ("mention", "alone", "out", "none", "candidate", "product"):
        part = getattr(net, name)
        arrays[f"{name}.weight"] = part.weight.detach().numpy().T.astype(np.float16)
        if part.bias is not None:
            arrays[f"{name}.bias"] = part.bias.detach().numpy().astype(np.float16)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / FILE, names=np.frombuffer("\n".join(names).encode(), np.uint8), **arrays)


def corpora(data: Path) -> dict[str, list[Chained]]:
    """Return what there is to learn from."""
    return {
        "news": list(chains.news(data / "news" / "train")),
        "gum": list(chains.gum(data / "gum")),
        "ecbplus": list(chains.ecbplus(data / "srl" / "ecbplus.jsonl")),
    }


def load(data: Path, work: Path, reader: LearnedReader, lexicon: Lexicon) -> dict[str, list[Read]]:
    """Return the corpora with parse and vectors, kept in a folder from one run to the next."""
    work.mkdir(parents=True, exist_ok=True)
    encoder = (reader.weights.folder / "encoder.onnx").read_bytes()
    version, out = hashlib.sha256(encoder).hexdigest()[:12], {}
    for name, told in corpora(data).items():
        kept = work / f"{name}-{version}.pickle"
        if not kept.exists():
            kept.write_bytes(pickle.dumps(list(read(told, reader, lexicon)), protocol=5))
        out[name] = pickle.loads(kept.read_bytes())
    return out


def main() -> None:
    """Train and add the head's weights to a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--fold", type=int, help="of five, to be left out (see training.measure_references)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    lexicon, world = load_lexicon(None), load_world()
    reader = LearnedReader(load_weights(options.weights), antecedents=False)
    articles = load(options.data, options.work, reader, lexicon)
    out = options.weights
    if options.fold is not None:
        out = options.work / f"fold-{options.fold}"
        articles = {k: [a for n, a in enumerate(v) if n % 5 != options.fold] for k, v in articles.items()}
    shared = Collected()
    made: list[Sample] = []
    for name, own in articles.items():
        made += samples(own, IMPORTANCE.get(name, 1.0), reader, lexicon, world, shared)
    print(f"{len(made)} cases, {len(shared.rows)} features", flush=True)
    net, kept = train(made, shared.rows, np.concatenate(shared.table), options.seed)
    write(net, kept, out)


if __name__ == "__main__":
    main()
