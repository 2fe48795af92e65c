"""`kg fix`, `kg merge` and `kg split`: corrections by hand that survive every build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from kg.cli.console import graph_file, say
from kg.cli.options import DATA, Data, Decisions, Store, source_of

if TYPE_CHECKING:
    from kg.identity import DecisionProvenance, Ref
    from kg.identity.corrections import Correction, FactRef
    from kg.identity.overrides import Decision

_DOC = "Correct a graph by hand: from the next build on, and in every one after it."
fix = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=_DOC)
_NAMES = "A thing: its IRI, its path (person/…) or its name."
Fact = Annotated[
    str, Argument(metavar="FACT", help="A fact: its IRI or its path (event/…), as kg query evidence tells.")
]
Thing = Annotated[str, Argument(metavar="THING", help=_NAMES)]
One = Annotated[str, Argument(metavar="A", help=_NAMES)]
By = Annotated[str, Option("--by", metavar="NAME", help="Who decides so.")]
On = Annotated[str, Option("--on", metavar="DATE", help="When.")]
Why = Annotated[str, Option("--why", metavar="TEXT", help="Why.")]


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
    _keep(Withdraw(found, _told(by, on, why)), source, identity)
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
    _keep(EditRole(found, title, former, _told(by, on, why)), source, identity)


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
    _keep(Rename(_thing(source, thing), " ".join(name.split()), _told(by, on, why)), source, identity)


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
    from kg.identity.corrections import Retype
    from kg.identity.overrides import NODE_KINDS

    if kind not in NODE_KINDS:
        raise UsageError(f"'{kind}' is no kind; there are {', '.join(NODE_KINDS)}")
    source = source_of(data, store)
    _keep(Retype(_thing(source, thing), NODE_KINDS[kind], _told(by, on, why)), source, identity)


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


def merge(
    one: One,
    other: Annotated[str, Argument(metavar="B", help="What is the same thing.")],
    data: Annotated[Path, Option("--data", metavar="FILE", help="The graph that both stand in.")] = DATA,
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Say that two things are one; the decision holds from the next kg build on.

    \b
    Examples:
      kg merge 'Tim Cook' 'Timothy D. Cook'
      kg merge person/john-smith person/john-smith~2 --data out/graph.ttl
    """
    from kg.identity import find_node
    from kg.identity.corrections import merged
    from kg.store import load_graph

    graph = load_graph(graph_file(data))
    _keep(merged(find_node(graph, one), find_node(graph, other), _told(by, on, why)), data, identity)


def split(
    node: One,
    articles: Annotated[
        list[str] | None,
        Argument(
            metavar="ARTICLE",
            help="The articles that mean another, as their IRIs end. Without any: each article means its own.",
        ),
    ] = None,
    data: Annotated[Path, Option("--data", metavar="FILE", help="The graph that it stands in.")] = DATA,
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Say that what some articles say of a thing is another thing; it holds from the next kg build on.

    \b
    Examples:
      kg split 'John Smith' 2016-09-28-harbour 2016-10-02-council
      kg split person/john-smith
    """
    from kg.identity.corrections import parted

    _keep(parted(_thing(graph_file(data), node), articles or (), _told(by, on, why)), data, identity)


def _told(by: str, on: str, why: str) -> DecisionProvenance:
    """Return it as the file of decisions keeps it, each on one line."""
    from kg.identity import DecisionProvenance

    return DecisionProvenance(*(" ".join(part.split()) for part in (by, on, why)))


def _beside(source: Path) -> Path:
    """Return the file of decisions beside a graph file, or in the folder of a store."""
    from kg.identity.overrides import FILE

    return (source if source.is_dir() else source.parent) / FILE


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
    return identity or _beside(source_of(data, store))


def _keep(decision: Correction | Decision, source: Path, identity: Path | None) -> None:
    """Put a decision at the end of the file of decisions, and say so."""
    from kg.identity.corrections import keep, shown

    file = identity or _beside(source)
    keep(file, decision)
    say(f"From the next build on: {shown(decision)}. Kept in {file}")
