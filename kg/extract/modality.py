"""How the article stands to a happening: asserted, reported, planned, hypothetical or negated.

Factuality after FactBank (Saurí and Pustejovsky 2009): the embedding predicates, auxiliaries, conjunctions and
negators above a trigger decide, the strongest departure from fact going first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.model import Modality, Statement
from kg.parsed import Parsed, Token

ORDER = (Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.REPORTED, Modality.ASSERTED)
RANKS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "only", "latest"})
DEPTH = 7
Note = Callable[[Modality, str], None]


@dataclass(frozen=True, slots=True)
class Stance:
    """The modality of one trigger, the statement that reports it, and why."""

    modality: Modality
    statement: str | None
    reason: str


class Factuality:
    """Judges triggers of one article; `statements` are its reported speech."""

    def __init__(self, parsed: Parsed, statements: list[Statement], lexicon: Lexicon) -> None:
        self.parsed, self.lexicon = parsed, lexicon
        self.statements = statements

    def of(self, trigger: Token, light: Token | None = None) -> Stance:
        """Return the stance for a trigger; `light` is the light verb that carries its tense and negation
        ("issued no threat").
        """
        statement = self._statement(trigger)
        modality, reason = self._embedding(trigger, light)
        presupposed = (
            statement is not None
            and not statement.direct
            and trigger.pos == "NOUN"
            and self._definite(trigger)
        )
        if modality is Modality.ASSERTED:
            if statement is not None and not presupposed:
                return Stance(Modality.REPORTED, statement.id, "in reported speech")
            if any(
                c.text.lower() in self.lexicon.modality.reported_adverbs
                for c in self.parsed.dependents(light or trigger)
            ):
                return Stance(Modality.REPORTED, None, "reportedly")
        return Stance(
            modality,
            statement.id if statement is not None and modality is Modality.REPORTED else None,
            reason,
        )

    def _statement(self, trigger: Token) -> Statement | None:
        """Return the innermost statement that the trigger stands in."""
        inside = [
            s for s in self.statements if s.span.begin <= trigger.begin < s.span.end and not self._is_label(s)
        ]
        return min(inside, key=lambda s: s.span.end - s.span.begin) if inside else None

    def _is_label(self, statement: Statement) -> bool:
        return statement.direct and len(statement.text.split()) < 3

    def _definite(self, noun: Token) -> bool:
        return any(
            c.dep == "poss" or c.text.lower() in ("the", "this", "that", "these", "those")
            for c in self.parsed.dependents(noun)
        )

    def _embedding(self, trigger: Token, light: Token | None) -> tuple[Modality, str]:
        node, depth = light or trigger, 0
        strongest, why = Modality.ASSERTED, "main clause"

        def note(modality: Modality, reason: str) -> None:
            nonlocal strongest, why
            if ORDER.index(modality) < ORDER.index(strongest):
                strongest, why = modality, reason

        if trigger.pos == "NOUN" and light is not trigger:
            for child in self.parsed.dependents(trigger, "det", "neg"):
                if child.text.lower() in ("no", "neither"):
                    note(Modality.NEGATED, "no " + trigger.text)
            above = self.parsed.tokens[trigger.head]
            if above.text.lower() == "without":
                note(Modality.NEGATED, "without")
            for child in self.parsed.dependents(trigger, "amod"):
                word = child.lemma.lower()
                if word in self.lexicon.modality.hypothetical_adjectives:
                    note(Modality.HYPOTHETICAL, word)
                elif word in self.lexicon.modality.planned_adjectives:
                    note(Modality.PLANNED, word)
                elif word in self.lexicon.modality.reported_adjectives:
                    note(Modality.REPORTED, word)
        presupposed = trigger.pos == "NOUN" and light is None and self._definite(trigger)
        while depth < DEPTH:
            self._own(node, note, trigger)
            above = self.parsed.tokens[node.head]
            if above.i == node.i:
                break
            if presupposed and node.dep not in ("nsubj", "nsubjpass"):
                break  # "threatened to halt the bombardment": that there is one is taken for granted
            if self._ends(above) and node.dep in ("xcomp", "dobj", "nsubj", "nsubjpass", "advcl"):
                if node.dep != "nsubj" or presupposed:
                    break  # "stop bombing", "unless the siege ends": what ends was there
            if node.dep in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "dobj", "pobj", "prep", "oprd"):
                effect = self._effect(above, node)
                if effect is not None:
                    note(effect, f"{above.text} …")
                if node.dep == "advcl" and self._is_infinitive(node):
                    note(Modality.PLANNED, "purpose")
                participle = (
                    node.dep == "acl" and node.pos in ("VERB", "AUX") and not self._is_infinitive(node)
                )
                if node.dep == "advcl" or participle:
                    break  # "will help refugees fleeing the war": the flight is no plan
            elif node.dep in ("relcl",):
                break
            elif (
                node.dep in ("nsubj", "nsubjpass", "csubj") and trigger.pos == "NOUN" and node.i == trigger.i
            ):
                self._predicated(above, note)
                break
            elif node.dep == "conj":
                if any(
                    c.dep in ("nsubj", "nsubjpass") for c in self.parsed.dependents(node)
                ) and node.pos in ("VERB", "AUX"):
                    break
            elif node.dep not in ("auxpass", "attr", "appos", "compound", "agent"):
                break
            node, depth = above, depth + 1
        return strongest, why

    def _ends(self, verb: Token) -> bool:
        """Tell whether a verb takes its event for granted: to end or continue something, it must be there."""
        if verb.pos != "VERB":
            return False
        particles = {c.text.lower() for c in self.parsed.dependents(verb, "prt", "advmod")}
        return any(
            light.aspect in ("end", "continue") and (light.particle is None or light.particle in particles)
            for light in self.lexicon.light_verbs.get(verb.lemma.lower(), ())
        )

    def _own(self, node: Token, note: Note, trigger: Token) -> None:
        """Apply the negation, auxiliaries and conjunction that stand with a node itself."""
        speaks = node.lemma.lower() in self.lexicon.cues.verbs
        coordinated = node.dep == "conj" and not any(
            c.dep in ("nsubj", "nsubjpass") for c in self.parsed.dependents(node)
        )
        for child in self.parsed.dependents(node):
            lower = child.text.lower()
            if child.dep in ("nsubj", "nsubjpass") and (
                lower in ("nobody", "none")
                or any(c.text.lower() in ("no", "neither") for c in self.parsed.dependents(child, "det"))
            ):
                note(Modality.NEGATED, "no " + child.text)  # "no group has claimed the attack"
            if child.dep == "neg" and speaks and node is not trigger:
                continue  # "have not said why they were denied visas": the denial is not what is negated
            if child.dep == "neg" or (
                lower in ("never", "neither", "nor") and child.dep in ("advmod", "preconj", "cc")
            ):
                note(Modality.NEGATED, "not")
            elif child.dep == "aux":
                if lower in self.lexicon.modality.planned_auxiliaries:
                    note(Modality.PLANNED, lower)
                elif lower in self.lexicon.modality.hypothetical_auxiliaries and not (
                    lower == "would" and self._reported_future(node)
                ):
                    note(Modality.HYPOTHETICAL, lower)
                elif lower == "would":
                    note(Modality.PLANNED, lower)
                elif (
                    lower == "to"
                    and not coordinated
                    and node.dep in ("relcl", "ROOT", "acl")
                    and not self._is_ranked(self.parsed.tokens[node.head])
                ):
                    note(Modality.PLANNED, "to")
            elif child.dep in ("mark", "advmod") and lower in self.lexicon.modality.conditionals:
                note(Modality.HYPOTHETICAL, lower)

    def _is_ranked(self, noun: Token) -> bool:
        """ "The first club to win the cup" has won it."""
        return any(
            c.tag == "JJS" or c.lemma.lower() in RANKS for c in self.parsed.dependents(noun, "amod", "nummod")
        )

    def _reported_future(self, node: Token) -> bool:
        """Tell "said it would attack" (a plan) from "it would attack if …" (a hypothesis)."""
        above = self.parsed.tokens[node.head]
        conditional = any(
            c.dep == "advcl"
            and any(m.text.lower() in ("if", "unless") for m in self.parsed.dependents(c, "mark", "advmod"))
            for c in self.parsed.dependents(node)
        )
        return (
            node.dep in ("ccomp", "conj")
            and above.lemma.lower() in self.lexicon.cues.verbs
            and not conditional
        )

    def _is_infinitive(self, node: Token) -> bool:
        return any(c.tag == "TO" for c in self.parsed.dependents(node, "aux"))

    def _effect(self, above: Token, node: Token) -> Modality | None:
        """Return what a governing word makes of the happening under it, or None where it leaves it as it is."""
        lemma = above.lemma.lower()
        if above.pos in ("VERB", "AUX"):
            if node.dep in ("dobj", "pobj", "prep") and node.pos not in ("VERB", "AUX"):
                effect = self.lexicon.tables.constructions.noun_object_effects.get(lemma)
                return Modality(effect) if effect else None
            cue = self.lexicon.cues.verbs.get(lemma)
            if (
                cue is not None
                and cue.weight in ("speech", "writing")
                and node.dep == "ccomp"
                and not self._is_infinitive(node)
            ):
                return None  # reported speech is a statement's matter
            return self._embedded(lemma, "verb", node)
        if above.pos in ("NOUN", "PROPN"):
            if node.dep not in ("acl", "prep", "pcomp", "ccomp", "relcl"):
                return None
            effect_of_noun = self._embedded(lemma, "noun", node)
            denied = any(c.text.lower() == "no" for c in self.parsed.dependents(above, "det", "neg"))
            return Modality.NEGATED if effect_of_noun is not None and denied else effect_of_noun
        if above.pos == "ADJ":
            return self._embedded(lemma, "adj", node)
        return None

    def _embedded(self, lemma: str, pos: str, node: Token) -> Modality | None:
        wanted = "to" if self._is_infinitive(node) else "that"
        for embedding in self.lexicon.modality.embeddings.get((lemma, pos), ()):
            if embedding.complement in (None, wanted):
                return None if embedding.effect == "asserted" else Modality(embedding.effect.capitalize())
        return None

    def _predicated(self, verb: Token, note: Note) -> None:
        """ "The trial will begin in May": what its verb says of a noun's happening holds of the happening."""
        happening = self.lexicon.tables.constructions.happening
        if verb.pos not in ("VERB", "AUX"):
            return
        if verb.lemma.lower() in happening or any(
            c.lemma.lower() in happening for c in self.parsed.dependents(verb, "xcomp")
        ):
            self._own(verb, note, verb)
            for embedding in self.lexicon.modality.embeddings.get((verb.lemma.lower(), "verb"), ()):
                if embedding.effect in ("planned", "hypothetical", "negated"):
                    note(Modality(embedding.effect.capitalize()), verb.text)
                    break
