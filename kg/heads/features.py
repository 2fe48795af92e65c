"""What the heads are told of a token beside its vector: grammar, shape, place in the text, what the lexicon knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})  # what may head a mention
MAX_STEPS = 4  # of a path through the tree, up or down; longer ones are "far"
# Dependents of a word that say how sure it is.
TELLING = frozenset({"aux", "auxpass", "neg", "mark", "prt", "preconj"})


Words = dict[tuple[str, str], tuple[str, ...]]
"""What a lexicon says of words: features by lemma and part of speech."""


def word_features(parsed: Parsed, lexicon: Lexicon, known: Words | None = None) -> list[tuple[str, ...]]:
    """Return the names of the features of each token, in order ("tag=VBD", "class=plover:Assault" …).

    `known` keeps what the lexicon says, from article to article.
    """
    named = _named(parsed)
    quoted = _quoted(parsed)
    known = {} if known is None else known
    # each name is made once: then its hash is known, by which the sum of a token's features is found again
    tags, deps, shapes = _Named("tag="), _Named("dep="), _Named("shape=", _shape)
    heads, children = _Named("head="), _Named("has=")
    blocks = ["block=" + block.kind.value for block in parsed.blocks]
    out = []
    for token in parsed.tokens:
        key = (token.lemma.lower(), token.pos)
        of_word = known.get(key)
        if of_word is None:
            of_word = known[key] = tuple(_of_lemma(*key, lexicon))
        head = parsed.tokens[token.head]
        features = [
            tags[token.tag],
            deps[token.dep],
            shapes[token.text],
            heads[head.pos if head.i != token.i else "none"],
            blocks[token.block],
            *of_word,
        ]
        if (name := named.get(token.i)) is not None:
            features.append("name=" + name)
        if token.i in quoted:
            features.append("quoted")
        for child in parsed.children[token.i]:
            dependent = parsed.tokens[child]
            if dependent.dep in TELLING:
                features.append(f"{dependent.dep}:{dependent.text.lower()}")
            elif dependent.dep in ("nsubj", "nsubjpass", "dobj", "agent", "prep"):
                features.append(children[dependent.dep])
        out.append(tuple(features))
    return out


class _Named(dict[str, str]):
    """The names of one kind of feature by value."""

    def __init__(self, prefix: str, of_value: Callable[[str], str] = str) -> None:
        super().__init__()
        self._prefix, self._of_value = prefix, of_value

    def __missing__(self, value: str) -> str:
        made = self[value] = self._prefix + self._of_value(value)
        return made


def _of_lemma(lemma: str, pos: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield what the lexicon says of a word, whatever the sentence."""
    kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}.get(pos)
    if kind is not None:
        classes = {frame.event_class for frame in lexicon.frames_of(lemma, kind)}
        # the heads know the model's classes, so that one of the user's own is what it is a kind of
        yield from sorted({f"class={lexicon.classes[name].parent or name}" for name in classes})
        if lemma in lexicon.light_verbs:
            yield "light"
        if lemma in lexicon.cues.verbs and kind == "verb":
            yield "cue=" + lexicon.cues.verbs[lemma].weight
        if lemma in lexicon.cues.nouns and kind == "noun":
            yield "cue=noun"
    tables = lexicon.tables
    if lemma in tables.title_heads or lemma in tables.titles:
        yield "title"
    if lemma in tables.person_nouns:
        yield "person"
    if lemma in tables.group_nouns:
        yield "group"
    if lemma in tables.organization_words:
        yield "organization"
    if lemma in tables.place_words:
        yield "place"
    if lemma in tables.former:
        yield "former"


def _named(parsed: Parsed) -> dict[int, str]:
    named = {}
    for name in parsed.names:
        for i in range(name.first, name.last):
            named[i] = name.label if i > name.first else "B-" + name.label
    return named


def _quoted(parsed: Parsed) -> set[int]:
    """Return the tokens between quotation marks."""
    inside: set[int] = set()
    quotes = iter(sorted(parsed.quotes, key=lambda q: q.inner))
    quote = next(quotes, None)
    for token in parsed.tokens:
        while quote is not None and token.begin >= quote.inner.end:
            quote = next(quotes, None)
        if quote is not None and quote.inner.begin <= token.begin:
            inside.add(token.i)
    return inside


def _shape(word: str) -> str:
    if word.islower():
        return "lower"
    if word.isupper():
        return "capitals" if len(word) > 1 else "capital"
    if word.istitle() or word[:1].isupper():
        return "title"
    return "digits" if any(c.isdigit() for c in word) else "other"


def may_head_a_mention(token: Token) -> bool:
    """Tell whether a token may be the head of who or what takes part, speaks, or holds an office."""
    return token.pos in NOMINAL and not (token.pos == "DET" and token.dep == "det")


def head_within(parsed: Parsed, first: int, last: int) -> int:
    """Return the head of tokens `first` to `last` (exclusive, not empty): the first whose own head stands outside."""
    for token in parsed.tokens[first:last]:
        outside = not first <= token.head < last or token.head == token.i
        if outside and token.pos not in ("PUNCT", "DET", "ADP"):
            return token.i
    return last - 1


REACH = {"event": 0, "quote": 1, "title": 1}  # sentences before and behind the anchor in which it may stand


def candidates(parsed: Parsed, net: str, first: int, last: int) -> list[int]:
    """Return the tokens that may stand in a relation of a net to its anchor, the tokens `first` to `last`."""
    tokens, reach = parsed.tokens, REACH.get(net, 0)
    begin = parsed.sentences[max(0, tokens[first].sent - reach)].first
    end = parsed.sentences[min(len(parsed.sentences) - 1, tokens[last].sent + reach)].last
    return [token.i for token in tokens[begin:end] if _may_stand(token, net, first, last)]


def _may_stand(token: Token, net: str, first: int, last: int) -> bool:
    if net == "quote" and (token.pos == "VERB" or token.text.lower() == "according"):
        return not first <= token.i <= last
    if net == "quote" and first <= token.i <= last:
        return False
    return may_head_a_mention(token) and not (first == last == token.i)


def path(parsed: Parsed, start: int, goal: int) -> str:
    """Return the way through the tree between two tokens, as dependency labels up and down ("^relcl v nsubj").

    "apart" between two trees; "far" where either side takes more than MAX_STEPS steps.
    """
    return paths_from(parsed, start, [goal])[0]


def paths_from(parsed: Parsed, start: int, goals: Sequence[int]) -> list[str]:
    """Return the `path` from one token to each of several: what their ways have in common is gone once."""
    tokens = parsed.tokens
    # to each token, with the steps down; None where a root is reached without a way
    ways: dict[int, tuple[str | None, int]] = {}
    node, above = start, ""
    for _ in range(MAX_STEPS + 1):
        ways[node] = (above, 0)
        if tokens[node].head == node:
            break
        above = f"{above} ^{tokens[node].dep}" if above else f"^{tokens[node].dep}"
        node = tokens[node].head
    found: list[str] = []
    for goal in goals:
        trail: list[int] = []
        node = goal
        while node not in ways:
            head = tokens[node].head
            if head == node:
                ways[node] = (None, 0)
                break
            trail.append(node)
            node = head
        way, steps = ways[node]
        for node in reversed(trail):
            steps += 1
            if way is not None and steps <= MAX_STEPS:
                way = f"{way} {_step(tokens[node])}" if way else _step(tokens[node])
            ways[node] = (way, steps)
        if steps > MAX_STEPS:
            found.append("far")
        elif way is None:
            found.append("far" if tokens[goal].sent == tokens[start].sent else "apart")
        else:
            found.append(way)
    return found


def _step(token: Token) -> str:
    """Prepositions stand in a path by their word: what is "by" somebody is not "of" him."""
    return f"{token.dep}:{token.text.lower()}" if token.dep in ("prep", "agent", "dative") else token.dep


def distance(start: int, goal: int) -> str:
    """Return how far apart two tokens stand, in steps that grow, with its sign."""
    gap = goal - start
    size = abs(gap)
    step = (
        size
        if size < 5
        else 5
        if size < 8
        else 8
        if size < 13
        else 13
        if size < 21
        else 21
        if size < 40
        else 40
    )
    return f"{'-' if gap < 0 else '+'}{step}"


@dataclass(frozen=True, slots=True)
class Inventory:
    """The names of features in the order of their rows; what is not among them has no row."""

    words: Sequence[str]
    paths: Sequence[str]
    distances: Sequence[str]
    word_rows: dict[str, int] = field(init=False, repr=False, compare=False)
    path_rows: dict[str, int] = field(init=False, repr=False, compare=False)
    distance_rows: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, values in (
            ("word_rows", self.words),
            ("path_rows", self.paths),
            ("distance_rows", self.distances),
        ):
            object.__setattr__(self, name, {value: row for row, value in enumerate(values)})

    def rows_of(self, features: Sequence[str]) -> list[int]:
        """Return the rows of the features that are known."""
        rows = self.word_rows
        return [rows[f] for f in features if f in rows]

    def path_row(self, name: str) -> int:
        """Return the row of a path; those never learned share the last row."""
        return self.path_rows.get(name, len(self.paths))

    def distance_row(self, name: str) -> int:
        """Return the row of a distance; those never learned share the last row."""
        return self.distance_rows.get(name, len(self.distances))
