"""The words beside a clause or noun: auxiliaries, negation, conjunctions, adverbs, modifiers, questions."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.embedding_predicates import NOUNS, WH, governor, is_ranked
from kg.extract.factuality.sign import MODALITIES, NOT, Sign
from kg.lexicon import Governor, GovernorPart, Lexicon
from kg.model import Modality
from kg.parsed import BlockKind, Parsed, Token

NOT_ONLY = frozenset({"only", "just", "merely", "solely", "least", "simply"})
NO_LESS = frozenset({"less", "fewer", "more", "longer", "doubt", "sooner"})


class FactualityModifiers:
    """Reads the signs beside the nodes of one parsed article."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self.parsed, self.lexicon, self.table = parsed, lexicon, lexicon.governors

    def own(self, node: Token, trigger: Token, shared: bool, told: bool) -> Iterator[Sign]:
        """Yield the signs of the words beside a node; of a clause that only shares its governors, its conjunction's."""
        if node.pos in NOUNS:
            if not shared:
                yield from self._beside_noun(node, trigger)
            return
        opened = list(self.conjunctions(node))
        yield from opened
        if shared:
            return
        yield from self.auxiliaries(node, told)
        if any(sign.hard and sign.modality is Modality.HYPOTHETICAL for sign in opened):
            return  # "if he does not leave" leaves open whether he does
        found = governor(self.parsed, node, "that", self.table) if node.i != trigger.i else None
        for child in self.parsed.dependents(node):
            yield from self._beside_predicate(child, node, trigger, found)
        if self.before(node)[1] == "nor":
            yield Sign(Modality.NEGATED, "nor", True)
        if self.before(node) in (("rather", "than"), ("instead", "of")):
            yield Sign(Modality.NEGATED, "rather than", True)

    def _beside_predicate(
        self, child: Token, node: Token, trigger: Token, above: Governor | None
    ) -> Iterator[Sign]:
        """Yield the signs of one dependent of a predicate; `above` is what governs a clause below it."""
        if child.dep in ("nsubj", "nsubjpass", "dobj") and child.i != trigger.i:
            if any(t.text.lower() == "estimated" for t in self.parsed.tokens[child.left : child.i]):
                yield Sign(Modality.ASSERTED, "estimated", True)  # how many there were, not whether
            word = self._quantifier(child)
            if word and (child.dep != "dobj" or (word != "few" and node.i == trigger.i)):
                yield Sign(Modality.NEGATED, word, True)
        elif child.dep == "neg" or (
            child.text.lower() in ("neither", "nor") and child.dep in ("preconj", "cc", "advmod")
        ):
            yield from self._negation(child, node, trigger, above)
        elif child.dep == "prep" and child.i < node.i:  # "at no point did he …"
            for noun in self.parsed.dependents(child, "pobj"):
                if any(d.text.lower() == "no" for d in self.parsed.dependents(noun, "det")):
                    yield Sign(Modality.NEGATED, f"{child.text.lower()} no {noun.text}", True)
        elif child.dep in ("advmod", "npadvmod"):
            yield from self._adverb(child, node)

    def _negation(self, word: Token, node: Token, trigger: Token, above: Governor | None) -> Iterator[Sign]:
        """ "Did not leave"; "did not say that he left" leaves his leaving open, "did not think so" does not; what is
        not fair ("the trial was not fair") takes place.
        """
        says = above is not None and above.effect == "reported"
        raised = above is not None and above.word in self.table.neg_raising
        told = trigger.i < node.i and self.parsed.dependents(node, "acomp", "attr")
        if self._word_after(word) in NOT_ONLY:
            if node.i == trigger.i:
                yield Sign(Modality.ASSERTED, "not only", True)
        elif (not says or raised) and not told and (word.dep != "cc" or word.i < node.i):
            yield NOT

    def _adverb(self, word: Token, node: Token) -> Iterator[Sign]:
        lower = word.text.lower()
        if lower not in ("nearly", "almost") or word.i == node.i - 1:
            yield from self._of_word(lower, "adverb")
        if lower == "longer" and self.word_before(word) == "no":
            yield Sign(Modality.NEGATED, "no longer", True)

    def _beside_noun(self, node: Token, trigger: Token) -> Iterator[Sign]:
        for child in self.parsed.dependents(node, "det", "neg", "amod", "compound", "preconj"):
            lower = child.text.lower()
            if child.dep in ("det", "neg", "preconj"):
                if lower in ("no", "neither", "not") and self._word_after(child) not in NO_LESS | NOT_ONLY:
                    yield Sign(Modality.NEGATED, f"{lower} {node.text}", True)
            else:
                yield from self._of_word(lower, "modifier")
        if node.i == trigger.i:
            yield from self._participles(node)
        if self.before(node) in (("rather", "than"), ("but", "not")):
            yield Sign(Modality.NEGATED, "rather than", True)

    def _participles(self, noun: Token) -> Iterator[Sign]:
        """ "Debate cancelled", "his visit, which was put off": what is told of the noun behind it."""
        for clause in self.parsed.dependents(noun, "acl", "relcl"):
            passive = clause.tag == "VBN" and clause.i > noun.i
            if passive and not self.parsed.dependents(clause, "nsubj", "neg"):
                found = governor(self.parsed, clause, "obj", self.table)
                if found is not None and found.effect in ("negated", "planned", "hypothetical"):
                    yield Sign(MODALITIES[found.effect], clause.text, found.hard)

    def _of_word(self, word: str, part: GovernorPart) -> Iterator[Sign]:
        found = self.table.word(word, part)
        if found is not None and found.effect in MODALITIES:
            yield Sign(MODALITIES[found.effect], word, found.hard)

    def _quantifier(self, noun: Token) -> str:
        """Return the word by which a subject is nobody: "no club", "none of them", "few"; else nothing."""
        words = [noun, *self.parsed.dependents(noun, "det", "amod", "preconj", "predet", "cc", "neg")]
        for word in words:
            lower = word.text.lower()
            never = word.dep == "neg" and word.i < noun.i and self._word_after(word) not in NOT_ONLY
            if (self.table.word(lower, "quantifier") is None and not never) or (
                word.dep == "cc" and word.i > noun.i
            ):
                continue
            if self._word_after(word) in NO_LESS or (lower == "few" and self.word_before(word) == "a"):
                continue
            if lower == "few" and self.parsed.dependents(noun, "det", "poss"):
                continue
            return lower
        first = self.parsed.tokens[noun.left]
        lower = first.text.lower()
        return lower if lower in ("neither", "hardly", "scarcely", "barely") and noun.dep != "dobj" else ""

    def auxiliaries(self, node: Token, told: bool) -> Iterator[Sign]:
        """Yield the signs of "will", "may", "to" and the like; `told` in indirect speech, where "would" is "will"."""
        children = self.parsed.dependents(node, "aux", "auxpass")
        words = {c.text.lower() for c in children}
        for child in children:
            lower = child.text.lower()
            found = self.table.word(lower, "aux")
            if lower == "to":
                if node.dep in ("relcl", "ROOT") and not is_ranked(
                    self.parsed, self.parsed.tokens[node.head], self.table
                ):
                    yield Sign(Modality.PLANNED, "to")
            elif found is None or found.effect not in MODALITIES:
                continue
            elif lower in ("would", "could", "should", "might", "may") and "have" in words:
                yield Sign(Modality.HYPOTHETICAL, f"{lower} have", True)
            elif lower == "would":
                future = self._reported_future(node, told)
                yield Sign(Modality.PLANNED if future else Modality.HYPOTHETICAL, lower)
            else:
                yield Sign(MODALITIES[found.effect], lower)

    def conjunctions(self, node: Token) -> Iterator[Sign]:
        """Yield the signs of what opens a clause: "if", "unless", "had he known"."""
        for child in self.parsed.dependents(node, "mark", "advmod"):
            lower = child.text.lower()
            if child.i < node.i or lower == "if":
                yield from self._of_word(lower, "mark")
        inverted = [
            c
            for c in self.parsed.dependents(node, "aux", "auxpass")
            if c.text.lower() in ("had", "were", "should")
            and any(c.i < s.i < node.i for s in self.parsed.dependents(node, "nsubj", "nsubjpass"))
        ]
        if inverted and not self._asks(node) and not any(c.tag in WH for c in self.parsed.dependents(node)):
            if inverted[0].i == min(c.i for c in (*self.parsed.dependents(node), node) if c.pos != "PUNCT"):
                yield Sign(Modality.HYPOTHETICAL, "had …", True)  # "had he known"

    def inverted(self, trigger: Token) -> Iterator[Sign]:
        """ "Should Chad attack, …", "were it to attack, …": a condition that opens the sentence without "if"."""
        sentence = self.parsed.sentences[trigger.sent]
        first = self.parsed.tokens[sentence.first]
        if self._asks(trigger):
            verbs = (t.i for t in self.parsed.tokens[first.i + 1 : sentence.last] if t.pos == "VERB")
            if first.pos == "AUX" and trigger.i == next(verbs, -1):
                # "was she killed by …?", however it is read
                yield Sign(Modality.HYPOTHETICAL, "question", True)
            return
        if first.text.lower() not in ("should", "were", "had"):
            return
        commas = (t.i for t in self.parsed.tokens[sentence.first : sentence.last] if t.text == ",")
        if first.i < trigger.i < next(commas, -1):
            yield Sign(Modality.HYPOTHETICAL, f"{first.text} …", True)

    def root(self, root: Token) -> Iterator[Sign]:
        """Yield the sign of a question or a command."""
        if self._asks(root):
            # "who killed her?" takes the killing for granted
            asked_for = any(t.tag in WH and t.i < root.i for t in self.parsed.tokens[root.left : root.i])
            if not asked_for:
                yield Sign(Modality.HYPOTHETICAL, "question", True)
        if (
            root.tag == "VB"
            and root.pos == "VERB"
            and not self.parsed.dependents(root, "nsubj", "nsubjpass", "aux", "expl")
            and self.parsed.blocks[root.block].kind is BlockKind.BODY
            and root.i - root.left < 2
        ):
            yield Sign(Modality.HYPOTHETICAL, "imperative")

    def _asks(self, token: Token) -> bool:
        """Tell a question from who asks one: "he answered *with "What is Aleppo?"*"."""
        sentence = self.parsed.sentences[token.sent]
        marks = [
            t
            for t in self.parsed.tokens[max(sentence.first, sentence.last - 3) : sentence.last]
            if t.text == "?"
        ]
        quoted = (q.span for q in self.parsed.quotes if q.span.end >= sentence.span.end - 1)
        return bool(marks) and not any(token.end <= span.begin < marks[0].begin for span in quoted)

    def _reported_future(self, node: Token, told: bool) -> bool:
        """Tell "said it would attack" (a plan) from "it would attack if …" (a hypothesis)."""
        said = node.dep == "ccomp" and self.parsed.tokens[node.head].lemma.lower() in self.lexicon.cues.verbs
        clauses = self.parsed.dependents(node, "advcl")
        marks = (m.text.lower() for c in clauses for m in self.parsed.dependents(c, "mark", "advmod"))
        return (told or said) and not {"if", "unless"} & {*marks}

    def _word_after(self, token: Token) -> str:
        return self.parsed.tokens[token.i + 1].text.lower() if token.i + 1 < len(self.parsed.tokens) else ""

    def word_before(self, token: Token) -> str:
        """Return the word before a token in small letters."""
        return self.parsed.tokens[token.i - 1].text.lower() if token.i else ""

    def before(self, node: Token) -> tuple[str, str]:
        """Return the two words before a verb and its "to", or before a noun phrase."""
        i = node.left if node.pos in NOUNS else node.i
        while i > 0 and self.parsed.tokens[i - 1].dep in ("aux", "auxpass"):
            if self.parsed.tokens[i - 1].head != node.i:
                break
            i -= 1
        words = [t.text.lower() for t in self.parsed.tokens[max(i - 2, 0) : i]]
        return (words[0], words[1]) if len(words) > 1 else ("", "")
