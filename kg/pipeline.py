"""The stages on one screen: an article is annotated, resolved and extracted; its facts become triples."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.annotate import annotate, load_model
from kg.components import BUILT_IN, Components, load_components
from kg.errors import SETUP, UsageError
from kg.extract import extract
from kg.graph import Evidence, facts_to_triples
from kg.graph.iris import article_iri, id_slug
from kg.heads.reader import LearnedReader
from kg.identity import EventRecord, Identity, Unified, event_records, records_of, retold, unify
from kg.identity.apply_corrections import corrected
from kg.identity.corrections import Correction
from kg.identity.model import Key
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Article, Facts, Reject
from kg.parsed import Parsed
from kg.resolve import resolve
from kg.run.batches import batches, tokens
from kg.run.codec import encode
from kg.run.gather import SortedLines, gather
from kg.run.journal import Outcome, Reader
from kg.run.windows import cut, is_long, join
from kg.world import World, load_world

if TYPE_CHECKING:
    from rdflib import URIRef
    from spacy.language import Language

    from kg.graph.triple_builder import Triple

T = TypeVar("T")
_log = logging.getLogger("kg")


@dataclass(frozen=True, slots=True)
class Resources:
    """What the stages need beside an article: loaded once, passed on, never global."""

    nlp: Language
    lexicon: Lexicon
    world: World
    reader: LearnedReader
    components: Components = BUILT_IN


def load_resources(
    model: str | None = None, lexicon: Path | None = None, components: Mapping[str, str] | None = None
) -> Resources:
    """Load the spaCy pipeline, the lexicon (the user's entries over it), what is known of the world, and components.

    `components` names by kind those that are plugged in instead of the built-in ones (`kg.components`).

    Raises:
        ModelError: the pipeline is not installed or incomplete.
        LexiconError: a lexicon file breaks its schema.
        UsageError: `lexicon` is no folder, or there is no such component.
        PluginError: a component can't be loaded, or is not what its seam promises.
    """
    if lexicon is not None and not lexicon.is_dir():
        raise UsageError(f"{lexicon}: no such folder of lexicon files")
    parts = load_components(components)
    return Resources(load_model(model), load_lexicon(lexicon), load_world(), LearnedReader(), parts)


def facts_of(
    items: Iterable[Article | Reject], resources: Resources, threshold: float | None = None
) -> Iterator[Facts | Reject]:
    """Yield the facts of each article, in order and lazily; rejects pass through.

    An article on which a stage fails becomes a Reject; the others are built. Facts less sure than `threshold`
    are left out; without it the extractors decide. Long articles are done in windows.
    """
    for batch in batches(items, _size):
        short = [item for item in batch if isinstance(item, Article) and not is_long(item)]
        parsed = iter(_annotated(short, resources.nlp))
        for item in batch:
            if isinstance(item, Reject):
                yield item
            elif is_long(item):
                yield guarded(item, _long, item, resources, threshold)
            else:
                one = next(parsed)
                yield one if isinstance(one, Reject) else guarded(item, _one, one, resources, threshold)


def _size(item: Article | Reject) -> int:
    return tokens(item.text) if isinstance(item, Article) else 0


def _annotated(articles: Sequence[Article], nlp: Language) -> list[Parsed | Reject]:
    """Annotate a batch; one that fails is done again article by article, to find what spoils it."""
    try:
        return list(annotate(articles, nlp))
    except SETUP:
        raise
    except Exception:  # noqa: BLE001 - one bad article must not cost the batch
        _log.debug("a batch of %d articles failed; annotating them one by one", len(articles), exc_info=True)
        return [guarded(article, _annotate_one, article, nlp) for article in articles]


def _annotate_one(article: Article, nlp: Language) -> Parsed:
    return next(annotate([article], nlp))


def _one(parsed: Parsed, resources: Resources, threshold: float | None) -> Facts:
    reading, parts = resources.reader.read(parsed, resources.lexicon), resources.components
    resolved = resolve(parsed, resources.lexicon, resources.world, reading, parts.resolvers)
    return extract(resolved, reading, resources.lexicon, threshold, parts.extractors)


def _long(article: Article, resources: Resources, threshold: float | None) -> Facts:
    """Return the facts of a long article, done window by window."""
    parts = []
    for window in cut(article):
        parsed = _annotate_one(window.article, resources.nlp)
        parts.append((window.begin, _one(parsed, resources, threshold)))
    return join(article, parts)


def guarded(article: Article, stage: Callable[..., T], *args: object) -> T | Reject:
    """Return what the stage gives, or a Reject if it fails: a mistake of ours costs this article only.

    Raises:
        KGError: the set-up is wrong (a lexicon, the model), which would cost every article.
    """
    try:
        return stage(*args)
    except SETUP:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a stage trips on costs this article only
        _log.debug("%s failed on %s", stage.__name__, article.id, exc_info=True)
        return failed(article, f"{type(error).__name__}: {error}")


def failed(article: Article, why: str) -> Reject:
    """Return the reject of an article that could not be built."""
    reason = " ".join(f"the builder failed on it: {why}".split())
    return Reject(article.source or article.id, reason[:300], article.id)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What all articles together tell of each: which nodes its entities are, which of its events others report."""

    identity: Identity
    events: Mapping[tuple[str, str], EventRecord] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)


def shared_out(corpus: Corpus) -> Callable[[Sequence[str]], Corpus]:
    """Return what gives the part of a corpus that the articles at some paths need to be written."""
    assigned, events = corpus.identity.assigned, corpus.events
    things, told = defaultdict[str, list[Key]](list), defaultdict[str, list[Key]](list)
    for keys, of_article in ((assigned, things), (events, told)):
        for key in keys:
            of_article[key[0]].append(key)

    def part(paths: Sequence[str]) -> Corpus:
        # members lead from a node to all its articles, which are not needed to write one
        nodes = {key: replace(assigned[key], members=()) for path in paths for key in things.get(path, ())}
        merged = {key: events[key] for path in paths for key in told.get(path, ())}
        wanted = {id_slug(path) for path in paths}
        kept = {doc: some for doc, some in corpus.corrections.items() if doc in wanted}
        return Corpus(Identity((), (), nodes), merged, kept)

    return part


def unified(facts: Facts, corpus: Corpus) -> Unified:
    """Return the facts of an article in the terms of the corpus, as people corrected them."""
    made = unify(facts, corpus.identity)
    wanted = corpus.corrections.get(id_slug(facts.article.path)) if corpus.corrections else None
    return made if wanted is None else replace(made, facts=corrected(made.facts, wanted)[0])


def events_of(facts: Facts, corpus: Corpus) -> tuple[EventRecord, ...]:
    """Return the events of an article that others may report."""
    made = guarded(facts.article, unified, facts, corpus)
    return () if isinstance(made, Reject) else event_records(made)


def triples_of(
    facts: Facts, corpus: Corpus, base: str, evidence: Evidence = Evidence.LEAN
) -> tuple[URIRef, list[Triple]] | Reject:
    """Return the triples of an article in the terms of the corpus with the name of their graph, or a Reject."""
    made = guarded(facts.article, _triples, facts, corpus, base, evidence)
    return made if isinstance(made, Reject) else (article_iri(base, facts.article.path), made)


def _triples(facts: Facts, corpus: Corpus, base: str, evidence: Evidence) -> list[Triple]:
    made = unified(facts, corpus)
    if corpus.events:
        made = retold(made, corpus.events)
    return facts_to_triples(made.facts, base, made.segments, made.events, evidence)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process loads before it works."""

    model: str | None
    lexicon: Path | None
    components: tuple[tuple[str, str], ...] = ()

    def __call__(self) -> Resources:
        """Load it."""
        return load_resources(self.model, self.lexicon, dict(self.components))


def no_model() -> None:
    """Set a process up for work that needs no model; to get this function it loads what writes triples."""


def meta(resources: Resources) -> dict[str, str]:
    """Return name and version of all that an outcome depends on: pipeline, reader, libraries, plug-ins."""
    found = {key: str(resources.nlp.meta.get(key)) for key in ("lang", "name", "version")}
    libraries = {name: version(name) for name in ("spacy", "thinc", "onnxruntime")}
    plugged = {f"component {kind}": stamp for kind, stamp in resources.components.stamps.items()}
    return {**found, **libraries, **plugged, "reader": resources.reader.weights.version}


@dataclass(frozen=True, slots=True)
class Task:
    """One article to be built: its place in the input, its stamp, itself."""

    seq: int
    stamp: str
    article: Article


@dataclass(frozen=True, slots=True)
class Work:
    """What a process does with a batch of articles: their facts, packed."""

    threshold: float | None

    def __call__(self, resources: Resources, tasks: Sequence[Task]) -> list[Outcome]:
        """Return what becomes of each article."""
        made = facts_of((task.article for task in tasks), resources, self.threshold)
        return [_outcome(task, item) for task, item in zip(tasks, made, strict=True)]


def _outcome(task: Task, made: Facts | Reject) -> Outcome:
    if isinstance(made, Reject):
        return Outcome(task.seq, reject=made)
    lines = "\n".join(record.to_json() for record in records_of(made)).encode("utf-8", "surrogatepass")
    return Outcome(task.seq, task.article.path, task.stamp, encode(made), lines)


def lost_task(task: Task, why: str) -> Outcome:
    """Return the outcome of an article whose process was killed."""
    return Outcome(task.seq, reject=failed(task.article, why))


@dataclass(frozen=True, slots=True)
class ManifestSlice:
    """A stretch of a manifest: the places `begin` to `end`, what the corpus tells of them, and the files to write."""

    manifest: Path
    begin: int
    end: int
    corpus: Corpus
    base: str
    files: Path
    evidence: Evidence = Evidence.LEAN


def gathered(_: object, pieces: Sequence[ManifestSlice]) -> list[SortedLines]:
    """Return the sorted lines of stretches of a manifest, in files."""
    made = []
    for piece in pieces:
        reader = Reader(piece.manifest)
        try:
            triples = partial(triples_of, corpus=piece.corpus, base=piece.base, evidence=piece.evidence)
            made.append(gather(reader.articles(piece.begin, piece.end), triples, piece.base, piece.files))
        finally:
            reader.close()
    return made
