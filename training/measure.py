"""Figures of the heads by themselves on prepared samples: what the decoders have to work with."""

from __future__ import annotations

from collections import Counter

import torch

from training.samples import IGNORE, NETS, VALUES, Sample


def spans(tags: list[int], values: tuple[str, ...]) -> set[tuple[int, int, str]]:
    """Return the stretches that B and I tags mark."""
    found, begin, kind = set(), None, ""
    for i, tag in enumerate([*tags, 0]):
        name = values[tag]
        if begin is not None and (not name.startswith("I-") or name[2:] != kind):
            found.add((begin, i, kind))
            begin = None
        if name.startswith("B-") or (name.startswith("I-") and begin is None):
            begin, kind = i, name[2:]
    return found


def _f(right: int, made: int, gold: int) -> float:
    return round(2 * right / (made + gold), 4) if made + gold else 0.0


@torch.no_grad()
def measure(reader, dev: list[Sample], known) -> dict[str, float]:
    """Return F of triggers, stretches, relations (given gold anchors), and accuracies given gold triggers."""
    from training.train import collate

    reader.eval()
    count: Counter = Counter()
    best: list[tuple[float, int]] = []
    for sample in dev:
        batch = collate([sample], known, 0.0, None)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = reader.vectors(batch)
        vectors = vectors.float()
        for task in ("trigger", "class", "factuality", "former"):
            wanted = batch.tags[task]
            scores = reader.tags[task](vectors)
            if task == "trigger":
                p = scores.softmax(-1)[:, 1]
                best += list(zip(p.tolist(), wanted.tolist(), strict=True))
                continue
            seen = wanted != IGNORE
            count[task, "all"] += int(seen.sum())
            count[task, "right"] += int((scores.argmax(-1)[seen] == wanted[seen]).sum())
        for task in ("names", "quotes", "titles"):
            wanted = batch.tags[task].tolist()
            made = reader.tags[task](vectors).argmax(-1).tolist()
            if task == "quotes":
                count[task, "right"] += sum(a > 0 and b > 0 for a, b in zip(wanted, made, strict=True))
                count[task, "made"] += sum(b > 0 for b in made)
                count[task, "gold"] += sum(a > 0 for a in wanted)
            else:
                g, m = spans(wanted, VALUES[task]), spans(made, VALUES[task])
                count[task, "right"] += len(g & m)
                count[task, "made"] += len(m)
                count[task, "gold"] += len(g)
        for net in ("event", "quote", "title"):
            first, last, cand, path, dist, label = batch.pairs[net]
            if not len(first):
                continue
            scores = reader.nets[net](vectors[first], vectors[last], vectors[cand], path, dist)
            for n, name in enumerate(NETS[net]):
                made = scores[:, n] > 0
                gold = label[:, n] > 0
                count[name, "right"] += int((made & gold).sum())
                count[name, "made"] += int(made.sum())
                count[name, "gold"] += int(gold.sum())
    out: dict[str, float] = {}
    gold = sum(y for _, y in best)
    best.sort(reverse=True)
    right, top = 0, (0.0, 0.0)
    for n, (p, y) in enumerate(best, 1):
        right += y
        top = max(top, (2 * right / (n + gold), p))
    out["trigger"] = round(top[0], 4)
    out["trigger at"] = round(top[1], 3)
    out["trigger .5"] = _f(sum(y for p, y in best if p > 0.5), sum(p > 0.5 for p, _ in best), gold)
    for task in ("class", "factuality", "former"):
        out[task] = round(count[task, "right"] / max(1, count[task, "all"]), 4)
    for name in ("names", "quotes", "titles", *NETS["event"], *NETS["quote"], *NETS["title"]):
        out[name] = _f(count[name, "right"], count[name, "made"], count[name, "gold"])
    r, m, g = (sum(count[n, k] for n in NETS["event"]) for k in ("right", "made", "gold"))
    out["arguments"] = _f(r, m, g)
    return out
