"""Builds of any size: read, the stages of `kg/pipeline.py`, who is who over all articles, then files or a store.

What is done is kept article by article in a manifest: a build that was interrupted goes on where it was, and
memory does not grow with the facts of the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.corpus import Run, all_triples
from kg.errors import NothingBuiltError, OutputError, RejectedError, UsageError
from kg.graph import Evidence, triples_to_graph
from kg.identity import Identity
from kg.model import Article, Facts, Reject
from kg.options import BuildOptions
from kg.pipeline import Corpus, meta, no_model
from kg.pipeline import Resources as Resources
from kg.pipeline import facts_of as facts_of
from kg.pipeline import load_resources as load_resources
from kg.read import ReadOptions, is_large, read_articles
from kg.run.files import check_out
from kg.run.into_store import Putter, withdrawn
from kg.run.journal import FOLDER, Journal, check_free
from kg.run.kept import kept_facts, kept_rejects
from kg.run.known import Known
from kg.run.memory import seldom_collected
from kg.run.processes import Here, ProcessPool
from kg.run.summary import Summary, first_of, nothing_built
from kg.store import version_of
from kg.world import World, load_world

if TYPE_CHECKING:
    from rdflib import Graph

Inputs = Iterable[str | Path] | str | Path
SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Built:
    """What one build gives, in input order; of a large one facts and rejects are read when asked for."""

    facts: Sequence[Facts]
    rejects: Sequence[Reject]
    summary: Summary = field(repr=False)
    base_iri: str
    files: tuple[Path, ...] = ()
    store: Path | None = None
    corpus: Corpus = field(default_factory=lambda: Corpus(Identity(())), repr=False)
    evidence: Evidence = Evidence.LEAN

    @property
    def graph(self) -> Graph:
        """All articles in one rdflib graph, made anew at each call."""
        return triples_to_graph(all_triples(self.facts, self.corpus, self.base_iri, self.evidence))


def build(
    inputs: Inputs | None = None,
    *,
    out: str | Path | None = None,
    store: str | Path | None = None,
    options: BuildOptions | None = None,
    resources: Resources | None = None,
    **keywords: Any,
) -> Built:
    """Build the graph of files, folders, globs, "-" (standard input) and URLs; without any, of the samples.

    With `out` the files are written there, all or none: graph.ttl, graph.trig, graph.graphml, graph.html, and
    rejects.jsonl if something was rejected. With `store` the articles are put into that store
    instead, beside those that are there. What is done is kept in a hidden folder `.kg` of either: a second
    build does only what is new, or was done by another version, and one that was interrupted goes on.

    Each setting of `BuildOptions` is a keyword, too, and goes before that of `options`. `resources` spares loading
    the model again and serves one process.

    Raises:
        UsageError: a path is missing, or an option makes no sense.
        NothingBuiltError: not one record could be built; nothing is written.
        RejectedError: with `strict`, some records were rejected; the others are built and written.
        ModelError, LexiconError, PluginError, OutputError, StoreError, ProcessError: what is needed can't be loaded or
            written, or the system ends the process that loads it.

    Example:
        build("news/", out="output", jobs=4, date="2031-03-05").summary.articles
    """
    options = replace(options or BuildOptions(), **keywords)
    options.check()
    if out is not None and store is not None:
        raise UsageError("files and a store are two builds; write files of a store with kg export")
    names = [SAMPLES] if inputs is None else [inputs] if isinstance(inputs, str | Path) else list(inputs)
    place = Path(store) if store is not None else Path(out) if out is not None else None
    items = read_articles(names, _reading(options, place))
    if place is not None:
        check_out(place, names)
    overrides = options.overrides(place)
    with ExitStack() as stack:
        stack.enter_context(seldom_collected())
        putter = stack.enter_context(Putter(place, options.base_iri)) if place and store is not None else None
        base = options.base if putter is None else putter.base
        if putter is not None:
            items = putter.living(items, options.warn)
        elif place is not None:
            check_free(place)
        items = _from_the_first_article(items, putter)  # before a model is loaded for nothing
        options.tell("load", 0)
        here = options.jobs == 1 and not (options.apart and resources is None and is_large(names))
        crew = Here(resources or options.setup()) if here else ProcessPool(options.jobs, options.setup)
        if isinstance(crew, ProcessPool):
            stack.enter_context(crew)
        # while several processes load their models this one has time; beside one it spares the memory
        early = load_world() if options.jobs > 1 else None
        version = version_of(crew.ask(meta), options.setup.lexicon, (options.min_confidence,))
        journal = Journal(place)
        stack.callback(journal.close)
        with _undone_or_kept(journal, place):
            run = Run(journal, crew, options, base, Known(journal) if putter is not None else None)
            run.articles(items, version)
            if putter is not None:
                journal.adopt(putter.holds)
            world = _without_model(crew, options.jobs, keep=resources is not None) or early or load_world()
            corpus = run.corpus(world, overrides)
            if putter is not None:
                files: tuple[Path, ...] = ()
                summary = run.fill(putter, corpus)
            else:
                summary, files = run.files(place, corpus)
        built = Built(
            *(kept_facts(journal), kept_rejects(journal), summary, base, files),
            *(place if putter is not None else None, corpus, options.evidence_kind),
        )
    if options.strict and built.rejects:
        raise RejectedError(f"{first_of(built.rejects)}; the rest was built")
    return built


def _reading(options: BuildOptions, place: Path | None) -> ReadOptions:
    """Return how the articles are read; pages that feeds link to are kept at the place of the build."""
    if not options.follow:
        return options.reading
    from kg.read.follow import Follower

    pages = place / FOLDER / "pages" if place is not None else None
    return replace(options.reading, follow=Follower(options.reading, pages, options.allow_private))


def _without_model(crew: Here | ProcessPool, jobs: int, keep: bool) -> World | None:
    """Give back the memory of what annotates: the rest of a build needs none of it, and on a large corpus the room.

    What the crew knows of the world is returned, if it is here; with `keep` the caller's resources stay.
    """
    if isinstance(crew, ProcessPool):
        crew.rest(no_model if jobs > 1 else None)
        return None
    world: World = crew.ask(attrgetter("world"))
    if not keep:
        crew.rest()
    return world


def _from_the_first_article(
    items: Iterator[Article | Reject], putter: Putter | None
) -> Iterator[Article | Reject]:
    """Return the items, of which one at least is an article.

    Raises:
        NothingBuiltError: none is.
    """
    rejects: list[Reject] = []
    for item in items:
        if isinstance(item, Article):
            return chain(rejects, [item], items)
        rejects.append(item)
    if putter is not None and putter.left_out and not rejects:
        raise NothingBuiltError(
            f"{withdrawn(putter.left_out)}, and nothing else is there to build; "
            "kg forget --restore lets one come back"
        )
    raise NothingBuiltError(nothing_built(rejects))


@contextmanager
def _undone_or_kept(journal: Journal, place: Path | None) -> Iterator[None]:
    """Undo a run in which nothing was built; keep what is done of one that the disk ends, and say so."""
    try:
        yield
    except NothingBuiltError:
        journal.close(undo=True)
        raise
    except OSError as error:
        name = error.filename or place
        raise OutputError(
            f"{name}: can't be written: {error.strerror or error}; what is done is kept, and the same command "
            "goes on there"
        ) from error
