"""Writes the figures of `kg eval` into docs/quality.md, a column a version, and counts the errors that are left.

    kg eval GOLD_DIR --plover FILE --out evaluation
    python docs/figures.py evaluation/scores.json --as VERSION

A column of that name is replaced, another is added at the right; the others stay.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

QUALITY = Path(__file__).resolve().parent / "quality.md"
FIGURES = ("<!-- figures: docs/figures.py -->", "<!-- end of figures -->")
ERRORS = ("<!-- errors: docs/figures.py -->", "<!-- end of errors -->")
ROWS = {
    "entities": "entities, F",
    "types": "types, share right",
    "mentions": "mentions, F",
    "roles": "roles, F",
    "roles_org": "roles with organisation, F",
    "quotes": "quotes, F",
    "quotes_speaker": "quotes with speaker, F",
    "events": "events, F",
    "event_types": "event types, share right",
    "arguments": "arguments, F",
    "modality": "modality, share right",
    "found": "coded sentences: found",
    "typed": "coded sentences: typed",
    "source": "coded sentences: source",
    "target": "coded sentences: target",
    "all": "coded sentences: all",
}


def section(document: str, marks: tuple[str, str]) -> tuple[str, str, str]:
    """Return what stands before, between and after two marks.

    Raises:
        ValueError: the document lacks one.
    """
    before, first, rest = document.partition(marks[0])
    inner, last, after = rest.partition(marks[1])
    if not first or not last:
        raise ValueError(f"the document lacks the marks {marks[0]} and {marks[1]}")
    return before + first, inner, last + after


def table(inner: str) -> list[list[str]]:
    """Return the cells of a Markdown table, without the line under its head."""
    lines = [line for line in inner.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def with_version(inner: str, version: str, scores: Mapping[str, Any]) -> str:
    """Return the table of figures with a column for the version."""
    figures = {name: row["f"] for name, row in scores["measures"].items()}
    figures |= {name: row["share"] for name, row in scores.get("coded", {}).items()}
    old = table(inner) or [["measure"]]
    head, known = old[0], {row[0]: row for row in old[1:]}
    at = head.index(version) if version in head else len(head)
    rows = [[*head[:at], version, *head[at + 1 :]]]
    for name, label in ROWS.items():
        row = known.get(label, [label, *([""] * (len(head) - 1))])
        value = f"{figures[name]:.3f}" if name in figures else ""
        rows.append([*row[:at], value, *row[at + 1 :]])
    return _markdown(rows)


def errors(scores: Mapping[str, Any]) -> str:
    """Return the table of errors by kind, the most frequent first."""
    counts = sorted(scores["errors"].items(), key=lambda item: (-item[1], item[0]))
    return _markdown([["error", "count"], *([kind, str(count)] for kind, count in counts)])


def _markdown(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---|" + "---:|" * (len(rows[0]) - 1), *lines[1:]])


def renewed(document: str, version: str, scores: Mapping[str, Any]) -> str:
    """Return the document with both tables renewed."""
    before, inner, after = section(document, FIGURES)
    document = f"{before}\n\n{with_version(inner, version, scores)}\n\n{after}"
    before, _, after = section(document, ERRORS)
    return f"{before}\n\n{errors(scores)}\n\n{after}"


def main() -> None:
    """Renew docs/quality.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("scores", type=Path)
    parser.add_argument("--as", dest="version", required=True, metavar="VERSION")
    given = parser.parse_args()
    scores = json.loads(given.scores.read_text(encoding="utf-8"))
    QUALITY.write_text(renewed(QUALITY.read_text(encoding="utf-8"), given.version, scores), encoding="utf-8")


if __name__ == "__main__":
    main()
