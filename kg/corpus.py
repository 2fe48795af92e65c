"""One build under way: articles to facts in the manifest, who is who over all of them, then the graph's files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kg.errors import NothingBuiltError, OutputError
from kg.graph import Evidence, triples_to_graph
from kg.graph.iris import absolute, id_slug
from kg.identity import (
    Identity,
    IdentityRecord,
    Overrides,
    identify,
    identity_graph,
    identity_triples,
    merged_events,
    unify,
)
from kg.identity.apply_corrections import corrected, of_articles, renamed
from kg.identity.corrections import Correction, corrections_of, shown
from kg.identity.kb.link import load_linker
from kg.identity.profile import forget
from kg.model import Article, Facts, Reject
from kg.options import BuildOptions
from kg.pipeline import (
    Corpus,
    ManifestSlice,
    Task,
    Work,
    events_of,
    gathered,
    lost_task,
    shared_out,
    triples_of,
)
from kg.run.batches import TOKENS, batches, tokens
from kg.run.codec import decode
from kg.run.files import clear_parts, write_files
from kg.run.gather import STRETCH, SortedLines, gather, gather_graph, turtle
from kg.run.into_store import Putter
from kg.run.journal import Journal, Outcome
from kg.run.known import Known, known_key
from kg.run.memory import give_back
from kg.run.outputs import DRAWN, is_small, outputs
from kg.run.processes import Here, ProcessPool
from kg.run.summary import Summary, Tally, nothing_built
from kg.store import inferred_triples, stamp_of
from kg.store.packed import INFERRED
from kg.world import World

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.graph.triple_builder import Triple

BATCH = TOKENS
"""Articles with about so many tokens are built and noted together: so much is lost when a build is killed."""
_FLUSH = 500
"""So many records that need no work are noted together."""
_MANY = 50_000
"""Who is who among so many leaves memory behind that is worth giving back."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the steps of one build share; `base` is the store's if there is one, `known` what earlier builds found."""

    journal: Journal
    crew: Here | ProcessPool
    options: BuildOptions
    base: str
    known: Known | None = None

    def articles(self, items: Iterable[Article | Reject], version: str) -> None:
        """Note in the manifest what becomes of each record; what is done by the same version is not done again.

        Raises:
            NothingBuiltError: none could be built.
            OutputError: the disk refuses; what was noted before is safe.
        """
        journal = self.journal
        journal.begin()
        noted: list[Outcome] = []
        count = 0

        def new() -> Iterator[Task]:
            nonlocal count
            for seq, item in enumerate(items):
                if isinstance(item, Reject):
                    noted.append(Outcome(seq, reject=item))
                else:
                    stamp = stamp_of(item, version)
                    if journal.stamp(item.path) != stamp:
                        yield Task(seq, stamp, item)
                        continue
                    noted.append(Outcome(seq, item.path, stamp))
                    count += 1
                if len(noted) >= _FLUSH:
                    journal.add(noted)
                    noted.clear()
                    self.options.tell("articles", count)

        work = batches(new(), lambda task: tokens(task.article.text), BATCH)
        for outcomes in self.crew.map(Work(self.options.min_confidence), work, lost_task):
            journal.add(outcomes)
            count += sum(one.reject is None for one in outcomes)
            self.options.tell("articles", count)
        journal.add(noted)
        if not len(journal):
            raise NothingBuiltError(nothing_built(list(journal.rejects())))

    def corpus(self, world: World, overrides: Overrides) -> Corpus:
        """Return who is who over all articles of the run and, if wanted, which events several of them report.

        Raises:
            IdentityError: there is no such knowledge base, or it can't be read.
        """
        self.options.tell("identity", 0)
        retired = self.known.retired() if self.known is not None else None
        corrections = corrections_of(overrides)
        identity = identify(self._records(), world, overrides, load_linker(world, self.options.kb), retired)
        identity, idle = renamed(identity, corrections)
        if len(identity.assigned) > _MANY:
            forget()
            give_back()
        for line in identity.unmatched:
            self.options.warn(line)
        corpus = Corpus(identity, corrections=of_articles(corrections))
        for one in (*idle, *self._idle(corpus)):
            self.options.warn(f"{overrides.source}: nothing found to {shown(one)}")
        if not self.options.merge_events:
            return corpus
        self.options.tell("events", 0)
        articles = (facts for _, facts in self.journal.articles())
        merged = merged_events(event for facts in articles for event in events_of(facts, corpus))
        return replace(corpus, events=merged)

    def _idle(self, corpus: Corpus) -> Iterator[Correction]:
        """Yield the corrections of facts that find nothing to correct in the run's articles."""
        left = dict(corpus.corrections)
        for path in self.journal.paths() if left else ():
            wanted = left.pop(id_slug(path), None)
            if wanted is not None:
                for (data,) in self.journal.rows("SELECT facts FROM done WHERE path = ?", path):
                    yield from corrected(unify(decode(data), corpus.identity).facts, wanted)[1]
        for some in left.values():
            yield from some

    def _records(self) -> Iterator[IdentityRecord]:
        """Yield the records of all articles, with what their things were in earlier builds if that is kept."""
        for path, lines in self.journal.records():
            was = partial(_was, self.known.paths(path)) if self.known is not None else None
            for line in lines:
                yield IdentityRecord.from_json(line, was)

    def _note_known(self, known: Known, identity: Identity) -> None:
        entities = (
            ((one.doc, one.kind.value, one.name), node.segment)
            for _, lines in self.journal.records()
            for one in map(IdentityRecord.from_json, lines)
            if (node := identity.assigned.get(one.key)) is not None
        )
        known.note(entities, {lost: node.segment for node in identity.nodes for lost in node.was})

    def gathered(self, corpus: Corpus, folder: Path | None) -> list[SortedLines]:
        """Return the lines of all articles; more than one stretch of them go to files in `folder`.

        Articles whose triples can't be made become rejects.
        """
        self.options.tell("triples", 0)
        places = self.journal.places(STRETCH)
        make = partial(triples_of, corpus=corpus, base=self.base, evidence=self.options.evidence_kind)
        stretches: list[SortedLines] = []
        manifest = self.journal.file if self.options.jobs > 1 and len(places) > 1 else None
        if folder is not None and manifest is not None:
            part = shared_out(corpus)
            pieces = (
                [
                    ManifestSlice(
                        *(manifest, *cut, part(self.journal.paths(*cut)), self.base),
                        *(_file(folder, number), self.options.evidence_kind),
                    )
                ]
                for number, cut in enumerate(places)
            )
            for made in self.crew.map(gathered, pieces, self._lost):
                stretches += made
                self.options.tell("triples", sum(stretch.triples for stretch in stretches))
        else:
            for number, (begin, end) in enumerate(places):
                file = _file(folder, number) if folder is not None and len(places) > 1 else None
                stretches.append(gather(self.journal.articles(begin, end), make, self.base, file))
                self.options.tell("triples", sum(stretch.triples for stretch in stretches))
        for seq, reject in [pair for stretch in stretches for pair in stretch.failed]:
            self.journal.add([Outcome(seq, reject=reject)])
        if not len(self.journal):
            raise NothingBuiltError(nothing_built(list(self.journal.rejects())))
        judged = identity_triples(corpus.identity, self.base)
        last = _file(folder, len(places)) if folder is not None and manifest is not None else None
        stretches.append(gather_graph(identity_graph(self.base), judged, self.base, last))
        return stretches

    def _lost(self, part: ManifestSlice, why: str) -> NoReturn:
        raise OutputError(
            f"{self.journal.file}: its graph could not be made: {why}; run the same command again"
        )

    def files(self, out: Path | None, corpus: Corpus) -> tuple[Summary, tuple[Path, ...]]:
        """Write the files, if there is a folder for them; return the summary and their paths.

        Raises:
            OutputError: the disk refuses.
        """
        tally = Tally(self.base)
        with ExitStack() as stack:
            folder = self.journal.folder or Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-"))
            )
            stretches = self.gathered(corpus, folder)
            small = is_small(stretches)
            if self.options.infer and small:
                more = inferred_triples(self.triples(corpus))
                stretches.append(gather_graph(absolute(self.base, INFERRED), more, self.base))
            if out is None:
                for _ in tally.watch(turtle(stretches)):
                    pass
                files: tuple[Path, ...] = ()
            else:
                rejects = self.journal.rejects() if self.journal.count_rejects() else None
                graph = partial(_graph, self, corpus)
                wanted = outputs(stretches, graph, rejects, tally, view=self.options.view)
                clear_parts(out, wanted)
                files = write_files(out, wanted, self.options.tell)
                if not small:
                    self._tell_left_out(stretches)
        self.journal.sweep()
        return self.summary(tally, corpus.identity), files

    def fill(self, putter: Putter, corpus: Corpus) -> Summary:
        """Put the articles into a store, and return what is in it.

        Raises:
            StoreError: the disk refuses; what was put before is safe.
        """
        make = partial(triples_of, corpus=corpus, base=self.base, evidence=self.options.evidence_kind)
        digest = partial(_digest, corpus=corpus, evidence=self.options.evidence_kind)
        judged = identity_graph(self.base), identity_triples(corpus.identity, self.base)
        filled = putter.fill(self.journal, make, digest, judged, self.options.tell)
        putter.infer(self.options.infer, changed=filled.put > 0)
        if self.known is not None:
            self._note_known(self.known, corpus.identity)
        self.journal.sweep()
        return putter.summary()

    def triples(self, corpus: Corpus) -> Iterator[Triple]:
        """Yield the triples of all articles, and those of the judgements."""
        return all_triples(
            (facts for _, facts in self.journal.articles()), corpus, self.base, self.options.evidence_kind
        )

    def summary(self, tally: Tally, identity: Identity) -> Summary:
        """Return what was counted, with the names of the busiest."""
        busy = {path for path, _, _ in tally.busiest()}
        labels = {node.segment: node.label for node in identity.nodes if node.segment in busy}
        return tally.summary(len(self.journal), labels)

    def _tell_left_out(self, stretches: Sequence[SortedLines]) -> None:
        names = [
            "graph.graphml",
            *(["graph.html"] if self.options.view else []),
            *(["the inferred graph"] if self.options.infer else []),
        ]
        count = sum(stretch.triples for stretch in stretches)
        self.options.warn(
            f"{', '.join(names)} left out: they end at {DRAWN:,} triples and this graph has {count:,}; "
            "kg build --store and kg serve go on"
        )


def all_triples(
    articles: Iterable[Facts], corpus: Corpus, base: str, evidence: Evidence = Evidence.LEAN
) -> Iterator[Triple]:
    """Yield the triples of articles in the terms of the corpus, and those of the judgements."""
    for facts in articles:
        made = triples_of(facts, corpus, base, evidence)
        if not isinstance(made, Reject):
            yield from made[1]
    yield from identity_triples(corpus.identity, base)


def _was(paths: Mapping[str, str], kind: str, name: str) -> str:
    return paths.get(known_key(kind, name), "")


def _digest(facts: Facts, corpus: Corpus, evidence: Evidence) -> str:
    path = facts.article.path
    found = ((e.id, corpus.identity.node(path, e.id)) for e in facts.entities)
    nodes = (f"{i}\t{n.segment}\t{n.kind}\t{n.label}\t{n.same_as}" for i, n in found if n is not None)
    events = (one.to_json() for e in facts.events if (one := corpus.events.get((path, e.id))) is not None)
    fixes = map(repr, corpus.corrections.get(id_slug(path), ()))
    return "\n".join([evidence, *nodes, *events, *fixes])


def _graph(run: Run, corpus: Corpus) -> Graph:
    return triples_to_graph(run.triples(corpus))


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number:06}"
