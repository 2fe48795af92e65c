"""The walk from a trigger to the root, and the signs that are met on it, innermost first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.governing import (
    NOUNS,
    VERBS,
    WH,
    Step,
    climbed,
    governor,
    is_definite,
    is_infinitive,
    rise,
)
from kg.lexicon import Effect, Governor, GovernorPart, Lexicon
from kg.model import Modality
from kg.parsed import BlockKind, Parsed, Token

ORDER = (Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.REPORTED, Modality.ASSERTED)
DEPTH = 14
MODALITIES: dict[Effect, Modality] = {
    "reported": Modality.REPORTED,
    "hypothetical": Modality.HYPOTHETICAL,
    "planned": Modality.PLANNED,
    "negated": Modality.NEGATED,
}
REMAINDERS = {
    "asserted": Modality.ASSERTED,
    "reported": Modality.REPORTED,
    "hypothetical": Modality.HYPOTHETICAL,
}
NOT_ONLY = frozenset({"only", "just", "merely", "solely", "least", "simply"})
NO_LESS = frozenset({"less", "fewer", "more", "longer", "doubt", "sooner"})


@dataclass(frozen=True, slots=True)
class Sign:
    """What one word makes of the happening: a modality, how firmly, and why; `governor` where one embeds it."""

    modality: Modality
    reason: str
    hard: bool = False
    governor: Governor | None = None


NONE = Sign(Modality.ASSERTED, "main clause")
PURPOSE = Sign(Modality.PLANNED, "purpose")


def settle(signs: Iterable[Sign]) -> tuple[Modality, Sign]:
    """Return what all signs together, innermost first, make of a happening, and the sign that decided.

    The strongest departure from fact goes first. What a governor negates is left as its entry says where that
    governor is negated in turn ("did not prevent the attack"), and open where it is only planned ("to prevent it").
    """
    modality, by = Modality.ASSERTED, NONE
    for sign in signs:
        prevents = modality is Modality.NEGATED and by.governor is not None
        if prevents and by.governor is not None and sign.modality is Modality.NEGATED:
            modality = REMAINDERS[by.governor.when_negated]
            by = NONE if modality is Modality.ASSERTED else Sign(modality, sign.reason, sign.hard)
        elif prevents and (sign.modality is Modality.HYPOTHETICAL or sign == PURPOSE):
            modality, by = Modality.HYPOTHETICAL, Sign(Modality.HYPOTHETICAL, sign.reason, by.hard)
        elif ORDER.index(sign.modality) < ORDER.index(modality):
            modality, by = (
                sign.modality,
                Sign(sign.modality, sign.reason, sign.hard or by.hard, sign.governor),
            )
        elif sign.hard and not by.hard:
            by = Sign(modality, by.reason, True, by.governor)
    return modality, by


class Signs:
    """Collects the signs of one parsed article."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self.parsed, self.lexicon, self.table = parsed, lexicon, lexicon.governors
        self.happening = lexicon.tables.constructions.happening

    def walk(self, trigger: Token, told: bool = False) -> list[Sign]:
        """Return the signs for a trigger, innermost first; `told` in indirect speech, where "would" is "will"."""
        return [*self._up(trigger, told), *self._fiction(trigger), *self._inverted(trigger)]

    # -- the walk

    def _up(self, trigger: Token, told: bool) -> Iterator[Sign]:
        node, shared = trigger, False
        for _ in range(DEPTH):
            yield from self._own(node, trigger, shared, told)
            step = rise(self.parsed, node, self.table)
            if step is None:
                yield from self._root(node)
                return
            if node.dep in ("ccomp", "pcomp", "advcl") and any(True for _ in self._conjunctions(node)):
                return  # "it is not known whether he left" does not say that he did not
            above, shared = step.above, False
            if above.i == node.i:
                return
            if node.dep == "conj":
                shared = not self._one_predicate(node, above)
                yield from self._contrast(node)
                node = self._coordinated(node, above)
                continue
            found = self._governor(step, node)
            if found is not None:
                above = found[0]
                signs, ends = self._governed(found[1], above, node, step)
                yield from signs
                if ends:
                    return
                node = above
                continue
            signs, ends = self._ungoverned(node, step, trigger)
            yield from signs
            if ends:
                return
            node = above

    def _governor(self, step: Step, node: Token) -> tuple[Token, Governor] | None:
        if node.dep == "csubj":
            return None
        if node.dep == "relcl":  # "allegations he killed her", read as if they were what he killed
            if step.via != "that" or not self.parsed.dependents(node, "nsubj", "nsubjpass"):
                return None
            found = governor(self.parsed, step.above, step.via, self.table)
            return (step.above, found) if found is not None and found.pos == "noun" else None
        if node.dep == "advcl" and step.via not in ("to", "ing", "that"):
            return None
        if step.phrase is not None and step.phrase.effect in MODALITIES:
            return None
        if node.dep == "advcl" and (step.via != "to" or self._set_off(step.above, node)):
            return None
        if (step.via == "obj" and node.dep == "attr") or (step.via == "mod" and node.pos != "NOUN"):
            return None
        if node.dep in ("ccomp", "xcomp", "advcl") and step.above.pos in VERBS:
            for quality in self.parsed.dependents(step.above, "acomp"):  # "it is unlikely that he left"
                found = governor(self.parsed, quality, step.via, self.table)
                if found is not None:
                    return step.above, found
        found = governor(self.parsed, step.above, step.via, self.table)
        if found is not None and not self._known(found, node):
            return step.above, found
        if step.prep is not None and step.prep.i:  # "goes on trial for …", "for" being read with "goes"
            noun = self.parsed.tokens[step.prep.i - 1]
            beside = governor(self.parsed, noun, step.via, self.table) if noun.pos == "NOUN" else None
            if beside is not None and beside.hard:
                return step.above, beside
        return climbed(self.parsed, step, self.table)

    def _known(self, found: Governor, node: Token) -> bool:
        """Tell whether a happening that the reader knows of stands unshaken under a governor ("discussed the attack",
        "backed away from his earlier support").
        """
        if node.pos not in NOUNS or not is_definite(self.parsed, node):
            return False
        soft = found.effect in ("hypothetical", "reported") and not found.hard and found.pos == "verb"
        undone = found.effect == "negated" and found.when_negated == "asserted" and found.pos == "verb"
        return soft or (undone and not found.via & {"obj", "subj"})

    def _governed(self, found: Governor, above: Token, node: Token, step: Step) -> tuple[list[Sign], bool]:
        """Return the sign of a governor, and whether the walk ends there."""
        if found.effect == "passes":
            return [], False
        if found.pos == "noun" and found.hard and self._proven(above):
            return [], True
        if found.effect == "presupposed":
            return self._hearsay(above), True
        if found.word == "able" and self._is_past(self.parsed.tokens[above.head]):
            return [], False  # "was able to leave": he left
        words = f"{above.text} {step.via if step.prep is not None else ''}".strip() + " …"
        sign = Sign(MODALITIES[found.effect], words, found.hard, found)
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
        if via == "wh" and node.dep in ("ccomp", "pcomp", "csubj"):
            return [], True  # "asked why he left": that he left is taken for granted
        if via == "to" and any(c.text.lower() == "too" for c in self.parsed.dependents(above, "advmod")):
            return [Sign(Modality.NEGATED, "too … to", True)], True
        if node.dep in ("relcl", "csubj", "appos", "poss", "npadvmod"):
            return [], True
        if node.dep == "advcl":
            return self._adverbial(node, above)
        if node.dep == "acl":
            if via == "to" and not self._is_ranked(above):
                return [Sign(Modality.PLANNED, "to")], True
            return [], True
        if node.dep in ("ccomp", "xcomp") and above.lemma.lower() == "be":
            return self._of_subject(above, via), False
        if node.pos in NOUNS and via in ("obj", "subj", "mod"):
            return self._noun(node, step)
        return [], node.dep in ("amod", "compound", "nmod")

    def _proven(self, charge: Token) -> bool:
        step = rise(self.parsed, charge, self.table)
        over = governor(self.parsed, step.above, step.via, self.table) if step is not None else None
        return over is not None and over.word in self.table.proving

    def _of_subject(self, verb: Token, via: str) -> list[Sign]:
        """ "One theory is that …", "the aim is to …": the subject governs what is said of it."""
        for child in self.parsed.dependents(verb, "nsubj"):
            found = governor(self.parsed, child, via, self.table)
            if found is not None and found.effect in MODALITIES:
                return [Sign(MODALITIES[found.effect], f"{child.text} …", found.hard, found)]
        return []

    def _adverbial(self, node: Token, above: Token) -> tuple[list[Sign], bool]:
        if is_infinitive(self.parsed, node):
            if above.pos not in VERBS and above.head == above.i:
                return [Sign(Modality.PLANNED, "to")], False  # a headline: "Chad to leave the talks"
            done = node.lemma.lower() in self.table.outcomes or above.lemma.lower() in self.table.arriving
            if done and above.tag != "VB" and self._word_before(above) != "to":
                return [], False
            return [PURPOSE], True
        opened = any(
            c.text.lower() in self.table.temporal for c in self.parsed.dependents(node, "mark", "advmod")
        )
        if opened and node.tag in ("VBZ", "VBP"):
            if any(
                c.text.lower() in ("until", "till") for c in self.parsed.dependents(node, "mark", "advmod")
            ):
                return [Sign(Modality.HYPOTHETICAL, "until")], True
            to_come = [s for s in self._auxiliaries(above, False) if s.modality is Modality.PLANNED]
            return [Sign(Modality.PLANNED, "when it comes") for _ in to_come], True
        return [], True

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
        return self._hearsay(above), True

    def _noun(self, node: Token, step: Step) -> tuple[list[Sign], bool]:
        """What the verb of a noun says holds of its happening where the verb only lends it tense ("may hold talks")."""
        above = step.above
        if step.via == "mod":
            return [], True
        if step.via == "subj":
            happens = above.lemma.lower() in self.happening
            said = [
                Sign(Modality.HYPOTHETICAL, c.text)
                for c in self.parsed.dependents(above, "acomp")
                if (word := self.table.word(c.lemma.lower(), "modifier")) is not None
                and word.effect == "hypothetical"
            ]
            said += self._said_of_subject(above)
            return [*said, *([] if happens else self._hearsay(above))], not happens
        if node.dep == "attr" and is_definite(self.parsed, node):
            return [], True
        if node.dep == "nsubjpass" and (said := self._said_of_subject(above)):
            return said, False
        lends = node.dep == "attr" or above.lemma.lower() in self.lexicon.light_verbs
        if lends or not is_definite(self.parsed, node):
            return [], False
        return self._hearsay(above), True

    def _said_of_subject(self, verb: Token) -> list[Sign]:
        """ "The trial is set to begin", "the vote is due to be held": what governs its beginning governs it."""
        out = []
        for word in (verb, *self.parsed.dependents(verb, "acomp", "oprd")):
            for inner in self.parsed.dependents(word, "xcomp"):
                passive = bool(self.parsed.dependents(inner, "auxpass"))
                found = (
                    governor(self.parsed, word, "to", self.table)
                    if is_infinitive(self.parsed, inner)
                    else None
                )
                if found is None or found.effect not in MODALITIES:
                    continue
                if passive or inner.lemma.lower() in self.happening:
                    out.append(Sign(MODALITIES[found.effect], f"{word.text} …", found.hard, found))
        return out

    def _hearsay(self, verb: Token) -> list[Sign]:
        """ "It reportedly followed an outbreak": what is hearsay in the verb is so in all that hangs on it."""
        return [
            Sign(Modality.REPORTED, c.text.lower(), True)
            for c in self.parsed.dependents(verb, "advmod")
            if (word := self.table.word(c.text.lower(), "adverb")) is not None and word.effect == "reported"
        ]

    # -- what stands with a node itself

    def _behind_governor(self, node: Token) -> Iterator[Sign]:
        """ "Prosecutors allege Lund *bribed* a judge", "allegations Lund *bribed* a judge", where the parser does not see
        the clause: the word right before its subject governs it.
        """
        subjects = self.parsed.dependents(node, "nsubj", "nsubjpass")
        if node.dep not in ("ROOT", "dep", "ccomp") or not subjects or subjects[0].left == 0:
            return
        before = self.parsed.tokens[subjects[0].left - 1]
        if before.text.lower() == "that" and before.i:
            before = self.parsed.tokens[before.i - 1]
        if before.sent == node.sent and before.i != node.head and before.pos in ("VERB", "NOUN", "PROPN"):
            found = governor(self.parsed, before, "that", self.table) or self.table.under(
                before.text.lower(), "verb", "that"
            )
            if found is not None and found.hard and found.effect in MODALITIES:
                yield Sign(MODALITIES[found.effect], f"{before.text} …", True, found)

    def _own(self, node: Token, trigger: Token, shared: bool, told: bool) -> Iterator[Sign]:
        """Yield the signs of the words beside a node; of a clause that only shares its governors, its conjunction's."""
        if node.pos in NOUNS:
            if not shared:
                yield from self._beside_noun(node, trigger)
            return
        yield from self._conjunctions(node)
        if shared:
            return
        yield from self._behind_governor(node)
        yield from self._auxiliaries(node, told)
        found = governor(self.parsed, node, "that", self.table) if node.i != trigger.i else None
        says = found is not None and found.effect == "reported"
        for child in self.parsed.dependents(node):
            lower = child.text.lower()
            if child.dep in ("nsubj", "nsubjpass", "dobj") and child.i != trigger.i:
                word = self._quantifier(child)
                if word and (child.dep != "dobj" or (word != "few" and node.i == trigger.i)):
                    yield Sign(Modality.NEGATED, word, True)
            elif child.dep == "neg" or (
                lower in ("neither", "nor") and child.dep in ("preconj", "cc", "advmod")
            ):
                raised = found is not None and found.word in self.table.neg_raising
                if (not says or raised) and self._word_after(child) not in NOT_ONLY:
                    if child.dep != "cc" or child.i < node.i:
                        yield Sign(Modality.NEGATED, "not", True)
            elif child.dep == "prep" and child.i < node.i:  # "at no point did he …"
                for noun in self.parsed.dependents(child, "pobj"):
                    if any(d.text.lower() == "no" for d in self.parsed.dependents(noun, "det")):
                        yield Sign(Modality.NEGATED, f"{lower} no {noun.text}", True)
            elif child.dep in ("advmod", "npadvmod"):
                if lower not in ("nearly", "almost") or child.i == node.i - 1:
                    yield from self._of_word(lower, "adverb")
                if lower == "longer" and self._word_before(child) == "no":
                    yield Sign(Modality.NEGATED, "no longer", True)
        if self._before(node)[1] == "nor":
            yield Sign(Modality.NEGATED, "nor", True)
        if self._before(node) in (("rather", "than"), ("instead", "of")):
            yield Sign(Modality.NEGATED, "rather than", True)

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
        if self._before_phrase(node) in (("rather", "than"), ("but", "not")):
            yield Sign(Modality.NEGATED, "rather than", True)

    def _participles(self, noun: Token) -> Iterator[Sign]:
        """ "Debate cancelled", "his visit, which was put off": what is told of the noun behind it."""
        for clause in self.parsed.dependents(noun, "acl", "relcl"):
            passive = clause.tag == "VBN" and clause.i > noun.i
            if passive and not self.parsed.dependents(clause, "nsubj", "neg"):
                found = governor(self.parsed, clause, "obj", self.table)
                if found is not None and found.effect in ("negated", "planned", "hypothetical"):
                    yield Sign(MODALITIES[found.effect], clause.text, found.hard)
                yield from self._hearsay(clause)

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
            if self._word_after(word) in NO_LESS or (lower == "few" and self._word_before(word) == "a"):
                continue
            if lower == "few" and self.parsed.dependents(noun, "det", "poss"):
                continue
            return lower
        first = self.parsed.tokens[noun.left]
        lower = first.text.lower()
        return lower if lower in ("neither", "hardly", "scarcely", "barely") and noun.dep != "dobj" else ""

    def _auxiliaries(self, node: Token, told: bool) -> Iterator[Sign]:
        children = self.parsed.dependents(node, "aux", "auxpass")
        words = {c.text.lower() for c in children}
        for child in children:
            lower = child.text.lower()
            found = self.table.word(lower, "aux")
            if lower == "to":
                if node.dep in ("relcl", "ROOT") and not self._is_ranked(self.parsed.tokens[node.head]):
                    yield Sign(Modality.PLANNED, "to")
            elif found is None or found.effect not in MODALITIES:
                continue
            elif lower in ("would", "could", "should", "might", "may") and "have" in words:
                yield Sign(Modality.HYPOTHETICAL, f"{lower} have", True)
            elif lower == "would":
                if self._afterwards(node):
                    continue
                future = self._reported_future(node, told)
                yield Sign(Modality.PLANNED if future else Modality.HYPOTHETICAL, lower)
            else:
                yield Sign(MODALITIES[found.effect], lower)

    def _afterwards(self, node: Token) -> bool:
        return any(c.text.lower() in self.table.afterwards for c in self.parsed.dependents(node, "advmod"))

    def _conjunctions(self, node: Token) -> Iterator[Sign]:
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

    def _inverted(self, trigger: Token) -> Iterator[Sign]:
        """ "Should Chad attack, …", "were it to attack, …": a condition that opens the sentence without "if"."""
        sentence = self.parsed.sentences[trigger.sent]
        first = self.parsed.tokens[sentence.first]
        if self._asks(trigger):
            verbs = (t.i for t in self.parsed.tokens[first.i + 1 : sentence.last] if t.pos == "VERB")
            if first.pos == "AUX" and trigger.i == next(verbs, -1):
                yield Sign(Modality.HYPOTHETICAL, "question", True)  # "was she killed by …?", however it is read
            return
        if first.text.lower() not in ("should", "were", "had"):
            return
        commas = (t.i for t in self.parsed.tokens[sentence.first : sentence.last] if t.text == ",")
        if first.i < trigger.i < next(commas, -1):
            yield Sign(Modality.HYPOTHETICAL, f"{first.text} …", True)

    def _root(self, root: Token) -> Iterator[Sign]:
        if self._asks(root):
            asked_for = any(
                t.tag in WH and t.i < root.i for t in self.parsed.tokens[root.left : root.i]
            )  # "who killed her?" takes the killing for granted
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
        sentence = self.parsed.sentences[token.sent]
        return any(
            t.text == "?" for t in self.parsed.tokens[max(sentence.first, sentence.last - 3) : sentence.last]
        )

    def says(self, token: Token) -> str:
        """Return the word of saying in whose clause a token stands, however deep and known, or nothing."""
        node = token
        for _ in range(DEPTH):
            step = rise(self.parsed, node, self.table)
            if any(
                c.text.lower() == "according" and not c.left <= token.i <= c.right
                for c in self.parsed.dependents(node, "prep")
            ):
                return "according to"
            if step is None or step.above.i == node.i:
                return ""
            if node.dep in ("ccomp", "xcomp", "oprd"):
                found = governor(self.parsed, step.above, step.via, self.table)
                if found is not None and found.effect == "reported":
                    return step.above.text
            node = self.parsed.tokens[node.head]
        return self._behind_colon(token)

    def _behind_colon(self, token: Token) -> str:
        """ "He repeated an old claim: *strikes* …": what a colon sets behind a word of saying is said."""
        tokens, first = self.parsed.tokens, self.parsed.sentences[token.sent].first
        colon = next((i for i in range(token.i - 1, max(first - 2, -1), -1) if tokens[i].text == ":"), -1)
        if colon < 1:
            return ""
        begin = self.parsed.sentences[tokens[colon].sent].first
        for before in reversed(tokens[begin:colon]):
            lemma = before.lemma.lower()
            if before.pos == "NOUN" and (lemma in self.lexicon.cues.nouns or lemma in self.table.points):
                return before.text
            found = self.table.under(lemma, "verb", "that") if before.pos == "VERB" else None
            if found is not None:
                return before.text if found.effect == "reported" else ""
        return ""

    def _fiction(self, trigger: Token) -> Iterator[Sign]:
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

    # -- small questions

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
        finite = (
            ("VBD", "VBZ") if modal else ("VBD", "VBZ", "VBP")
        )  # "will take off and land" may be read as VBP
        return node.tag not in finite or head.tag in finite

    def _coordinated(self, node: Token, head: Token) -> Token:
        """Return what a finite verb without subject is coordinated with: not "misled" but "finds" in "the jury finds
        that he misled them, but *absolves* him", since only that has its tense.
        """
        above = self.parsed.tokens[head.head]
        own = self._tense(node)
        if head.dep != "ccomp" or above.pos != "VERB" or self.parsed.dependents(node, "nsubj", "nsubjpass"):
            return head
        return above if own and own != self._tense(head) and own == self._tense(above) else head

    def _tense(self, verb: Token) -> str:
        """Return the tag of a verb's finite form, or nothing."""
        finite = ("VBZ", "VBP", "VBD", "MD")
        return next(
            (t.tag for t in (verb, *self.parsed.dependents(verb, "aux", "auxpass")) if t.tag in finite), ""
        )

    def _contrast(self, node: Token) -> Iterator[Sign]:
        if self._before(node) in (("but", "not"), (",", "not")) and node.pos in NOUNS:
            yield Sign(Modality.NEGATED, "but not", True)

    def _set_off(self, verb: Token, clause: Token) -> bool:
        return any(t.text in (",", "—", ";") for t in self.parsed.tokens[verb.i : clause.left])

    def _is_ranked(self, noun: Token) -> bool:
        """ "The first club to win the cup" has won it."""
        return any(
            c.tag == "JJS" or c.lemma.lower() in self.table.ranks
            for c in (noun, *self.parsed.dependents(noun, "amod", "nummod"))
        )

    def _reported_future(self, node: Token, told: bool) -> bool:
        """Tell "said it would attack" (a plan) from "it would attack if …" (a hypothesis)."""
        while node.dep == "conj":
            node = self.parsed.tokens[node.head]
        above = self.parsed.tokens[node.head]
        conditional = any(
            c.dep == "advcl"
            and any(m.text.lower() in ("if", "unless") for m in self.parsed.dependents(c, "mark", "advmod"))
            for c in self.parsed.dependents(node)
        )
        said = node.dep == "ccomp" and above.lemma.lower() in self.lexicon.cues.verbs
        return (told or said) and not conditional

    def _is_past(self, verb: Token) -> bool:
        return verb.tag == "VBD" and not self.parsed.dependents(verb, "neg")

    def _word_after(self, token: Token) -> str:
        return self.parsed.tokens[token.i + 1].text.lower() if token.i + 1 < len(self.parsed.tokens) else ""

    def _word_before(self, token: Token) -> str:
        return self.parsed.tokens[token.i - 1].text.lower() if token.i else ""

    def _before(self, node: Token) -> tuple[str, str]:
        """Return the two words before a verb and its "to"."""
        i = node.i
        while (
            i > 0
            and self.parsed.tokens[i - 1].dep in ("aux", "auxpass")
            and self.parsed.tokens[i - 1].head == node.i
        ):
            i -= 1
        return (
            (self.parsed.tokens[i - 2].text.lower(), self.parsed.tokens[i - 1].text.lower())
            if i > 1
            else ("", "")
        )

    def _before_phrase(self, node: Token) -> tuple[str, str]:
        i = node.left
        return (
            (self.parsed.tokens[i - 2].text.lower(), self.parsed.tokens[i - 1].text.lower())
            if i > 1
            else ("", "")
        )
