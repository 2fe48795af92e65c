"""Trains the reader in two steps, on predicates of open text and then on the news; goes on where it was stopped."""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F

from kg.heads.features import Inventory
from training.measure import measure
from training.model import Batch, Encoder, Reader
from training.samples import IGNORE, NETS, VALUES, Sample, inventory

MASK = 103
WEIGHTS = {
    "trigger": 1.0, "class": 0.9, "factuality": 0.6, "names": 0.6, "quotes": 0.6, "titles": 0.9, "former": 0.2,
}  # fmt: skip
OF_NETS = {"event": 1.2, "quote": 0.5, "title": 0.8, "predicate": 1.0}
CORPORA = ("geneva", "qanom", "ecbplus", "propbank")
"""What the first step learns from."""
OF_LEXICON = ("class=", "cue=", "title", "person", "group", "light", "former", "organization", "place")
STEP1, STEP2 = ("predicate", "nominal", "happening", "geneva"), tuple(WEIGHTS)
FIRST_STEP = ("nets.predicate.", *(f"tags.{task}." for task in STEP1))
"""What the parameters of heads begin with that the first step alone trains."""


def collate(chosen: list[Sample], known: Inventory, masked: float, rng: random.Random) -> Batch:
    """Put samples side by side; with probability `masked` the pieces of a name are hidden, so that what stands
    around it is read.
    """
    length = max(len(s.ids) for s in chosen)
    ids = torch.zeros(len(chosen), length, dtype=torch.long)
    at: list[int] = []
    rows: list[int] = []
    offsets: list[int] = []
    tags: dict[str, list[int]] = {task: [] for task in VALUES}
    pairs: dict[str, list[list]] = {net: [[], [], [], [], [], []] for net in NETS}
    for n, sample in enumerate(chosen):
        own = list(sample.ids)
        if masked:
            for i, begin in enumerate(sample.at):
                end = sample.at[i + 1] if i + 1 < len(sample.at) else len(own) - 1
                if rng.random() < (masked if sample.names[i] else masked / 6):
                    own[begin:end] = [MASK] * (end - begin)
        ids[n, : len(own)] = torch.tensor(own)
        base = len(at)
        at += [n * length + p for p in sample.at]
        for features in sample.rows:
            offsets.append(len(rows))
            rows += features if not masked or rng.random() > 0.03 else []
        for task in tags:
            tags[task] += sample.tags.get(task) or [IGNORE] * len(sample.at)
        for a in sample.anchors:
            first, last, cand, path, dist, label = pairs[a.net]
            first += [base + a.first] * len(a.candidates)
            last += [base + a.last] * len(a.candidates)
            cand += [base + c for c in a.candidates]
            path += a.paths
            dist += a.distances
            label += a.labels
    return Batch(
        ids,
        torch.tensor(at),
        torch.tensor(rows),
        torch.tensor(offsets),
        {task: torch.tensor(values) for task, values in tags.items()},
        {
            net: tuple(
                torch.tensor(x, dtype=torch.float if n == 5 else torch.long) for n, x in enumerate(parts)
            )
            for net, parts in pairs.items()
        },
    )


def numbered(made: list[Sample], known: Inventory) -> list[Sample]:
    """Replace the names of features by their rows."""
    for sample in made:
        sample.rows = [known.rows_of(f) for f in sample.features]
        for a in sample.anchors:
            a.paths = [known.path_row(p) for p in a.paths]
            a.distances = [known.distance_row(d) for d in a.distances]
    return made


def loss_of(reader: Reader, batch: Batch, tasks: tuple[str, ...], nets: tuple[str, ...]) -> torch.Tensor:
    """Return the weighted loss of the tasks on a batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = reader.vectors(batch)
    total = torch.zeros(())
    for task in tasks:
        wanted = batch.tags[task]
        seen = (wanted != IGNORE).nonzero().squeeze(1)
        if len(seen):
            scores = reader.tags[task](vectors[seen])
            total = total + WEIGHTS.get(task, 0.7) * F.cross_entropy(
                scores, wanted[seen], label_smoothing=0.02
            )
    for net in nets:
        first, last, cand, path, dist, label = batch.pairs[net]
        if len(first):
            scores = reader.nets[net](vectors[first], vectors[last], vectors[cand], path, dist)
            total = total + OF_NETS[net] * F.binary_cross_entropy_with_logits(scores, label) * 6
    return total


@dataclass(frozen=True, slots=True)
class Course:
    """What is learned, for how long and how fast; `rates` are those of the encoder and of the heads, `size` samples a
    step; with probability `masked` the pieces of a name are hidden.
    """

    tasks: tuple[str, ...]
    nets: tuple[str, ...]
    epochs: float
    rates: tuple[float, float]
    seed: int
    size: int = 16
    masked: float = 0.15


def train(
    reader: Reader,
    sets: list[list[Sample]],
    known: Inventory,
    course: Course,
    folder: Path,
    dev: list[Sample] | None = None,
) -> None:
    """Train on all samples of the sets, the state of each epoch on disk."""
    rng, size, rates = random.Random(course.seed), course.size, course.rates
    torch.manual_seed(course.seed)
    everything = [s for one in sets for s in one]
    steps = max(1, int(len(everything) / size * course.epochs))
    slow, fast = [], []
    for name, p in reader.named_parameters():
        (slow if name.startswith("encoder.") else fast).append(p)
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": rates[0]}, {"params": fast, "lr": rates[1]}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    warm = max(1, int(0.08 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm)))
    )
    state = folder / "state.pt"
    done = 0
    if state.exists():
        kept = torch.load(state, weights_only=False)
        reader.load_state_dict(kept["reader"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        done = kept["done"]
        rng.setstate(kept["rng"])
        torch.set_rng_state(kept["torch"])
    reader.train()
    started, seen, total = time.time(), 0, 0.0
    order: list[Sample] = []
    while done < steps:
        if len(order) < size:
            order = _shuffled(everything, size, rng)
        chosen, order = order[:size], order[size:]
        loss = loss_of(reader, collate(chosen, known, course.masked, rng), course.tasks, course.nets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        done += 1
        seen += 1
        total += float(loss.detach())
        if seen % 100 == 0 or done == steps:
            print(
                f"step {done}/{steps} loss {total / seen:.4f} {(time.time() - started) / seen:.2f} s/step",
                flush=True,
            )
            total, seen, started = 0.0, 0, time.time()
            torch.save(
                {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
                 "done": done, "rng": rng.getstate(), "torch": torch.get_rng_state()}, state,
            )  # fmt: skip
            if dev is not None and (done % 300 == 0 or done == steps):
                print(json.dumps(measure(reader, dev, known)), flush=True)
                reader.train()
    torch.save(reader.state_dict(), folder / "reader.pt")
    state.unlink(missing_ok=True)


def _shuffled(everything: list[Sample], size: int, rng: random.Random) -> list[Sample]:
    """Return the samples in a random order in which those of one batch are about as long as each other."""
    mixed = sorted(everything, key=lambda s: rng.random())
    near: list[Sample] = []
    for n in range(0, len(mixed), size * 8):
        near += sorted(mixed[n : n + size * 8], key=lambda s: len(s.ids))
    groups = [near[n : n + size] for n in range(0, len(near) - size + 1, size)]
    rng.shuffle(groups)
    return [s for group in groups for s in group]


def load_samples(folder: Path, name: str) -> list[Sample]:
    """Return the prepared samples of a corpus."""
    made, values = pickle.loads((folder / f"{name}.pickle").read_bytes())
    if values["geneva"]:
        VALUES["geneva"] = values["geneva"]
    return made


def load_inventory(folder: Path) -> Inventory:
    """Return the features, paths and distances of the first step in a folder."""
    kept = json.loads((folder / "inventory.json").read_text())
    return Inventory(**{name: tuple(values) for name, values in kept.items()})


def save_inventory(folder: Path, known: Inventory) -> None:
    """Keep the features, paths and distances of the first step in a folder."""
    kept = {"words": known.words, "paths": known.paths, "distances": known.distances}
    (folder / "inventory.json").write_text(json.dumps(kept))


def take_over(reader: Reader, weights: Mapping[str, torch.Tensor]) -> None:
    """Give a reader what another has learned; the heads of the first step may be missing. Raises KeyError."""
    found = reader.load_state_dict(weights, strict=False)
    wrong = (n for n in (*found.missing_keys, *found.unexpected_keys) if not n.startswith(FIRST_STEP))
    if (name := next(wrong, None)) is not None:
        raise KeyError(f"{name}: the weights are of another network")


def new_reader(encoder: Path, known: Inventory) -> Reader:
    """Return a reader on a pretrained encoder; its heads have learned nothing."""
    sizes = len(known.words), len(known.paths), len(known.distances)
    return Reader(Encoder.pretrained(encoder), *sizes, VALUES, NETS)


def predicates_first(
    reader: Reader, known: Inventory, before: list[list[Sample]], course: Course, folder: Path
) -> None:
    """Train the first step, or load what it made in a folder; the pairs of events begin as those of predicates."""
    made = folder / "reader.pt"
    if made.exists():
        # a head may be newer than the first step
        reader.load_state_dict(torch.load(made), strict=False)
    else:
        train(reader, [numbered(one, known) for one in before], known, course, folder)
    # who acts and whom it befalls is known from predicates; the news puts it in its own terms
    reader.nets["event"].load_state_dict(
        {k: v for k, v in reader.nets["predicate"].state_dict().items() if not k.startswith("out.")},
        strict=False,
    )


def inventory_of(
    folder: Path, news: list[Sample], before: list[list[Sample]], with_lexicon: bool
) -> Inventory:
    """Return the inventory that a folder keeps; without one, that of the samples, which is kept there."""
    if (folder / "inventory.json").exists():
        return load_inventory(folder)
    known = inventory([*news, *(s for one in before for s in one)])
    if not with_lexicon:
        words = tuple(w for w in known.words if not w.startswith(OF_LEXICON))
        known = Inventory(words, known.paths, known.distances)
    save_inventory(folder, known)
    return known


def main() -> None:
    """Train; the folders hold what each step made."""
    options = _options()
    torch.set_num_threads(options.threads)
    rates = options.rate, options.heads_rate
    news = [s for name in options.sets for s in load_samples(options.samples, name)]
    dev = load_samples(options.samples, "dev")
    first = options.first or options.out / "first"
    first.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    done = (first / "inventory.json").exists() and (
        not options.first_epochs or options.start or (first / "reader.pt").exists()
    )
    before = [] if done else [load_samples(options.samples, name) for name in CORPORA]
    known = inventory_of(first, news, before, not options.no_lexicon)
    reader = new_reader(options.encoder, known)
    size = sum(p.numel() for p in reader.parameters()) / 1e6
    print(f"{size} M parameters; {len(known.words)} features {len(known.paths)} paths", flush=True)
    if options.start:
        take_over(reader, torch.load(options.start))
    elif options.first_epochs:
        course = Course(STEP1, ("predicate",), options.first_epochs, rates, options.seed)
        predicates_first(reader, known, before, course, first)
    del before
    numbered(news, known)
    numbered(dev, known)
    if options.part < 1:
        ids = sorted({s.source for s in news})
        chosen = set(random.Random(7).sample(ids, int(len(ids) * options.part)))
        news = [s for s in news if s.source in chosen]
    nets = ("event", "quote", "title")
    course = Course(STEP2, nets, options.epochs, rates, options.seed, options.size)
    train(reader, [news], known, course, options.out, dev)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--first-epochs", type=float, default=3)
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--sets", nargs="+", default=["train"], help="annotated sets to learn from")
    parser.add_argument("--part", type=float, default=1.0, help="of the news to learn from")
    parser.add_argument("--size", type=int, default=8, help="chunks a step, of the news")
    parser.add_argument("--rate", type=float, default=1e-4, help="of the encoder")
    parser.add_argument("--heads-rate", type=float, default=1e-3)
    parser.add_argument("--no-lexicon", action="store_true")
    parser.add_argument("--first", type=Path, help="folder of the first step (default: OUT/first)")
    parser.add_argument("--start", type=Path, help="weights of a reader that has learned the news already")
    return parser.parse_args()


if __name__ == "__main__":
    main()
