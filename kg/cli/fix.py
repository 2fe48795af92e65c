"""`kg fix`: corrections by hand that survive every build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from kg.cli.console import say
from kg.cli.decided import By, On, Why, beside, kept, told
from kg.cli.options import Decisions, Store
from kg.cli.source import source_of

if TYPE_CHECKING:
    from kg.identity import Ref
    from kg.identity.corrections import Correction, FactRef

_DOC = "Correct a graph by hand: from the next build on, and in every one after it."
fix = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=_DOC)
Data = Annotated[
    Path | None, Option("--data", metavar="FILE", help="The graph; without --store, output/graph.ttl.")
]
Fact = Annotated[
    str, Argument(metavar="FACT", help="A fact: its IRI or its path (event/…), as kg query evidence tells.")
]
Thing = Annotated[str, Argument(metavar="THING", help="A thing: its IRI, its path (person/…) or its name.")]


@fix.callback()
def group() -> None:
    """Correct a graph by hand: from the next build on, and in every one after it."""


@fix.command()
def reject(
    fact: Fact,
    data: Data = None,
    store: Store = None,
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Withdraw a fact: an event, a statement, a role or a relation. What only a statement reports goes with it.

    From a store it goes at once.

    \b
    Examples:
      kg fix reject event/harbour/v3 --by 'Ann Lee' --on 2031-03-05 --why 'the paper took it back'
    """
    from kg.identity.corrections import Withdraw

    source = source_of(data, store)
    found = _fact(source, fact)
    _keep(Withdraw(found, told(by, on, why)), source, identity)
    if source.is_dir():
        from kg.api import load
        from kg.identity import facts_meant
        from kg.store import ArticleStore, withdraw_facts

        with load(source) as loaded:
            meant = facts_meant(loaded.graph, [found])
        with ArticleStore(source, create=False) as opened:
            gone = withdraw_facts(opened, meant)
        say(f"Gone from {source}: {', '.join(gone)}")


@fix.command()
def role(
    fact: Fact,
    title: Annotated[str | None, Option("--title", metavar="TITLE", help="What the role is called.")] = None,
    former: Annotated[
        bool | None, Option("--former/--present", help="Whether it is held no more, or still.")
    ] = None,
    data: Data = None,
    store: Store = None,
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Put a role right: its title, or whether it is past.

    \b
    Examples:
      kg fix role membership/harbour/ann-lee--mayor --title 'deputy mayor' --former
    """
    from kg.errors import UsageError
    from kg.identity.corrections import EditRole

    if title is None and former is None:
        raise UsageError("say what is right: --title, --former or --present")
    source = source_of(data, store)
    found = _fact(source, fact)
    if found.kind != "role":
        raise UsageError(f"{fact}: no role; one looks like membership/harbour/ann-lee--mayor")
    _keep(EditRole(found, title, former, told(by, on, why)), source, identity)


@fix.command()
def rename(
    thing: Thing,
    name: Annotated[str, Argument(metavar="NAME", help="What it is called.")],
    data: Data = None,
    store: Store = None,
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Call a thing by another name; the old one stays as a further name, and the IRI stays.

    \b
    Examples:
      kg fix rename 'Zofia Maj' 'Zofia Anna Maj'
    """
    from kg.identity.corrections import Rename

    source = source_of(data, store)
    _keep(Rename(_thing(source, thing), " ".join(name.split()), told(by, on, why)), source, identity)


@fix.command()
def retype(
    thing: Thing,
    kind: Annotated[str, Argument(metavar="person|organization|place", help="What it is.")],
    data: Data = None,
    store: Store = None,
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Say that a thing is a person, an organisation or a place; roles that only the wrong kind can have go.

    \b
    Examples:
      kg fix retype Northwind organization
    """
    from kg.errors import UsageError
    from kg.identity.corrections import RETYPED, Retype

    if kind not in RETYPED:
        raise UsageError(f"'{kind}' is no kind; there are {', '.join(RETYPED)}")
    source = source_of(data, store)
    _keep(Retype(_thing(source, thing), RETYPED[kind], told(by, on, why)), source, identity)


@fix.command("list")
def list_(data: Data = None, store: Store = None, identity: Decisions = None) -> None:
    """List the corrections, merges and splits, each with its number."""
    from kg.identity import load_overrides
    from kg.identity.corrections import corrections_of, shown

    decided = load_overrides(_file(data, store, identity))
    for number, one in enumerate((*corrections_of(decided), *decided.decisions), 1):
        say(f"{number}  {shown(one)}")


@fix.command()
def undo(
    number: Annotated[int, Argument(metavar="N", help="The number of a correction, as kg fix list tells.")],
    data: Data = None,
    store: Store = None,
    identity: Decisions = None,
) -> None:
    """Take a correction, a merge or a split back; it holds from the next kg build on."""
    from dataclasses import replace

    from kg.errors import UsageError
    from kg.identity import load_overrides, save_overrides
    from kg.identity.corrections import corrections_of, shown

    file = _file(data, store, identity)
    before = load_overrides(file)
    corrections = corrections_of(before)
    listed = (*corrections, *before.decisions)
    if not 0 < number <= len(listed):
        raise UsageError(f"{file}: there is no correction {number}; kg fix list tells which there are")
    place, later = number - 1, number - 1 - len(corrections)
    left = (
        replace(before, corrections=(*before.corrections[:place], *before.corrections[place + 1 :]))
        if later < 0
        else replace(before, decisions=(*before.decisions[:later], *before.decisions[later + 1 :]))
    )
    save_overrides(file, left)
    say(f"Taken back: {shown(listed[number - 1])}")


def _fact(source: Path, wanted: str) -> FactRef:
    from kg.api import load
    from kg.identity.lookup import find_fact

    with load(source) as loaded:
        return find_fact(loaded.graph, wanted)


def _thing(source: Path, wanted: str) -> Ref:
    from kg.api import load
    from kg.identity import find_node

    with load(source) as loaded:
        return find_node(loaded.graph, wanted)


def _file(data: Path | None, store: Path | None, identity: Path | None) -> Path:
    return identity or beside(source_of(data, store))


def _keep(correction: Correction, source: Path, identity: Path | None) -> None:
    from kg.identity.corrections import shown

    file = kept(correction, source, identity)
    say(f"From the next build on: {shown(correction)}. Kept in {file}")
