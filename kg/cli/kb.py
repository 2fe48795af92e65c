"""`kg kb`: the knowledge base that things are linked to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from kg.cli.console import Meter, say
from kg.cli.options import Quiet

kb = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make a knowledge base to link things to.")


@kb.callback()
def group() -> None:
    """Make a knowledge base to link things to."""


@kb.command()
def build(
    dump: Annotated[
        Path, Argument(metavar="DUMP", help="A Wikidata JSON dump: .json, .json.gz or .json.bz2.")
    ],
    out: Annotated[Path, Option("--out", "-o", metavar="FILE", help="The knowledge base.")] = Path(
        "kb.sqlite"
    ),
    least_known: Annotated[
        int,
        Option(
            "--least-known",
            metavar="N",
            min=0,
            help="Leave out what fewer Wikipedias and sister projects have.",
        ),
    ] = 1,
    quiet: Quiet = False,
) -> None:
    """Make a knowledge base of the people, organisations and places of a Wikidata dump.

    \b
    Examples:
      kg kb build latest-all.json.bz2 -o wikidata.sqlite --least-known 3
      kg build news/ --kb wikidata.sqlite
    """
    from kg.identity.kb.build import build_kb

    with Meter(quiet) as meter:
        count = build_kb(dump, out, least_known, lambda read: meter(f"{out}: {read:,} items read", 0))
    if not quiet:
        say(f"Written: {out}, with {count:,} {'thing' if count == 1 else 'things'}")
