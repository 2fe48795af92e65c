"""Builds of any size: read, the stages of `kg/pipeline.py`, who is who over all articles, then files or a store.

What is done is kept article by article in a manifest: a build that was interrupted goes on where it was, and
memory does not grow with the facts of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.corpus import Progress, Run, all_triples
from kg.errors import NothingBuiltError, OutputError, RejectedError, UsageError
from kg.graph import DEFAULT_BASE, Evidence, check_base, evidence_of, triples_to_graph
from kg.identity import Identity, Overrides, load_overrides
from kg.identity.overrides import FILE as DECISIONS
from kg.model import Facts, Reject
from kg.pipeline import Corpus, Setup, meta, no_model
from kg.pipeline import Resources as Resources
from kg.pipeline import facts_of as facts_of
from kg.pipeline import load_resources as load_resources
from kg.read import ReadOptions, is_large, read_articles
from kg.run.files import check_out
from kg.run.into_store import Putter, withdrawn
from kg.run.journal import FOLDER, Journal
from kg.run.kept import KeptFacts, KeptRejects
from kg.run.known import Known
from kg.run.memory import seldom_collected
from kg.run.processes import Here, ProcessPool
from kg.run.summary import Summary, first_of
from kg.store import version_of
from kg.world import load_world

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
    jobs: int = 1,
    date: str | None = None,
    dates: Mapping[str, str] | None = None,
    model: str | None = None,
    base_iri: str | None = None,
    min_confidence: float | None = None,
    strict: bool = False,
    format: str | None = None,  # noqa: A002 - named as the option is
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
    any_language: bool = False,
    lexicon: str | Path | None = None,
    components: Mapping[str, str] | None = None,
    identity: str | Path | None = None,
    merge_events: bool = False,
    kb: str | None = None,
    infer: bool = False,
    evidence: str = "lean",
    view: bool = True,
    resources: Resources | None = None,
    apart: bool = False,
    follow: bool = False,
    allow_private: bool = False,
    on_progress: Progress | None = None,
    on_share: Callable[[float], None] | None = None,
    on_warning: Callable[[str], None] | None = None,
) -> Built:
    """Build the graph of files, folders, globs, "-" (standard input) and URLs; without any, of the samples.

    With `out` the files are written there, all or none: graph.ttl, graph.trig, graph.graphml, with `view`
    graph.html, and rejects.jsonl if something was rejected. With `store` the articles are put into that store
    instead, beside those that are there. `fields` names the column or key of a field that has a name of its own
    ({"text": "story"}). What is done is kept in a hidden folder `.kg` of either: a second
    build does only what is new, or was done by another version, and one that was interrupted goes on.

    One thing is one node over all articles, as far as `identity` (a file of decisions; identity.yaml in the
    folder if there is one) does not say otherwise; with `merge_events` an event that several articles report is
    one, too. `date` is that of articles that have none of their own, `dates` the same by name. `kb` is a
    knowledge base that things are linked to, or the name of a linker that is installed.
    `components` names by kind what is plugged in instead of a built-in stage ({"event": "alarm"}; `kg.components`).
    `jobs` processes work side by side, each with a model of its own; a script that asks for more than one
    needs the usual `if __name__ == "__main__"`, as does one that allows `apart`: large inputs are then annotated
    apart also by a single process, whose memory goes with it. `resources` spares loading the model again and
    serves one process. `infer` adds what follows by the ontology. `evidence` is `lean`, or `full` for every stretch of
    text described in NIF. `follow` reads the articles that feeds link to, from public hosts unless `allow_private`;
    what was fetched is kept beside the manifest. `on_share` is told which share of the input was read.

    Raises:
        UsageError: a path is missing, or an option makes no sense.
        NothingBuiltError: not one record could be built; nothing is written.
        RejectedError: with `strict`, some records were rejected; the others are built and written.
        ModelError, LexiconError, PluginError, OutputError, StoreError, ProcessError: what is needed can't be loaded or
            written, or the system ends the process that loads it.
    """
    told = on_progress or (lambda step, done: None)
    options = ReadOptions(
        date=date,
        dates=dates or {},
        check_language=not any_language,
        encoding=encoding,
        format=format,
        fields=fields or {},
        on_warning=on_warning,
        on_share=on_share,
    )
    base = check_base(base_iri or DEFAULT_BASE)
    told_of = evidence_of(evidence)
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise UsageError(f"the least confidence is {min_confidence}; it must lie between 0 and 1")
    if jobs < 1:
        raise UsageError(f"{jobs} processes can't do it; give at least 1")
    if out is not None and store is not None:
        raise UsageError("files and a store are two builds; write files of a store with kg export")
    store_path = Path(store) if store is not None else None
    place = Path(out) if out is not None else store_path
    if follow:
        from kg.read.follow import Follower

        pages = place / FOLDER / "pages" if place is not None else None
        options = replace(options, follow=Follower(options, pages, allow_private))
    names = [SAMPLES] if inputs is None else [inputs] if isinstance(inputs, str | Path) else list(inputs)
    items = read_articles(names, options)
    decisions = Path(identity) if identity is not None else place / DECISIONS if place is not None else None
    if identity is not None and not Path(identity).is_file():
        raise UsageError(f"{identity}: no such file of decisions on who is who")
    if place is not None:
        check_out(place, names)
    overrides = load_overrides(decisions) if decisions is not None else Overrides()
    plugged = tuple(sorted((components or {}).items()))
    setup = Setup(model, Path(lexicon) if lexicon is not None else None, plugged)
    with ExitStack() as stack:
        stack.enter_context(seldom_collected())
        putter = stack.enter_context(Putter(store_path, base_iri)) if store_path is not None else None
        base = base if putter is None else putter.base
        if putter is not None:
            items = putter.living(items, on_warning or (lambda line: None))
        told("load", 0)
        here = jobs == 1 and not (apart and resources is None and is_large(names))
        crew = Here(resources or setup()) if here else stack.enter_context(ProcessPool(jobs, setup))
        # while several processes load their models this one has time; beside one it spares the memory
        early = load_world() if jobs > 1 else None
        version = version_of(crew.ask(meta), setup.lexicon, (min_confidence,))
        journal = Journal(place)
        stack.callback(journal.close)
        try:
            known = Known(journal) if putter is not None else None
            run = Run(journal, crew, jobs, base, told, on_warning or (lambda line: None), known, told_of)
            run.articles(items, version, min_confidence)
            if putter is not None:
                journal.adopt(putter.holds)
            # what follows needs no model, and on a large corpus the memory that it takes
            if isinstance(crew, ProcessPool):
                crew.rest(no_model if jobs > 1 else None)
                world = early or load_world()
            else:
                world = crew.ask(attrgetter("world"))
                if resources is None:
                    crew.rest()
            corpus = run.corpus(world, overrides, merge_events, kb)
            files: tuple[Path, ...] = ()
            if putter is not None:
                summary = run.fill(putter, corpus, infer)
            else:
                summary, files = run.files(Path(out) if out is not None else None, corpus, view, infer)
        except NothingBuiltError:
            nothing_but_withdrawn = putter is not None and putter.left_out and not journal.count_rejects()
            journal.close(undo=True)
            if putter is not None and nothing_but_withdrawn:
                raise NothingBuiltError(
                    f"{withdrawn(putter.left_out)}, and nothing else is there to build; "
                    "kg forget --restore lets one come back"
                ) from None
            raise
        except OSError as error:
            name = error.filename or place
            raise OutputError(
                f"{name}: can't be written: {error.strerror or error}; what is done is kept, and the same command "
                "goes on there"
            ) from error
        built = Built(
            KeptFacts(journal), KeptRejects(journal), summary, base, files, store_path, corpus, told_of
        )
    if strict and built.rejects:
        raise RejectedError(f"{first_of(built.rejects)}; the rest was built")
    return built
