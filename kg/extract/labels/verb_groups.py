"""Verb groups of a label: a verb with auxiliaries, negation, particle and adverbs, in agreement with its subject."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.labels.ground import Item
from kg.extract.labels.inflect import in_full, third_person
from kg.extract.labels.naming import plain
from kg.extract.labels.phrases import Phrases
from kg.parsed import Token

GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
MANY = frozenset({"i", "you", "we", "they"})
SUPPOSING = frozenset({"should", "had", "were"})


class VerbGroups:
    """Writes the verb groups of a label; `agents` are who an unresolved "we" or "they" stands for.

    `hedge` is an adverb that goes with the first verb that has a subject.
    """

    def __init__(self, phrases: Phrases, agents: Sequence[str], hedge: str | None = None) -> None:
        self.phrases, self.parsed, self.words = phrases, phrases.parsed, phrases.words
        self.naming, self.agents, self.hedge = phrases.naming, agents, hedge

    def of(self, item: Item, who: str | None) -> list[str]:
        """Return the verb with auxiliaries, negation, particle and the adverbs that its truth hangs on, one by one:
        "has", "not", "attacked". It agrees with `who`, the words of its subject; None where a clause has none.
        """
        verb, place = item.token, item.place
        kids = [c for c in self.parsed.dependents(verb) if self._belongs(c, verb)]
        if place is not verb and not self.parsed.dependents(verb, "aux", "auxpass"):
            shared = [
                c
                for c in self.parsed.dependents(place, "aux", "auxpass", "neg")
                if c.i < place.i and (c.dep != "neg" or self._belongs(c, place))
            ]
            kids = [*shared, *kids]
        before = [c for c in kids if c.i < verb.i]
        behind = [c for c in kids if c.i > verb.i]
        row = [*before, verb, *behind]
        said = [self._verb_word(t, row[n + 1] if n + 1 < len(row) else None) for n, t in enumerate(row)]
        finite = next((n for n, t in enumerate(row) if t.tag in ("MD", "VBP", "VBD", "VBZ")), None)
        if finite is not None and who is not None and self._now_one(item, who):
            if row[finite].tag == "VBP" or row[finite].text.lower() in ("were", "was"):
                said[finite] = third_person(said[finite])
        if self.hedge and who is not None:
            at = len(before) if finite is None or row[finite] is verb else row.index(row[finite]) + 1
            said.insert(at, self.hedge)
            self.hedge = None
        return _attached(said)

    def is_inverted(self, item: Item) -> bool:
        """Tell a verb with an auxiliary before its subject, as in "*should* Norway attack"."""
        for verb in (item.token, item.place):
            auxiliaries = self.parsed.dependents(verb, "aux", "auxpass")
            if auxiliaries:
                subjects = self.parsed.dependents(verb, "nsubj", "nsubjpass")
                return any(
                    a.text.lower() in SUPPOSING and any(a.i < c.i for c in subjects) for a in auxiliaries
                )
        return False

    def _verb_word(self, token: Token, following: Token | None) -> str:
        if token.i in self.phrases.kept and self.phrases.lead(token):
            return ""  # "co-founded", whose "co" was taken for its subject
        words = self.phrases.word(token)
        if token.text[:1] in ("'", "\u2019") and (token.dep in ("aux", "auxpass") or token.lemma == "be"):
            return in_full(token, following)
        if token.dep == "advmod" and self.parsed.children[token.i]:  # "no longer"
            self.phrases.kept.update(range(token.left, token.i))
            return plain(self.parsed.text(token.left, token.i + 1))
        return self.phrases.lead(token) + words + "".join(self.phrases.tail(token))

    def _belongs(self, child: Token, verb: Token) -> bool:
        lower = child.text.lower()
        following = (
            self.parsed.tokens[child.i + 1].text.lower() if child.i + 1 < len(self.parsed.tokens) else ""
        )
        if child.dep == "neg" or lower in ("not", "never"):
            return following not in ("only", "just", "merely", "simply")
        if lower == "neither":
            return child.i < verb.i
        if child.dep in GROUP:
            return child.pos != "PUNCT"
        return child.dep == "advmod" and (
            lower in self.words.adverbs
            or any(c.text.lower() in ("no", "not") for c in self.parsed.dependents(child))
        )

    def _now_one(self, item: Item, who: str) -> bool:
        """Tell whether a single name took the place of "I", "we", "you" or "they"."""
        for child in self.parsed.dependents(item.place, "nsubj", "nsubjpass"):
            if child.text.lower() in MANY and who.lower() != child.text.lower():
                entities = self.naming.at.get(child.i) or tuple(self.agents)
                return len(entities) == 1 and entities[0] not in self.naming.unnamed
        return False


def _attached(words: list[str]) -> list[str]:
    """Join "n't" to the word before it."""
    out: list[str] = []
    for word in words:
        if word.lower() in ("n't", "n\u2019t") and out:
            out[-1] += word
        elif word:
            out.append(word)
    return out
