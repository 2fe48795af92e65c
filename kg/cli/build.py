"""`kg build`: articles to graph files."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from kg.cli.console import Guesses, Meter, say, tell, typed
from kg.cli.options import (
    DATA,
    Component,
    LexiconFolder,
    MinConfidence,
    Model,
    Quiet,
    components,
    dates,
    pairs,
)

if TYPE_CHECKING:
    from kg.builder import Built
    from kg.options import BuildOptions
    from kg.run.summary import Actor

_SHOWN = 5
_READERS = "plain|html|jsonl|json|csv|feed|pdf|docx|eml|mbox|markdown|subtitles|parquet|warc"


def build(
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="PATH",
            help="Files, folders, globs, http(s) URLs, or - for standard input. Without any: the samples.",
        ),
    ] = None,
    out: Annotated[
        str | None,
        Option("--out", "-o", metavar="FOLDER", help="Where the files go; without it and --store: output."),
    ] = None,
    store: Annotated[
        Path | None,
        Option(
            "--store",
            metavar="DIR",
            help="Put the articles into this store instead, which is made if need be.",
        ),
    ] = None,
    jobs: Annotated[
        int, Option("--jobs", "-j", metavar="N", help="Processes side by side: 0.6 GB, and 0.2 GB for each.")
    ] = 1,
    date: Annotated[
        list[str] | None,
        Option(
            "--date",
            metavar="[NAME=]YYYY-MM-DD",
            help="The date of articles that have none of their own; with NAME= of that one alone.",
        ),
    ] = None,
    model: Model = None,
    base_iri: Annotated[
        str | None, Option("--base-iri", metavar="IRI", help="What the IRIs of all things begin with.")
    ] = None,
    min_confidence: MinConfidence = None,
    format: Annotated[  # noqa: A002 - named as the option is
        str | None,
        Option("--format", metavar=_READERS, help="How to read the input, instead of finding out."),
    ] = None,
    encoding: Annotated[
        str | None, Option("--encoding", metavar="NAME", help="The text encoding, instead of finding out.")
    ] = None,
    field: Annotated[
        list[str] | None,
        Option(
            "--field", metavar="NAME=COLUMN", help="Where a field stands, such as text=story; repeatable."
        ),
    ] = None,
    any_language: Annotated[
        bool, Option("--any-language", help="Read articles that don't look English, too.")
    ] = False,
    lexicon: LexiconFolder = None,
    component: Component = None,
    identity: Annotated[
        Path | None,
        Option(
            "--identity",
            metavar="FILE",
            help="Decisions on who is who; else identity.yaml in the out folder.",
        ),
    ] = None,
    merge_events: Annotated[
        bool, Option("--merge-events", help="Make one event of what several articles report.")
    ] = False,
    kb: Annotated[
        str | None,
        Option("--kb", metavar="FILE", help="Link things to a knowledge base that kg kb build made."),
    ] = None,
    engine: Annotated[
        str,
        Option(
            "--engine",
            metavar="local|ray",
            help="ray: shards on a cluster (newskg[ray]); --jobs are its actors.",
        ),
    ] = "local",
    infer: Annotated[
        bool, Option("--infer", help="Add what follows by the ontology, in a graph of its own.")
    ] = False,
    evidence: Annotated[
        str,
        Option(
            "--evidence",
            metavar="lean|full",
            help="full: describe every stretch of text in NIF, not only the sentences behind facts.",
        ),
    ] = "lean",
    no_view: Annotated[bool, Option("--no-view", help="Don't write graph.html.")] = False,
    strict: Annotated[
        bool, Option("--strict", help="End with exit code 3 if a record was rejected.")
    ] = False,
    quiet: Quiet = False,
    verbose: Annotated[
        bool, Option("--verbose", "-v", help="Name every rejected record, and say where a stage failed.")
    ] = False,
    follow: Annotated[
        bool, Option("--follow", help="Read the articles that feeds link to, not only what the feeds say.")
    ] = False,
    allow_private: Annotated[
        bool, Option("--allow-private", help="Let --follow go to this machine and the local network, too.")
    ] = False,
) -> None:
    """Build the knowledge graph of news articles.

    Writes graph.ttl, graph.trig (one named graph an article), graph.graphml and graph.html (open it in a
    browser), and rejects.jsonl if some records could not be read. What is done is kept in .kg in that
    folder: a second build does only what is new, and one that was interrupted goes on where it was.

    \b
    Examples:
      kg build                                        the sample articles that come with kg
      kg build story.txt --date 2016-09-28            one article
      kg build news/ 'archive/*.jsonl.gz' --out out/  folders, globs, archives
      kg build archive/ --store news.kg --jobs 4      a store, for much and for more each day
      kg build https://example.org/story.html         a page
      cat story.txt | kg build -                      standard input
    """
    given = dict(locals())
    from kg.builder import build as run
    from kg.errors import RejectedError, UsageError

    if verbose:
        logging.basicConfig(format="kg: %(message)s")
        logging.getLogger("kg").setLevel(logging.DEBUG)
    if out is None and store is None:
        out = "output"
    if out is not None and not out.strip():
        raise UsageError("--out is empty: name a folder")
    options = options_of(given)
    if engine != "local":
        from kg.cli.cluster import build_shards

        refused = {
            "--field": bool(field),
            "--store": store is not None,
            "--infer": infer,
            "--merge-events": merge_events,
            "--follow": follow,
        }
        unfit = [name for name, wanted in refused.items() if wanted]
        build_shards(engine, unfit, paths, out or "", replace(options, strict=strict), quiet)
        return
    guesses = Guesses(tell)
    with Meter(quiet) as meter:
        warn = None if quiet else guesses
        told = replace(options, on_progress=meter, on_share=meter.share, on_warning=warn)
        built = run(paths or None, out=out, store=store, options=told)
    guesses.finish()
    listed = None if out is None else Path(out) / "rejects.jsonl"
    if not quiet:
        _report(built, listed, None if verbose else _SHOWN)
    if strict and built.rejects:
        where = "" if listed is None else f", as {listed} tells"
        raise RejectedError(f"{len(built.rejects)} rejected{where}; the rest was built")


_OTHERWISE = {"date", "dates", "fields", "components", "view", "apart", "strict"}


def options_of(given: Mapping[str, Any]) -> BuildOptions:
    """Return what the values of this command's parameters ask of a build; where from and to apart.

    `strict` stays with the command, which reports before it fails.

    Raises:
        UsageError: a date, a field or a component is not written as it should be.
    """
    from kg.options import BuildOptions

    day, days = dates(given["date"] or [])
    named_fields = pairs("--field", given["field"] or (), "NAME=COLUMN, such as text=story")
    named = {one.name for one in fields(BuildOptions)} - _OTHERWISE
    return BuildOptions(
        date=day,
        dates=days,
        fields={name.lower(): column for name, column in named_fields.items()},
        components=components(given["component"] or []),
        view=not given["no_view"],
        apart=True,
        **{name: given[name] for name in given.keys() & named},
    )


def _report(built: Built, listed: Path | None, shown: int | None) -> None:
    found = built.summary
    things = (
        _count(found.people, "person", "people"),
        _count(found.organizations, "organisation"),
        _count(found.places, "place"),
    )
    facts = (
        _count(found.events, "event"),
        _count(found.statements, "quote"),
        _count(found.roles, "role"),
    )
    say(f"Built {_count(found.articles, 'article')}:")
    say(f"  {', '.join(things)}")
    say(f"  {', '.join(facts)}")
    if found.actors:
        say("  Main actors: " + ", ".join(f"{actor.name} ({_deeds(actor)})" for actor in found.actors))
    if built.rejects:
        say(f"Rejected {_count(len(built.rejects), 'record')}:")
        for reject in islice(built.rejects, shown):
            say(f"  {reject.source}: {reject.reason}")
        if shown is not None and len(built.rejects) > shown:
            where = "; --verbose names them" if listed is None else f", in {listed}"
            say(f"  ... and {len(built.rejects) - shown} more{where}")
    if built.store is not None:
        say(f"In the store: {built.store}")
        say(f"Next, type: {typed()} serve --store {built.store}")
        return
    say("Written: " + ", ".join(str(path) for path in built.files))
    data = built.files[0]
    page = data.with_name("graph.html")
    option = "" if data == DATA else f" --data {data}"
    if page in built.files:
        say(f"Next: open {page} in a browser, or type: {typed()} query actors{option}")
    else:
        say(f"Next, type: {typed()} query actors{option}")


def _deeds(actor: Actor) -> str:
    events = _count(actor.events, "event")
    return f"{events}, {_count(actor.statements, 'quote')}" if actor.statements else events


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
