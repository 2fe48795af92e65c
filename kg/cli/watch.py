"""`kg watch`: build from feeds and folders on a schedule, and tell what is new about a watch list."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from kg.cli.build import options_of
from kg.cli.console import Meter, say, tell
from kg.cli.options import Quiet
from kg.errors import KGError, UsageError

if TYPE_CHECKING:
    from kg.options import BuildOptions
    from kg.watch import News, Report, Watched

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHORTEST = 10
_NAMED = 5
"""Of so many rejects a round says which."""


def _settings(context: typer.Context, file: Path | None) -> Path | None:
    """Take the options from the settings that are named, before any other is looked at."""
    if file is not None and context.parent is not None:
        from kg.cli.settings import read_settings

        context.parent.default_map = read_settings(file, context.parent.command.commands)  # type: ignore[attr-defined]
        context.default_map = context.parent.default_map.get("watch")
    return file


def watch(
    context: typer.Context,
    settings: Annotated[
        Path | None,
        Argument(
            metavar="SETTINGS",
            help="The file with the tables [watch] and [build]; else newskg.toml, if it is here.",
            is_eager=True,
            callback=_settings,
        ),
    ] = None,
    source: Annotated[
        list[str] | None,
        Option(
            "--from", metavar="PATH", help="A feed, folder or file; else the paths of [build]. Repeatable."
        ),
    ] = None,
    store: Annotated[
        Path | None,
        Option("--store", metavar="DIR", help="The store that is built into; else that of [build]."),
    ] = None,
    names: Annotated[
        list[str] | None,
        Option("--names", metavar="NAME", help="A name to watch, or an IRI or path (person/…). Repeatable."),
    ] = None,
    classes: Annotated[
        list[str] | None,
        Option("--classes", metavar="CLASS", help="A class of events to watch, such as Accuse. Repeatable."),
    ] = None,
    report: Annotated[
        Path | None,
        Option("--report", metavar="FILE", help="Put news at the end of this file, a line of JSON each."),
    ] = None,
    webhook: Annotated[
        str | None,
        Option("--webhook", metavar="URL", help="Send news to this address by POST, as JSON."),
    ] = None,
    every: Annotated[
        str | None,
        Option("--every", metavar="TIME", help="From one round's begin to the next's: 30m, 2h, 1d."),
    ] = None,
    once: Annotated[
        bool, Option("--once", help="One round, whatever --every says: for a schedule of your own.")
    ] = False,
    from_now: Annotated[
        bool,
        Option("--from-now", help="Where nothing was told yet, tell only what is new from now on."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Build from feeds and folders into a store, on a schedule, and tell what is new about a watch list.

    News is a fact that was not told before: an event, a quote, a role or a relation, with its sentence and its
    article. It is shown, put at the end of a file, or sent to a webhook, each fact once. All other options of the
    builds are those of [build] in the settings.

    \b
    Examples:
      kg watch newskg.toml --once
      kg watch newskg.toml --every 30m
      kg watch --from https://example.org/feed.xml --store news.db --names Northwind --classes Accuse --once
    """
    from kg.watch import watched
    from kg.watch.report import ReportFile
    from kg.watch.report import webhook as address

    given = _build_options(context, settings)
    paths = source or given["paths"]
    place = store or given["store"]
    if not paths or place is None:
        raise UsageError("say what to build from and into: --from and --store, or paths and store in [build]")
    if every is None and not once:
        raise UsageError("say how often: --once, or --every with a time such as 30m")
    pause = _seconds(every) if every is not None else 0
    wanted = watched(names or (), classes or ())
    reports: list[Report] = [ReportFile(report)] if report is not None else []
    if webhook is not None:
        reports.append(address(webhook))
    round_ = _Round(paths, place, options_of(given), wanted, reports, from_now, quiet)
    if once:
        round_()
        return
    begun = time.monotonic()
    while True:
        try:
            round_()
        except UsageError:
            raise
        except KGError as error:  # the next round may do better
            tell(str(error))
        sys.stdout.flush()
        begun = max(begun + pause, time.monotonic())
        time.sleep(begun - time.monotonic())


@dataclass(frozen=True, slots=True)
class _Round:
    """One round: build, then tell what is new."""

    paths: Sequence[str]
    store: Path
    options: BuildOptions
    wanted: Watched
    reports: Sequence[Report]
    from_now: bool
    quiet: bool

    def __call__(self) -> None:
        """Do it.

        Raises:
            KGError: nothing could be built, or a report can't be told; the other reports are told all the same.
        """
        from kg.store import is_store

        failed: KGError | None = None
        begun = is_store(self.store) and self._holds_something()
        if self.from_now and begun:
            self._tell(silent=True)
        try:
            self._build()
        except UsageError:
            raise
        except KGError as error:
            failed = error
        if self.from_now and not begun and is_store(self.store):
            self._tell(silent=True)  # what a first build finds was there before
        if is_store(self.store):
            failed = self._tell() or failed
        if failed is not None:
            raise failed

    def _build(self) -> None:
        from kg.builder import build
        from kg.cli.console import Guesses
        from kg.watch import Told

        later: list[str] = []

        def warn(message: str) -> None:
            later.append(message) if guesses.knows(message) else tell(message)

        guesses = Guesses(tell)
        with Meter(self.quiet) as meter:
            told_of = None if self.quiet else warn
            options = replace(self.options, on_progress=meter, on_share=meter.share, on_warning=told_of)
            built = build(self.paths, store=self.store, options=options)
        if self.quiet:
            return
        with Told(self.store / ".kg") as told:
            later = told.unsaid(later)
        for message in later:
            guesses(message)
        guesses.finish()
        lost = len(built.rejects)
        rejected = f", {lost:,} record{'' if lost == 1 else 's'} rejected" if lost else ""
        count = built.summary.articles
        say(f"{count:,} article{'' if count == 1 else 's'} in {self.store}{rejected}")
        for reject in islice(built.rejects, _NAMED):
            say(f"  {reject.source}: {reject.reason}")
        if lost > _NAMED:
            say(f"  ... and {lost - _NAMED:,} more")

    def _holds_something(self) -> bool:
        from kg.store import StoreReader

        with StoreReader(self.store) as reader:
            return bool(reader.answer("ASK { ?one ?has ?other }").truth)

    def _tell(self, silent: bool = False) -> KGError | None:
        """Tell what is new, or (`silent`) note what is there for targets that know nothing; return what failed."""
        from kg.store import StoreReader
        from kg.watch import Told, find_news, report_to

        with StoreReader(self.store) as reader:
            found = find_news(reader, self.wanted)
        failed: KGError | None = None
        with Told(self.store / ".kg") as told:
            if silent:
                for name in (_SHOWN, *(report.name for report in self.reports)):
                    if not told.knows(name):
                        told.done(name, found)
                return None
            new: list[News] = told.new(_SHOWN, found)
            if not self.quiet:
                for one in new:
                    say(one.line())
                say(f"{len(new):,} new" if new else "nothing new")
            told.done(_SHOWN, new)
            for report in self.reports:
                try:
                    report_to(report, told, found)
                except KGError as error:
                    if failed is not None:
                        tell(str(failed))
                    failed = error
        return failed


_SHOWN = "-"
"""The target that is standard output."""


def _build_options(context: typer.Context, settings: Path | None) -> dict[str, Any]:
    """Return the values of `kg build`'s parameters as the settings give them."""
    parent = context.parent
    assert parent is not None
    command = parent.command.commands["build"]  # type: ignore[attr-defined]
    given: dict[str, Any] = command.make_context("build", [], parent=parent).params
    if given["engine"] != "local":
        raise UsageError("kg watch builds here: leave out engine in [build]")
    return given


def _seconds(words: str) -> int:
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", words.strip().lower())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if seconds < _SHORTEST:
        raise UsageError(f"--every {words}: write it as 30m, 2h or 1d, and not below {_SHORTEST}s")
    return seconds
