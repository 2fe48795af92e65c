"""The pipeline on one screen: read, annotate, resolve, extract, then triples and the files that hold them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.annotate import annotate, load_model
from kg.errors import NothingBuiltError, RejectedError, UsageError
from kg.extract import extract
from kg.graph import DEFAULT_BASE, check_base, facts_to_triples, triples_to_graph
from kg.graph.iris import article_iri
from kg.identity import (
    Overrides,
    event_records,
    identify,
    identity_graph,
    identity_triples,
    load_overrides,
    merged_events,
    records_of,
    retold,
    unify,
)
from kg.identity.overrides import FILE as DECISIONS
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Article, Facts, Reject
from kg.parsed import Parsed
from kg.read import ReadOptions, read_articles
from kg.resolve import resolve
from kg.run.files import check_out, write_files
from kg.run.outputs import outputs
from kg.run.summary import Summary, summarise
from kg.world import World, load_world

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from spacy.language import Language

    from kg.graph.sheet import Triple

Inputs = Iterable[str | Path] | str | Path
SAMPLES = Path(__file__).parent / "samples"
BATCH_CHARS = 200_000
"""Articles are annotated together up to this many code points, which bounds memory."""

Progress = Callable[[str, int], None]
"""Called with the step ("load", "articles", a file's name) and how much of it is done."""

T = TypeVar("T")
_log = logging.getLogger("kg")


@dataclass(frozen=True, slots=True)
class Resources:
    """What the stages need beside an article: loaded once, passed on, never global."""

    nlp: Language
    lexicon: Lexicon
    world: World


@dataclass(frozen=True)
class Built:
    """What one build gives, in input order; `triples` holds each article's under the name of its graph."""

    facts: tuple[Facts, ...]
    rejects: tuple[Reject, ...]
    triples: Mapping[URIRef, list[Triple]] = field(repr=False)
    base_iri: str
    files: tuple[Path, ...] = ()

    @property
    def graph(self) -> Graph:
        """All articles in one rdflib graph, made anew at each call."""
        return triples_to_graph(chain.from_iterable(self.triples.values()))

    @property
    def summary(self) -> Summary:
        """What was found, in numbers and names."""
        return summarise(self.triples, len(self.facts), self.rejects)


def load_resources(model: str | None = None, lexicon: Path | None = None) -> Resources:
    """Load the spaCy pipeline, the lexicon (the user's entries over it) and what is known of the world.

    Raises:
        ModelError: the pipeline is not installed or incomplete.
        LexiconError: a lexicon file breaks its schema.
        UsageError: `lexicon` is no folder.
    """
    if lexicon is not None and not lexicon.is_dir():
        raise UsageError(f"{lexicon}: no such folder of lexicon files")
    return Resources(load_model(model), load_lexicon(lexicon), load_world())


def facts_of(
    items: Iterable[Article | Reject], resources: Resources, threshold: float | None = None
) -> Iterator[Facts | Reject]:
    """Yield the facts of each article, in order and lazily; rejects pass through.

    An article on which a stage fails becomes a Reject; the others are built. Facts less sure than `threshold`
    are left out; without it the extractors decide.
    """
    for item in _annotated(items, resources.nlp):
        if isinstance(item, Reject):
            yield item
        else:
            yield _guarded(item.article, _one, item, resources, threshold)


def build(
    inputs: Inputs | None = None,
    *,
    out: str | Path | None = None,
    date: str | None = None,
    model: str | None = None,
    base_iri: str = DEFAULT_BASE,
    min_confidence: float | None = None,
    strict: bool = False,
    format: str | None = None,  # noqa: A002 - named as the option is
    encoding: str | None = None,
    any_language: bool = False,
    lexicon: str | Path | None = None,
    view: bool = True,
    identity: str | Path | None = None,
    merge_events: bool = False,
    resources: Resources | None = None,
    on_progress: Progress | None = None,
    on_warning: Callable[[str], None] | None = None,
) -> Built:
    """Build the graph of files, folders, globs, "-" (standard input) and URLs; without any, of the samples.

    With `out` the files are written there, all or none: graph.ttl, graph.trig, graph.graphml, with `view`
    graph.html, and rejects.jsonl if something was rejected. One thing is one node over all articles, as far as
    `identity` (a file of decisions; identity.yaml in `out` if there is one) does not say otherwise; with
    `merge_events` an event that several articles report is one, too. `resources` spares loading the model again.

    Raises:
        UsageError: a path is missing, or an option makes no sense.
        NothingBuiltError: not one record could be built; nothing is written.
        RejectedError: with `strict`, some records were rejected; the others are built and written.
        ModelError, LexiconError, OutputError: what is needed can't be loaded or written.
    """
    told = on_progress or (lambda step, done: None)
    options = ReadOptions(
        date=date, check_language=not any_language, encoding=encoding, format=format, on_warning=on_warning
    )
    base = check_base(base_iri)
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise UsageError(f"the least confidence is {min_confidence}; it must lie between 0 and 1")
    names = [SAMPLES] if inputs is None else [inputs] if isinstance(inputs, str | Path) else list(inputs)
    items = read_articles(names, options)
    decisions = Path(identity) if identity is not None else Path(out) / DECISIONS if out is not None else None
    if identity is not None and not Path(identity).is_file():
        raise UsageError(f"{identity}: no such file of decisions on who is who")
    if out is not None:
        check_out(Path(out), names)
    told("load", 0)
    resources = resources or load_resources(model, Path(lexicon) if lexicon is not None else None)
    facts: list[Facts] = []
    rejects: list[Reject] = []
    graphs: dict[URIRef, list[Triple]] = {}
    found: list[Facts] = []
    for item in facts_of(items, resources, min_confidence):
        if isinstance(item, Reject):
            rejects.append(item)
        else:
            found.append(item)
        told("articles", len(found))
    told("identity", 0)
    overrides = load_overrides(decisions) if decisions is not None else Overrides()
    who = identify((record for one in found for record in records_of(one)), resources.world, overrides)
    if on_warning is not None:
        for line in who.unmatched:
            on_warning(line)
    unified = [unify(one, who) for one in found]
    if merge_events:
        merged = merged_events(record for one in unified for record in event_records(one))
        unified = [retold(one, merged) for one in unified]
    for one, its in zip(found, unified, strict=True):
        made = _guarded(one.article, facts_to_triples, its.facts, base, its.segments, its.events)
        if isinstance(made, Reject):
            rejects.append(made)
        else:
            facts.append(one)
            graphs[article_iri(base, one.article.path)] = made
    if not facts:
        raise NothingBuiltError(_nothing_built(rejects))
    graphs[identity_graph(base)] = list(identity_triples(who, base))
    built = Built(tuple(facts), tuple(rejects), graphs, base)
    if out is not None:
        files = outputs(graphs, lambda: built.graph, rejects, base, view)
        built = replace(built, files=write_files(Path(out), files, told))
    if strict and rejects:
        raise RejectedError(f"{_first_of(rejects)}; the rest was built")
    return built


def _one(parsed: Parsed, resources: Resources, threshold: float | None) -> Facts:
    resolved = resolve(parsed, resources.lexicon, resources.world)
    if threshold is None:
        return extract(resolved, resources.lexicon)
    facts = extract(resolved, resources.lexicon, threshold)
    return replace(
        facts,
        roles=tuple(role for role in facts.roles if role.confidence >= threshold),
        relations=tuple(relation for relation in facts.relations if relation.confidence >= threshold),
    )


def _annotated(items: Iterable[Article | Reject], nlp: Language) -> Iterator[Parsed | Reject]:
    """Annotate in batches; a batch that fails is done again one by one, to find what spoils it."""
    for batch in _batches(items):
        articles = [item for item in batch if isinstance(item, Article)]
        done: list[Parsed | Reject]
        try:
            done = list(annotate(articles, nlp))
        except Exception:  # noqa: BLE001 - one bad article must not cost the batch
            _log.debug(
                "a batch of %d articles failed; annotating them one by one", len(articles), exc_info=True
            )
            done = [_guarded(article, _annotate_one, article, nlp) for article in articles]
        parsed = iter(done)
        for item in batch:
            yield item if isinstance(item, Reject) else next(parsed)


def _annotate_one(article: Article, nlp: Language) -> Parsed:
    return next(annotate([article], nlp))


def _batches(items: Iterable[Article | Reject]) -> Iterator[list[Article | Reject]]:
    batch: list[Article | Reject] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    yield batch


def _guarded(article: Article, stage: Callable[..., T], *args: object) -> T | Reject:
    """Return what the stage gives, or a Reject if it fails: a mistake of ours costs this article only."""
    try:
        return stage(*args)
    except Exception as error:  # noqa: BLE001 - whatever a stage trips on costs this article only
        _log.debug("%s failed on %s", stage.__name__, article.id, exc_info=True)
        reason = " ".join(f"the builder failed on it: {type(error).__name__}: {error}".split())
        return Reject(article.source or article.id, reason[:300], article.id)


def _first_of(rejects: Sequence[Reject]) -> str:
    count = "1 record was" if len(rejects) == 1 else f"{len(rejects)} records were"
    first = f"{rejects[0].source}: {rejects[0].reason}"
    return f"{count} rejected ({'' if len(rejects) == 1 else 'first '}{first})"


def _nothing_built(rejects: Sequence[Reject]) -> str:
    if not rejects:
        return "there is nothing to build: the input holds no record"
    if len(rejects) == 1:
        return f"{rejects[0].source}: {rejects[0].reason}"
    return f"nothing could be built: {_first_of(rejects)}"
