"""What every decision by hand takes: who decides, when and why; and where it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

if TYPE_CHECKING:
    from kg.identity import DecisionProvenance
    from kg.identity.corrections import Correction
    from kg.identity.overrides import Decision

By = Annotated[str, Option("--by", metavar="NAME", help="Who decides so.")]
On = Annotated[str, Option("--on", metavar="DATE", help="When.")]
Why = Annotated[str, Option("--why", metavar="TEXT", help="Why.")]


def told(by: str, on: str, why: str) -> DecisionProvenance:
    """Return it as the file of decisions keeps it, each on one line."""
    from kg.identity import DecisionProvenance

    return DecisionProvenance(*(" ".join(part.split()) for part in (by, on, why)))


def beside(source: Path) -> Path:
    """Return the file of decisions beside a graph file, or in the folder of a store."""
    from kg.identity.overrides import FILE

    return (source if source.is_dir() else source.parent) / FILE


def kept(decision: Correction | Decision, source: Path, identity: Path | None) -> Path:
    """Put a decision at the end of the file of decisions; return the file."""
    from kg.identity.corrections import keep

    file = identity or beside(source)
    keep(file, decision)
    return file
