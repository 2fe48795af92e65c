"""Turns the numbers of corpus.py into the tables of corpus.md; what was not measured is left out."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

Numbers = dict[str, Any]


def report(results: Numbers, machine: str) -> str:
    """Return the report."""
    lines = ["# Corpora: speed, processes, memory, identity", ""]
    lines += [f"Made by `python benchmarks/corpus.py` on news from `benchmarks/newsmaker.py`; {machine}.", ""]
    for name, section in SECTIONS.items():
        if name in results:
            lines += [*section(results[name]), ""]
    return "\n".join(lines)


def _speed(found: Numbers) -> list[str]:
    return [
        "## Whole build against bare `nlp.pipe`",
        "",
        f"{found['articles']} articles, {found['words']:,} words, {found['tokens']:,} tokens, five rounds:",
        f"bare {found['bare']:.1f} s ({found['tokens'] / found['bare']:,.0f} tokens/s), "
        f"whole {found['whole']:.1f} s ({found['tokens'] / found['whole']:,.0f} tokens/s).",
        f"Median ratio **{found['ratio']:.2f}** (from {found['low']:.2f} to {found['high']:.2f}); aim: 1.25 at most.",
        f"Of it, writing {found['triples']:,} triples that are sorted already took {found['write']:.2f} s.",
    ]


def _jobs(found: Numbers) -> list[str]:
    ones, twos = ([one[count] for one in found["rounds"]] for count in ("1", "2"))
    ratios = [one / two for one, two in zip(ones, twos, strict=True)]
    return [
        "## Two processes",
        "",
        f"{found['articles']:,} articles, {len(ratios)} rounds, models loaded anew in each build: "
        f"{median(ones):.1f} s by one process, {median(twos):.1f} s by two.",
        f"Median ratio **{median(ratios):.2f}** (from {min(ratios):.2f} to {max(ratios):.2f}); aim: 1.8. "
        f"The bytes are {'the same' if found['same'] else 'NOT the same'}.",
    ]


def _memory(found: Numbers) -> list[str]:
    rows = [f"| {int(count):,} | {one['mib']:,} |" for count, one in found.items()]
    return [
        "## Memory of a whole build",
        "",
        "| articles | most memory of all its processes together, MiB |",
        "|---:|---:|",
        *rows,
    ]


def _large(found: Numbers) -> list[str]:
    lines = [
        "## After annotation: who is who, triples, files",
        "",
        "| articles | nodes | who is who, s | triples, s | files, s | Turtle, MB | manifest, MB | MiB before | after "
        "who is who | at the end |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for count, one in found.items():
        steps, marks = one["steps"], one["marks"]
        lines.append(
            f"| {int(count):,} | {one['nodes']:,} | {steps['triples'] - steps['identity']:.1f} "
            f"| {steps['graph.ttl'] - steps['triples']:.1f} | {steps['end'] - steps['graph.ttl']:.1f} "
            f"| {one['bytes'] / 1e6:,.0f} | {one['manifest'] / 1e6:,.0f} | {one['filled']:,} | {marks['triples']:,} "
            f"| {one['mib']:,} |"
        )
    return lines


def _identity(found: Numbers) -> list[str]:
    rows = []
    for count, one in found.items():
        ray = "" if one.get("ray") is None else f"{one['ray']:.1f}"
        rows.append(f"| {int(count):,} | {one['nodes']:,} | {one['seconds']:.2f} | {one['mib']:,} | {ray} |")
    return [
        "## Who is who by itself",
        "",
        "| records | nodes | s | MiB | by two workers of Ray, s |",
        "|---:|---:|---:|---:|---:|",
        *rows,
    ]


def _quality(found: Numbers) -> list[str]:
    return [
        "## One node each",
        "",
        f"{found['mentions']:,} mentions of people and organisations, {found['found']:.3f} of them on a node. "
        f"Pairs in different articles: precision **{found['precision']:.3f}** (aim .97), "
        f"recall **{found['recall']:.3f}** (aim .93).",
    ]


SECTIONS: dict[str, Callable[[Numbers], list[str]]] = {
    "speed": _speed,
    "jobs": _jobs,
    "memory": _memory,
    "large": _large,
    "identity": _identity,
    "quality": _quality,
}
