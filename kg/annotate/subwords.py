"""Cuts an article's tokens into chunks of word pieces, as the encoder takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.parsed import Parsed, Sentence

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_PIECES = 128  # of a chunk; more context costs time and gains nothing that is seen in the figures
MAX_OF_WORD = 6  # pieces of one token: web addresses and the like are cut
CLS, SEP, UNKNOWN = 101, 102, 100


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens `first` to `last` (exclusive) in word pieces: their `ids`, and `at`, where each token's first piece is."""

    first: int
    last: int
    ids: tuple[int, ...]
    at: tuple[int, ...]


class WordPieces:
    """The vocabulary: gives the ids of a word's pieces, and remembers them."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._encode = lru_cache(maxsize=50_000)(lambda word: _ids(tokenizer, word))

    def of(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces: at least one, at most MAX_OF_WORD."""
        return self._encode(word)


def _ids(tokenizer: Tokenizer, word: str) -> tuple[int, ...]:
    ids = tokenizer.encode(word, add_special_tokens=False).ids[:MAX_OF_WORD]
    return tuple(ids) or (UNKNOWN,)


def chunks(parsed: Parsed, pieces: WordPieces) -> list[Chunk]:
    """Return the chunks of an article: whole sentences, one after another, as many as MAX_PIECES takes.

    A sentence that is longer is cut. Where a chunk ends depends on the article alone, so that its vectors do, too.
    """
    words = [pieces.of(token.text) for token in parsed.tokens]
    return [_chunk(first, last, words) for first, last in _stretches(parsed.sentences, words)]


def _stretches(sentences: Sequence[Sentence], words: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    room = MAX_PIECES - 2
    first, size, last = 0, 0, 0
    for sentence in sentences:
        length = sum(map(len, words[sentence.first : sentence.last]))
        if size and size + length > room:
            yield first, last
            first, size = sentence.first, 0
        if length > room:
            for i in range(sentence.first, sentence.last):
                if size + len(words[i]) > room:
                    yield first, i
                    first, size = i, 0
                size += len(words[i])
        else:
            size += length
        last = sentence.last
    if last > first:
        yield first, last


def _chunk(first: int, last: int, words: Sequence[tuple[int, ...]]) -> Chunk:
    ids, at = [CLS], []
    for i in range(first, last):
        at.append(len(ids))
        ids += words[i]
    return Chunk(first, last, (*ids, SEP), tuple(at))
