"""Remembers what a spaCy pipeline's attribute ruler and lemmatizer say of a word: same marks, a tenth of the time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc, Token
    from thinc.types import Ints2d

LIMIT = 50_000  # words whose lemma is remembered; past it they are learnt anew
ASKED = ("TAG", "LOWER", "DEP", "IS_SPACE")  # what a rule may ask of a token for its outcome to be remembered
SET = ("POS", "MORPH", "LEMMA", "TAG", "DEP")  # what rules may set


def remember_rules(nlp: Language) -> None:
    """Put components that remember in the place of `nlp`'s attribute ruler and lemmatizer.

    Those whose design doesn't allow it (rules that set other attributes, other kinds of lemmatizer) stay. What the
    components mark is the same.
    """
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, Lemmatizer

    # spaCy reads the annotations of a factory at run time, where these names don't exist: lambdas have none
    Language.factory(
        "remembered_ruler",
        func=lambda nlp, name: RememberedRuler(nlp.get_pipe("attribute_ruler")),
    )
    Language.factory(
        "remembered_lemmatizer",
        func=lambda nlp, name: RememberedLemmatizer(nlp.get_pipe("lemmatizer")),
    )
    for name in nlp.pipe_names:
        component = nlp.get_pipe(name)
        if name == "attribute_ruler" and type(component) is AttributeRuler and _settable(component):
            nlp.add_pipe("remembered_ruler", after=name)
            nlp.disable_pipe(name)
        if (
            name == "lemmatizer"
            and isinstance(component, Lemmatizer)
            and component.mode in ("rule", "lookup")
        ):
            nlp.add_pipe("remembered_lemmatizer", after=name)
            nlp.disable_pipe(name)


def _settable(ruler: AttributeRuler) -> bool:
    rules: list[Any] = list(ruler.patterns)
    return all(attribute in SET for rule in rules for attribute in rule["attrs"])


class RememberedRuler:
    """An attribute ruler whose rules of one token are asked once for each combination of what they ask for.

    A rule that asks whether a token's tag, lower-case form or label is (not) among some values can't tell two tokens
    apart that are alike in these. Rules of several tokens, and those that ask anything else, are matched as ever.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        from spacy.attrs import IDS
        from spacy.matcher import Matcher

        strings = ruler.vocab.strings
        self._single, self._others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._rules: dict[int, int] = {}  # a match's key -> its rule
        self._effects, self._index = ruler.attrs, ruler.indices
        self._lower, self._dep = {0}, {0}
        self._reach = 0  # tokens that a rule spans beside the one with its cue
        self._cues: list[tuple[str, str]] = []  # attribute and pattern of what other rules can't hold without
        self._everywhere = False  # whether one of them has no such cue
        self._cued: dict[tuple[int, int], bool] = {}  # lower-case form and label -> whether they are a cue
        self._strings = strings
        rules: list[Any] = list(ruler.patterns)
        for number, rule in enumerate(rules):
            self._rules[strings.add(str(number))] = number
            for pattern in rule["patterns"]:
                asked = None if len(pattern) > 1 else list(_asked(pattern[0]))
                if asked is None or ("", None) in asked:
                    self._others.add(str(number), [pattern])
                    self._reach = max(self._reach, len(pattern) - 1)
                    cues = _cues(pattern)
                    self._cues.extend(cues)
                    self._everywhere |= not cues
                    continue
                self._single.add(str(number), [pattern])
                for attribute, value in asked:
                    if attribute in ("LOWER", "DEP"):
                        (self._lower if attribute == "LOWER" else self._dep).add(strings.add(str(value)))
        self._set = [IDS[name] for name in SET]
        self._ask = [IDS[name] for name in ASKED]
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}  # what is asked -> rules that hold, in order
        # rules, marks -> new marks
        self._marked: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Mark a Doc's tokens in place and return it."""
        if not len(doc):
            return doc
        asked = doc.to_array(self._ask).tolist()
        holding = [self._holding(doc, i, row) for i, row in enumerate(asked)]
        for begin, end in self._places(asked):
            for match, first, last in self._others(doc[begin:end], allow_missing=True):
                rule = self._rules[match]
                at = begin + range(first, last)[self._index[rule]]
                holding[at] = tuple(sorted({*holding[at], rule}))
        before = zip(*doc.to_array(self._set).T.tolist(), strict=True)
        if len(self._marked) > LIMIT:
            self._marked.clear()
        after = [self._marked.get(key) or self._mark(*key) for key in zip(holding, before, strict=True)]
        doc.from_array(self._set, cast("Ints2d", np.array(after, dtype="uint64")))
        return doc

    def _places(self, asked: list[list[int]]) -> list[tuple[int, int]]:
        """Return where rules of several tokens may hold: around the words without which none of them does."""
        if self._everywhere:
            return [(0, len(asked))]
        if len(self._cued) > LIMIT:
            self._cued.clear()
        return [
            (max(0, i - self._reach), min(len(asked), i + self._reach + 1))
            for i, (_, lower, dep, _) in enumerate(asked)
            if (self._cued[lower, dep] if (lower, dep) in self._cued else self._is_cue(lower, dep))
        ]

    def _is_cue(self, lower: int, dep: int) -> bool:
        words = {"LOWER": self._strings[lower], "DEP": self._strings[dep]}
        cue = self._cued[lower, dep] = any(re.search(form, words[name]) for name, form in self._cues)
        return cue

    def _holding(self, doc: Doc, i: int, asked: list[int]) -> tuple[int, ...]:
        tag, lower, dep, space = asked
        key = (tag, lower if lower in self._lower else -1, dep if dep in self._dep else -1, space)
        known = self._known.get(key)
        if known is None:
            matches = self._single(doc[i : i + 1], allow_missing=True)
            known = self._known[key] = tuple(sorted({self._rules[match] for match, _, _ in matches}))
        return known

    def _mark(self, rules: tuple[int, ...], before: tuple[int, ...]) -> list[int]:
        merged = dict(zip(self._set, before, strict=True))
        for rule in rules:  # later rules have precedence
            merged.update(self._effects[rule])
        after = self._marked[rules, before] = list(merged.values())
        return after


def _cues(pattern: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return attributes and regular expressions, the fewest of which one must fit a token for a rule to hold."""
    found: list[list[tuple[str, str]]] = []
    if any("OP" in token for token in pattern):  # how many tokens it spans is open
        return []
    for token in pattern:
        for attribute in ("LOWER", "DEP"):
            value = token.get(attribute)
            if isinstance(value, dict) and list(value) == ["REGEX"]:
                found.append([(attribute, value["REGEX"])])
                continue
            values = value.get("IN", []) if isinstance(value, dict) else [value]
            if values and all(isinstance(each, str) for each in values):
                found.append([(attribute, rf"\A{re.escape(str(each))}\Z") for each in values])
    return min(found, key=len, default=[])


def _asked(token: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Yield the attributes and values that a rule's token is compared with; ("", None) for any other question."""
    for attribute, value in token.items():
        values = [value]
        if isinstance(value, dict):
            values = value.get("IN") or value.get("NOT_IN") or [] if len(value) == 1 else []
        if attribute not in ASKED or not values or not all(isinstance(v, str | bool) for v in values):
            yield "", None
        for each in values:
            yield attribute, each


class RememberedLemmatizer:
    """A lemmatizer that is asked once for each word of one part of speech and form."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        from spacy.attrs import LEMMA, MORPH, ORTH, POS

        self._lemmatizer = lemmatizer
        self._ask = [ORTH, POS, MORPH, LEMMA]
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of a Doc's tokens in place and return it; lemmas that are there stay unless it overwrites."""
        if not len(doc):
            return doc
        if len(self._known) > LIMIT:
            self._known.clear()
            getattr(self._lemmatizer, "cache", {}).clear()
        keep = not self._lemmatizer.overwrite
        lemmas = [
            lemma
            if lemma and keep
            else self._known.get(key := (orth, pos, morph)) or self._learn(key, doc[i])
            for i, (orth, pos, morph, lemma) in enumerate(doc.to_array(self._ask).tolist())
        ]
        doc.from_array(self._ask[-1:], cast("Ints2d", np.array(lemmas, dtype="uint64")))
        return doc

    def _learn(self, key: tuple[int, ...], token: Token) -> int:
        lemma = token.vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
        self._known[key] = lemma
        return lemma
