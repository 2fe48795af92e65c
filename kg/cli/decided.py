"""The options of every decision by hand: who decides, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

if TYPE_CHECKING:
    from kg.identity import DecisionProvenance

By = Annotated[str, Option("--by", metavar="NAME", help="Who decides so.")]
On = Annotated[str, Option("--on", metavar="DATE", help="When.")]
Why = Annotated[str, Option("--why", metavar="TEXT", help="Why.")]


def told(by: str, on: str, why: str) -> DecisionProvenance:
    """Return it as the file of decisions keeps it, each on one line."""
    from kg.identity import DecisionProvenance

    return DecisionProvenance(*(" ".join(part.split()) for part in (by, on, why)))
