"""Reads the corpora into articles with labels: annotated news, and what is learned from before it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.heads.features import head_within
from kg.heads.narrative import TokenMention
from kg.model import Article, Span
from kg.parsed import Parsed

Stretch = tuple[int, int]
PLAIN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "`": "'"}
TIGHT = frozenset(
    [",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "n't", "'re", "'ve", "'ll", "'m", "'d", "'"]
)
LINES = 24  # sentences of an article made of single ones
PROPBANK = ("ARG0", "ARG1", "ARG2", "ARGM-LOC", "ARGM-TMP", "ARGM-DIR")
FACTUALITY = ("asserted", "reported", "planned", "hypothetical", "negated")


@dataclass(frozen=True, slots=True)
class Pair:
    """`anchor` (a stretch of text) and what stands in relation `name` to it."""

    net: str
    name: str
    anchor: Stretch
    other: Stretch


@dataclass(slots=True)
class Labelled:
    """An article with labels on stretches of text: `tags` by task, `pairs`; `tasks` are those annotated in full."""

    article: Article
    tasks: frozenset[str]
    tags: list[tuple[str, str, Stretch]] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    anchors: list[tuple[str, Stretch]] = field(default_factory=list)


def annotated(folder: Path) -> Iterator[tuple[dict, Article]]:
    """Yield the annotations of a folder of NAME.txt and NAME.gold.json with their articles, in order."""
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.removesuffix(".gold.json") + ".txt").read_text(encoding="utf-8")
        yield gold, Article(gold["id"], text, gold["id"], date=gold.get("published"))


def mentions_of(spans: Iterable[Sequence[int]], parsed: Parsed) -> Iterator[TokenMention]:
    """Yield sentence and head token of the annotated mentions of an entity, in order."""
    for begin, end in sorted(spans):
        within = parsed.tokens_in(Span(begin, end))
        if within:
            head = parsed.tokens[head_within(parsed, within[0].i, within[-1].i + 1)]
            yield TokenMention(head.sent, head.i)


def news(folder: Path) -> Iterator[Labelled]:
    """Yield the annotated articles of a folder of NAME.txt and NAME.gold.json, in order."""
    for gold, article in annotated(folder):
        if gold.get("events") is None:
            continue
        text = article.text
        made = Labelled(article, frozenset({"names", "trigger", "quotes", "titles"}))
        _entities(made, gold["entities"], text)
        for event in gold["events"]:
            _event(made, event)
        for quote in gold["quotes"] or []:
            span = tuple(quote["span"])
            made.tags.append(("quotes", "direct" if quote["direct"] else "indirect", span))
            _anchor(made, "quote", span, quote, ("speaker", "cue"))
        for role in gold["roles"] or []:
            if role.get("title_span"):
                span = tuple(role["title_span"])
                made.tags.append(("titles", "title", span))
                made.tags.append(("former", "yes" if role["former"] else "no", span))
                _anchor(made, "title", span, role, ("person", "organization"))
        yield made


def _entities(made: Labelled, entities: list[dict], text: str) -> None:
    for entity in entities:
        names = {n.lower() for n in (entity["name"], *entity["aliases"])}
        for mention in entity["mentions"]:
            if text[slice(*mention)].lower() in names:
                made.tags.append(("names", entity["type"], tuple(mention)))


def _event(made: Labelled, event: dict) -> None:
    trigger = tuple(event["trigger"])
    made.tags += [("trigger", "yes", trigger), ("class", event["type"], trigger)]
    made.tags.append(("factuality", event["modality"], trigger))
    made.anchors.append(("event", trigger))
    for name in ("agent", "patient", "place"):
        spans = event.get(name + "_spans") or []
        made.pairs += [Pair("event", name, trigger, tuple(span)) for span in spans if span is not None]
    if event.get("time_span"):
        made.pairs.append(Pair("event", "time", trigger, tuple(event["time_span"])))


def _anchor(made: Labelled, net: str, span: Stretch, fact: dict, names: tuple[str, ...]) -> None:
    """Add an anchor, and what stands in these relations to it where the annotation says where."""
    made.anchors.append((net, span))
    made.pairs += [
        Pair(net, name, span, tuple(fact[name + "_span"])) for name in names if fact.get(name + "_span")
    ]


@dataclass(slots=True)
class _Lines:
    """Single sentences in tokens, put together to articles."""

    name: str
    tasks: frozenset[str]
    words: list[str] = field(default_factory=list)
    size: int = 0
    count: int = 0
    made: Labelled | None = None

    def add(self, tokens: list[str]) -> list[Stretch]:
        """Add a sentence; return where each of its tokens stands."""
        if self.made is None:
            self.made = Labelled(Article(self.name, "", self.name), self.tasks)
            self.words, self.size = [], 0
        at, parts = [], []
        position = self.size
        for token in tokens:
            word = PLAIN.get(token, token.replace("\n", " ")) or "_"
            at.append((position, position + len(word)))
            parts.append(word)
            position += len(word) + 1
        self.words.append(" ".join(parts))
        self.size = position
        self.count += 1
        return at

    def take(self) -> Labelled:
        """Return the article made so far and begin another."""
        assert self.made is not None
        made = self.made
        made.article = Article(f"{self.name}-{self.count}", "\n".join(self.words), self.name)
        self.made = None
        return made

    @property
    def full(self) -> bool:
        """Whether enough sentences are together."""
        return self.made is not None and len(self.words) >= LINES


def lines_of(path: Path) -> Iterator[dict]:
    """Yield the records of a file that holds a JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _together(lines: _Lines, records: Iterable[dict], label) -> Iterator[Labelled]:
    for record in records:
        tokens = record["sentence"].split() if "sentence" in record else record["tokens"]
        if len(tokens) < 3:
            continue
        at = lines.add(tokens)
        label(record, at, lines.made)
        if lines.full:
            yield lines.take()
    if lines.made is not None:
        yield lines.take()


def propbank(path: Path) -> Iterator[Labelled]:
    """Yield open text with PropBank's predicates and their arguments."""

    def label(record: dict, at: list[Stretch], made: Labelled) -> None:
        for predicate in record["preds"]:
            trigger = at[predicate["i"]]
            made.tags.append(("predicate", "yes", trigger))
            made.anchors.append(("predicate", trigger))
            for name, begin, end in predicate["args"]:
                if name in PROPBANK and end > begin:
                    made.pairs.append(Pair("predicate", name, trigger, (at[begin][0], at[end - 1][1])))

    return _together(_Lines("propbank", frozenset({"predicate"})), lines_of(path), label)


def qanom(path: Path) -> Iterator[Labelled]:
    """Yield sentences in which nouns are told to be, or not to be, events."""

    def label(record: dict, at: list[Stretch], made: Labelled) -> None:
        for noun in record["nouns"]:
            made.tags.append(("nominal", "yes" if noun["event"] else "no", at[noun["i"]]))

    return _together(_Lines("qanom", frozenset()), lines_of(path), label)


def geneva(path: Path) -> Iterator[Labelled]:
    """Yield sentences with 115 types of events."""

    def label(record: dict, at: list[Stretch], made: Labelled) -> None:
        for event in record["events"]:
            begin, end = event["trigger"]
            made.tags.append(("geneva", event["type"], (at[begin][0], at[end - 1][1])))

    return _together(_Lines("geneva", frozenset({"geneva"})), lines_of(path), label)


def ecbplus(path: Path) -> Iterator[Labelled]:
    """Yield news articles with mentions of events, of who takes part, and of times and places.

    Only the sentences that hold any markable are annotated in full.
    """
    for record in lines_of(path):
        lines = _Lines("ecb-" + record["doc"], frozenset({"happening"}))
        marked = {
            record["sent"][t] for m in record["markables"] for t in m["tokens"] if t < len(record["sent"])
        }
        at: dict[int, Stretch] = {}
        for number in sorted(marked):
            own = [i for i, s in enumerate(record["sent"]) if s == number]
            places = lines.add([record["tokens"][i] for i in own])
            at.update(zip(own, places, strict=True))
        if lines.made is None:
            continue
        for markable in record["markables"]:
            tokens = [t for t in markable["tokens"] if t in at]
            tag = markable["tag"].removeprefix("NEG_")
            if not tokens:
                continue
            span = (at[tokens[0]][0], at[tokens[-1]][1])
            if tag.startswith("ACTION"):
                kind = tag.removeprefix("ACTION_").lower()
                lines.made.tags.append(("happening", kind, span))
            elif tag.startswith(("HUMAN", "LOC", "TIME", "NON_HUMAN")):
                lines.made.tags.append(("party", tag.split("_")[0].lower(), span))
        yield lines.take()


def joined(tokens: list[str], sentences: list[int]) -> tuple[str, list[Stretch]]:
    """Put tokens together as they are usually written, three sentences a paragraph; return where each stands."""
    text, at, last, opened = "", [], -1, False
    for token, sentence in zip(tokens, sentences, strict=True):
        word = PLAIN.get(token, token.replace("\n", " ")) or "_"
        tight = not text or word in TIGHT or text[-1] in "([$" or (opened and '"' in (word, text[-1]))
        if text and sentence != last:
            text += " " if sentence % 3 else "\n\n"
        elif not tight:
            text += " "
        opened ^= word == '"'
        at.append((len(text), len(text) + len(word)))
        text += word
        last = sentence
    return text, at
