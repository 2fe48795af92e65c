"""What a whole sentence is set in: a work of fiction."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.embedding_predicates import DEPTH
from kg.extract.factuality.sign import Sign
from kg.lexicon import Lexicon
from kg.model import Modality
from kg.parsed import Parsed, Token


class Around:
    """Tells of one parsed article where its tokens stand in fiction."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self.parsed, self.table = parsed, lexicon.governors

    def fiction(self, trigger: Token) -> Iterator[Sign]:
        """Yield a sign where a clause around the trigger is set in a work of fiction ("in the film, …")."""
        if trigger.lemma.lower() in self.table.performing:
            return
        sentence = self.parsed.sentences[trigger.sent]
        opening = self.parsed.tokens[sentence.first : min(sentence.first + 9, trigger.i)]
        if opening and opening[0].text.lower() == "in" and "," in [t.text for t in opening]:
            for noun in opening:
                if noun.dep == "pobj" and noun.head == opening[0].i and self._is_fiction(noun):
                    yield Sign(Modality.HYPOTHETICAL, f"in the {noun.text}", True)
        node, below = trigger, trigger
        for _ in range(DEPTH):
            if node.i != trigger.i and self._depicts(node, below):
                yield Sign(Modality.HYPOTHETICAL, f"{node.text} of fiction", True)
            for prep in self.parsed.dependents(node, "prep"):
                for noun in self.parsed.dependents(prep, "pobj") if prep.text.lower() == "in" else ():
                    if noun.i != trigger.i and self._is_fiction(noun):
                        yield Sign(Modality.HYPOTHETICAL, f"in the {noun.text}", True)
            if node.head == node.i:
                return
            node, below = self.parsed.tokens[node.head], node

    def _depicts(self, node: Token, below: Token) -> bool:
        """Tell whether a word above tells fiction: "the novel follows …", "a film about …", "plays a nurse who …"."""
        lemma = node.lemma.lower()
        if node.pos == "VERB" and lemma in self.table.depicting:
            return any(self._is_fiction(s) for s in self.parsed.dependents(node, "nsubj"))
        if lemma == "play" and node.pos == "VERB":
            return below.dep == "dobj" and any(c.dep == "relcl" for c in self.parsed.dependents(below))
        return below.text.lower() == "about" and node.pos == "NOUN" and self._is_fiction(node)

    def _is_fiction(self, noun: Token) -> bool:
        before = self.parsed.tokens[noun.i - 1].text.lower() if noun.i else ""
        lemma = noun.lemma.lower()
        return (
            self.table.word(lemma, "fiction") is not None
            or self.table.word(f"{before} {lemma}", "fiction") is not None
        )
