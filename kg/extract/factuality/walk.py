"""The walk from a trigger to the root, and the signs that are met on it, innermost first."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.embedding_predicates import (
    DEPTH,
    NOUNS,
    VERBS,
    Step,
    climbed,
    governor,
    is_definite,
    is_ranked,
    rise,
)
from kg.extract.factuality.context import Around
from kg.extract.factuality.modifiers import FactualityModifiers
from kg.extract.factuality.sign import MODALITIES, Sign
from kg.extract.syntax import is_infinitive
from kg.lexicon import Governor, Lexicon
from kg.model import Modality
from kg.parsed import Parsed, Token

RANKED = Sign(Modality.ASSERTED, "first … to", True)


class Signs:
    """Collects the signs of one parsed article."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self.parsed, self.lexicon, self.table = parsed, lexicon, lexicon.governors
        self.beside, self.around = FactualityModifiers(parsed, lexicon), Around(parsed, lexicon)

    def walk(self, trigger: Token, told: bool = False) -> list[Sign]:
        """Return the signs for a trigger, innermost first; `told` in indirect speech, where "would" is "will"."""
        return [*self._up(trigger, told), *self.around.fiction(trigger), *self.beside.inverted(trigger)]

    def _up(self, trigger: Token, told: bool) -> Iterator[Sign]:
        node, shared, near = trigger, False, True
        for _ in range(DEPTH):
            yield from self.beside.own(node, trigger, shared, told)
            step = rise(self.parsed, node, self.table)
            if step is None:
                yield from self.beside.root(node)
                return
            if node.dep in ("ccomp", "pcomp", "advcl") and any(True for _ in self.beside.conjunctions(node)):
                return  # "it is not known whether he left" does not say that he did not
            above, shared = step.above, False
            if above.i == node.i:
                return
            if node.dep == "conj":
                shared = not self._one_predicate(node, above)
                node = above
                continue
            found = self._governor(step, node, trigger)
            if found is not None:
                above = found[0]
                signs, ends = self._governed(found[1], above, near, step)
                yield from signs
                near = near and all(s.modality is Modality.REPORTED for s in signs)
                if ends:
                    return
                node = above
                continue
            signs, ends = self._ungoverned(node, step, trigger)
            yield from signs
            if ends:
                return
            node = above

    def _governor(self, step: Step, node: Token, trigger: Token) -> tuple[Token, Governor] | None:
        if node.dep == "csubj":
            return None
        if node.dep == "relcl":
            return self._of_allegation(step, node)
        if node.i == trigger.i and step.via == "obj" and self._is_claim(node):
            return None  # "denied the *accusation*": it was made
        if self._stands_apart(step, node):
            return None
        quality = self._of_quality(step, node)
        if quality is not None:
            return quality
        found = governor(self.parsed, step.above, step.via, self.table)
        if found is not None and not (found.word in ("be", "have", "had") and step.prep):
            return step.above, found
        return self._before_preposition(step) or climbed(self.parsed, step, self.table)

    def _is_claim(self, noun: Token) -> bool:
        found = governor(self.parsed, noun, "that", self.table)
        return found is not None and found.pos == "noun" and found.effect == "reported"

    def _of_allegation(self, step: Step, node: Token) -> tuple[Token, Governor] | None:
        """ "Allegations he killed her", read as if they were what he killed."""
        if step.via != "that" or not self.parsed.dependents(node, "nsubj", "nsubjpass"):
            return None
        noun, whole = step.above, bool(self.parsed.dependents(node, "dobj"))
        for _ in range(4 if whole else 1):  # "accusations from two women that he beat them"
            found = governor(self.parsed, noun, step.via, self.table)
            if found is not None and found.pos == "noun":
                return step.above, found
            prep = self.parsed.tokens[noun.head]
            if noun.dep != "pobj" or self.parsed.tokens[prep.head].pos != "NOUN":
                return None
            noun = self.parsed.tokens[prep.head]
        return None

    def _stands_apart(self, step: Step, node: Token) -> bool:
        """Tell whether the word above governs nothing here: a clause of its own beside it, or a mere attribute."""
        if self._runs_on(node, step.above):
            return True
        phrase = step.phrase
        if phrase is not None and (phrase.effect in MODALITIES or " " in phrase.word):  # "run | due to"
            return True
        if node.dep == "advcl" and step.via != "to":
            return True
        return (step.via == "obj" and node.dep == "attr") or (step.via == "mod" and node.pos != "NOUN")

    def _runs_on(self, node: Token, above: Token) -> bool:
        """ "Rebels *shot* it down, Chad denies it", "a bomb *exploded*, no one was hurt": a sentence before another."""
        whole = self.parsed.dependents(above, "dobj", "nsubjpass")
        return node.dep == "ccomp" and node.i < above.i and any(c.i > node.i for c in whole)

    def _of_quality(self, step: Step, node: Token) -> tuple[Token, Governor] | None:
        """ "It is unlikely that he left": the adjective of the verb above governs the clause."""
        if node.dep in ("ccomp", "xcomp", "advcl") and step.above.pos in VERBS:
            for quality in self.parsed.dependents(step.above, "acomp"):
                found = governor(self.parsed, quality, step.via, self.table)
                if found is not None:
                    return step.above, found
        return None

    def _before_preposition(self, step: Step) -> tuple[Token, Governor] | None:
        """ "Goes on trial for …", "filed a complaint against Chad for …", "for" being read with the verb."""
        if step.prep is None or step.above.pos not in VERBS:
            return None
        nouns = [self.parsed.tokens[step.prep.i - 1]] if step.prep.i else []
        nouns += self.parsed.dependents(step.above, "dobj", "nsubjpass")
        for noun in nouns:
            beside = governor(self.parsed, noun, step.via, self.table) if noun.pos == "NOUN" else None
            if beside is not None and beside.hard and noun.i < step.prep.i:
                return step.above, beside
        return None

    def _governed(self, found: Governor, above: Token, near: bool, step: Step) -> tuple[list[Sign], bool]:
        """Return the sign of a governor, hard only where no other stands between, and whether the walk ends there."""
        if found.effect == "passes":
            return [], False
        if found.pos == "noun" and found.hard and self._proven(above):
            return [], True
        if found.effect == "presupposed":
            return [], True
        if found.word == "able" and self._is_past(self.parsed.tokens[above.head]):
            return [], False  # "was able to leave": he left
        words = f"{above.text} {step.via if step.prep is not None else ''}".strip() + " …"
        sign = Sign(MODALITIES[found.effect], words, found.hard and near, found)
        if found.word in ("have", "be") and any(
            c.text.lower() == "yet" for c in self.parsed.dependents(above, "advmod")
        ):
            sign = Sign(Modality.NEGATED, "yet to", True)
        return [sign], False

    def _ungoverned(self, node: Token, step: Step, trigger: Token) -> tuple[list[Sign], bool]:
        """Return the signs of a step under a word that is no governor, and whether the walk ends there."""
        above, via = step.above, step.via
        if step.prep is not None:
            return self._under_preposition(node, step)
        if self._runs_on(node, above):
            return [], True
        if via == "wh" and node.dep in ("ccomp", "pcomp", "csubj"):
            return [], True  # "asked why he left": that he left is taken for granted
        if via == "to" and any(c.text.lower() == "too" for c in self.parsed.dependents(above, "advmod")):
            return [Sign(Modality.NEGATED, "too … to", True)], True
        if via == "to" and node.dep in ("acl", "relcl") and is_ranked(self.parsed, above, self.table):
            return [RANKED] if self._is_fact(above) else [], True
        if node.dep in ("relcl", "csubj", "appos", "poss", "npadvmod"):
            return [], True
        if node.dep == "advcl":
            headline = is_infinitive(self.parsed, node) and above.pos not in VERBS and above.head == above.i
            # "Chad to leave the talks"
            return ([Sign(Modality.PLANNED, "to")], False) if headline else ([], True)
        if node.dep == "acl":
            return [Sign(Modality.PLANNED, "to")] if via == "to" else [], True
        if node.dep in ("ccomp", "xcomp") and above.lemma.lower() == "be":
            return [], False
        if node.pos in NOUNS and via in ("obj", "subj", "mod"):
            return [], True
        return [], node.dep in ("amod", "compound", "nmod")

    def _is_fact(self, noun: Token) -> bool:
        """Tell whether the verb that a noun stands under tells of what is or was: "she *is* among the first to …"."""
        verb = self.parsed.climb(noun, lambda node: node.pos not in VERBS)
        return verb.tag in ("VBD", "VBZ", "VBP") and not self.parsed.dependents(verb, "aux", "neg")

    def _proven(self, charge: Token) -> bool:
        step = rise(self.parsed, charge, self.table)
        over = governor(self.parsed, step.above, step.via, self.table) if step is not None else None
        return over is not None and over.word in self.table.proving

    def in_time(self, clause: Token) -> bool:
        """Tell a clause that a conjunction of time opens."""
        opened = self.parsed.dependents(clause, "mark", "advmod")
        return any(c.text.lower() in self.table.temporal for c in opened)

    def _under_preposition(self, node: Token, step: Step) -> tuple[list[Sign], bool]:
        phrase, above = step.phrase, step.above
        if phrase is not None and phrase.effect in MODALITIES:
            return [Sign(MODALITIES[phrase.effect], phrase.word, phrase.hard, phrase)], True
        if node.pos in VERBS:
            return [], phrase is None or phrase.effect != "passes"
        if above.lemma.lower() in self.table.shares and above.pos == "NOUN":
            return [], False
        if step.via == "behind" and above.lemma.lower() == "be":
            return [], False
        if above.pos in VERBS and any(
            step.via in light.prep for light in self.lexicon.light_verbs.get(above.lemma.lower(), ())
        ):
            return [], False
        if above.pos in VERBS and step.via in self.table.means and not is_definite(self.parsed, node):
            return [], False  # "accused them of killing nine in *strikes*"
        return [], True

    def _one_predicate(self, node: Token, head: Token) -> bool:
        """Tell whether a conjunct shares the auxiliaries and negation of its head ("will not meet or call her")."""
        if node.pos in NOUNS or head.pos in NOUNS:
            return node.pos in NOUNS and head.pos in NOUNS
        children = self.parsed.dependents(node)
        if any(c.dep in ("nsubj", "nsubjpass", "expl") for c in children):
            return False
        if any(c.dep in ("aux", "auxpass") and c.tag != "TO" for c in children):
            return False
        if any(c.dep == "cc" and c.text.lower() in ("but", "yet") for c in self.parsed.dependents(head)):
            return False
        modal = any(c.tag == "MD" or c.tag == "TO" for c in self.parsed.dependents(head, "aux"))
        # "will take off and land" may be read as VBP
        finite = ("VBD", "VBZ") if modal else ("VBD", "VBZ", "VBP")
        return node.tag not in finite or head.tag in finite

    def _is_past(self, verb: Token) -> bool:
        return verb.tag == "VBD" and not self.parsed.dependents(verb, "neg")
