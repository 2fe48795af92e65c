"""Matches a trigger's frames against the sentence and fills their slots with tokens."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.events.clause_membership import is_headline_passive
from kg.extract.events.support_verbs import support_verb
from kg.extract.logical_objects import logical_object
from kg.extract.participants import Participants
from kg.extract.syntax import is_opposed, is_passive, logical_subject, prepositional
from kg.lexicon import NO_OBJECT, Condition, Frame, Lexicon
from kg.model import Kind
from kg.parsed import Parsed, Token

_PREPOSITIONS = (
    "to with against on from for of at over into about between by in toward towards among upon after under "
    "through as"
)
PREPOSITIONS = frozenset(_PREPOSITIONS.split())


MODIFIERS = ("amod", "compound", "nmod")


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that holds of a trigger; `light` is the support verb of a noun ("launched an attack").

    `presupposed`: the support verb ends or continues what is there ("called off the strikes"), so that its own
    modality says nothing of the event.
    """

    frame: Frame
    trigger: Token
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    light: Token | None = None
    presupposed: bool = False


class FrameMatcher:
    """Finds the frame of a token in one parsed article."""

    def __init__(self, parsed: Parsed, people: Participants, lexicon: Lexicon) -> None:
        self.parsed, self.people, self.lexicon = parsed, people, lexicon
        self.times = {i for n in parsed.names if n.label in ("DATE", "TIME") for i in range(n.first, n.last)}

    def match(self, token: Token) -> Match | None:
        """Return the first frame of the token whose condition holds, with its slots filled, or None."""
        pos = (
            "verb"
            if token.pos in ("VERB", "AUX") or (token.pos == "ADJ" and token.tag in ("VBN", "VBD"))
            else "noun"
            if (token.pos in ("NOUN", "PROPN") and token.text.islower()) or token.pos == "NOUN"
            else "adj"
            if token.pos == "ADJ"
            else ""
        )
        if not pos:
            return None
        lemma = token.lemma.lower()
        frames = self._frames(token, lemma, pos)
        if not frames:
            return None
        for idiom in self.lexicon.idioms.get((lemma, pos), ()):
            if self._holds(idiom.when, token, pos):
                return None
        for frame in frames:
            if self._holds(frame.when, token, pos):
                return self._filled(frame, token)
        return None

    def _frames(self, token: Token, lemma: str, pos: str) -> tuple[Frame, ...]:
        if pos == "noun" and token.i > 0:
            before = self.parsed.tokens[token.i - 1]
            if before.dep == "compound" and before.head == token.i:
                compound = self.lexicon.compound_frames(before.lemma.lower(), lemma)
                if compound:
                    return compound
        return self.lexicon.frames_of(lemma, pos)

    def _holds(self, when: Condition, token: Token, pos: str) -> bool:
        if when.passive is not None and pos == "verb" and is_passive(self.parsed, token) != when.passive:
            return False
        return (
            self._particle_holds(when, token)
            and self._subject_holds(when, token, pos)
            and self._object_holds(when, token)
            and (when.complement is None or self._complement(when.complement, token))
        )

    def _particle_holds(self, when: Condition, token: Token) -> bool:
        """Tell whether the particle and the prepositions of a condition are there, with the objects it names."""
        if when.particle is not None and not any(
            c.text.lower() == when.particle and c.dep in ("prt", "advmod", "prep")
            for c in self.parsed.dependents(token)
        ):
            return False
        if when.prep and all(self._object_of(token, preposition) is None for preposition in when.prep):
            return False
        for preposition, heads in when.prep_obj.items():
            inner = prepositional(self.parsed, token, preposition)
            if inner is None or inner.lemma.lower() not in heads:
                return False
        return True

    def _subject_holds(self, when: Condition, token: Token, pos: str) -> bool:
        if not when.subj:
            return True
        subject = logical_subject(self.parsed, token) if pos == "verb" else None
        return (subject is not None and subject.lemma.lower() in when.subj) or self._by_disaster(token)

    def _object_holds(self, when: Condition, token: Token) -> bool:
        obj = logical_object(self.parsed, token) if when.obj or when.obj_kind else None
        if when.obj and not self._object_is(when.obj, obj, token):
            return False
        if not when.obj_kind:
            return True
        fillers = self.people.fill(obj, groups=True, metonymy=False)
        kinds = {str(self.people.kinds.get(f.entity, "Group")) for f in fillers}
        return bool((kinds | self._noun_kinds(obj)) & when.obj_kind)

    def _object_is(self, wanted: frozenset[str], obj: Token | None, token: Token) -> bool:
        if obj is None or obj.pos not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return NO_OBJECT in wanted
        objects = (obj, *self.parsed.dependents(token, "dobj"))
        return any(wanted & self._object_lemmas(each) for each in objects)

    def _object_lemmas(self, obj: Token) -> set[str]:
        """Return the lemmas of an object and of what it is a part or state of ("a state of emergency")."""
        of = prepositional(self.parsed, obj, "of")
        return {obj.lemma.lower()} | ({of.lemma.lower()} if of is not None else set())

    def _noun_kinds(self, obj: Token | None) -> set[str]:
        """Return the kinds that an object's common noun tells, itself or as a part of something."""
        out: set[str] = set()
        if obj is None:
            return out
        for lemma in self._object_lemmas(obj):
            if (
                lemma in self.lexicon.tables.place_words
                and lemma not in self.lexicon.tables.organization_words
            ):
                out.add("Place")
            if lemma in self.lexicon.tables.group_nouns or lemma in self.lexicon.tables.person_nouns:
                out.add("Group")
        return out

    def _complement(self, wanted: str, token: Token) -> bool:
        children = self.parsed.dependents(token)
        if wanted.startswith("adj:"):
            word = wanted[4:]
            return any(c.lemma.lower() == word for c in children) or any(
                g.lemma.lower() == word
                for c in children
                if c.dep in ("xcomp", "ccomp", "oprd", "dobj")
                for g in [c, *self.parsed.dependents(c, "amod", "acomp")]
            )
        if wanted == "to":
            return any(
                c.dep in ("xcomp", "ccomp", "advcl", "acl")
                and any(m.tag == "TO" for m in self.parsed.dependents(c, "aux"))
                and not (c.dep == "advcl" and self._set_off(token, c))
                for c in children
            )
        if wanted == "that":
            return any(
                c.dep in ("ccomp", "acl")
                and any(m.text.lower() == "that" for m in self.parsed.dependents(c, "mark"))
                for c in children
            )
        if wanted == "as":
            return prepositional(self.parsed, token, "as") is not None
        return any(c.dep in ("ccomp", "xcomp", "acl") for c in children)

    def _set_off(self, verb: Token, clause: Token) -> bool:
        """Tell a clause that a comma or quotation mark parts from its verb ("he told us, "to win takes time"")."""
        return any(t.text in (",", '"', "“", "”", "—") for t in self.parsed.tokens[verb.i : clause.left])

    # -- slots

    def _filled(self, frame: Frame, token: Token) -> Match:
        if frame.pos == "noun":
            return self._noun(frame, token)
        agents = self._slots(frame.agent, token, ())
        patients = self._slots(frame.patient, token, agents)
        if agents and not patients and self._headline_passive(frame, token):
            agents, patients = (), agents
        return Match(frame, token, agents, patients)

    def _headline_passive(self, frame: Frame, token: Token) -> bool:
        """Tell "Team *honored* for courage" in a headline."""
        takes_object = frame.pos == "verb" and frame.patient[:1] == ("obj",)
        return takes_object and is_headline_passive(self.parsed, token)

    def _slots(self, slots: tuple[str, ...], token: Token, taken: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return the first slot that somebody fills ("complained over *Israeli raids* to *the UN*"), else the first."""
        first: tuple[Token, ...] = ()
        for slot in slots:
            found = self._slot(slot, token)
            if found is not None and found.i not in {t.i for t in taken}:
                if self.people.fill(found):
                    return (found,)
                first = first or (found,)
        return first

    def _slot(self, slot: str, token: Token) -> Token | None:
        parsed = self.parsed
        if slot == "subj":
            if token.pos == "ADJ":
                verb = parsed.tokens[token.head]
                return logical_subject(parsed, verb) if verb.pos in ("VERB", "AUX") else None
            return self._somebody(logical_subject(parsed, token), token)
        if slot == "obj":
            return self._somebody(logical_object(parsed, token), token)
        if slot == "iobj":
            return self._recipient(token)
        if slot == "comp_subj":
            return self._subject_of_complement(token)
        return self._prepositional_slot(slot, token) if slot in PREPOSITIONS else None

    def _recipient(self, verb: Token) -> Token | None:
        child = next(iter(self.parsed.dependents(verb, "dative")), None)
        if child is None or child.pos != "ADP":
            return child
        return next(iter(self.parsed.dependents(child, "pobj")), None)

    def _subject_of_complement(self, verb: Token) -> Token | None:
        """ "Accused *him* of lying", "wants *Chad* to leave": who does what the complement tells."""
        for child in self.parsed.dependents(verb, "ccomp", "xcomp"):
            for inner in self.parsed.dependents(child, "nsubj", "nsubjpass"):
                return inner
        return next(iter(self.parsed.dependents(verb, "dobj")), None)

    def _prepositional_slot(self, preposition: str, token: Token) -> Token | None:
        found = self._object_of(token, preposition)
        if found is None and token.pos in ("VERB", "AUX"):
            # "imposed sanctions on X": it hangs on the object
            behind = (
                prepositional(self.parsed, d, preposition) for d in self.parsed.dependents(token, "dobj")
            )
            found = next((inner for inner in behind if inner is not None), None)
        return found

    def _by_disaster(self, verb: Token) -> bool:
        """ "The jet crashed, killing nine": what a participle under a disaster tells is its work, not its victim's."""
        above = self.parsed.tokens[verb.head]
        if verb.dep != "advcl" or verb.tag != "VBG" or above.pos != "VERB":
            return False
        match = self.match(above)
        return match is not None and "natural" in self.lexicon.classes[match.frame.event_class].flags

    def _object_of(self, head: Token, preposition: str) -> Token | None:
        """Return the object of a preposition under `head` that is no time ("marched on Rome", not "on Sunday")."""
        also = {"on": ("upon",), "toward": ("towards",)}.get(preposition, ())
        found = prepositional(self.parsed, head, preposition, *also)
        return None if found is None or found.i in self.times else found

    def _somebody(self, found: Token | None, verb: Token) -> Token | None:
        """ "An employee of the bank *who* disappeared": "who" is the employee, wherever the parser hangs it."""
        if found is None or verb.dep != "relcl" or found.i != verb.head or found.dep != "pobj":
            return found
        if not any(
            c.text.lower() == "who" for c in self.parsed.dependents(verb, "nsubj", "nsubjpass", "dobj")
        ):
            return found
        kinds = {self.people.kinds.get(e) for e in self.people.linked(found)}
        if not kinds or Kind.PERSON in kinds:
            return found
        above = self.parsed.tokens[self.parsed.tokens[found.head].head]
        return above if above.pos in ("NOUN", "PROPN") and self.people.nouns.is_people(above) else found

    def _noun(self, frame: Frame, token: Token) -> Match:
        light, role, aspect = support_verb(self.parsed, token, self.lexicon)
        agents: tuple[Token, ...] = ()
        patients: tuple[Token, ...] = ()
        presupposed = aspect in ("end", "continue")
        if presupposed:  # "called off Russian airstrikes": whose they are, the noun says first
            agents = self._noun_slots(frame.agent, token, ())
        if agents:
            pass
        elif light is not None and role in ("agent", "both"):
            found = logical_subject(self.parsed, light)
            agents = (found,) if found is not None and not self._presides(found, frame) else ()
        elif light is not None and role == "patient":
            found = logical_subject(self.parsed, light)
            patients = (found,) if found is not None else ()
        if not agents:
            agents = self._noun_slots(frame.agent, token, patients)
        if not agents and light is not None and role == "none":  # "requests have come from the mayor"
            found = prepositional(self.parsed, light, "from", "by")
            agents = (found,) if found is not None else ()
        if not patients:
            patients = self._noun_slots(frame.patient, token, agents) or tuple(
                c for c in self.parsed.dependents(token, *MODIFIERS) if is_opposed(self.parsed, c)
            )
            if not patients and light is not None:
                patients = self._slots(
                    tuple(s for s in frame.patient if s in PREPOSITIONS and s not in ("of", "in")),
                    light,
                    agents,
                )
        return Match(frame, token, agents, patients, light, presupposed)

    def _presides(self, subject: Token, frame: Frame) -> bool:
        """ "A court suspended the merger": no party to what others do with each other."""
        return frame.symmetric and subject.lemma.lower() in self.lexicon.tables.constructions.umpires

    def _noun_slots(
        self, slots: tuple[str, ...], token: Token, taken: tuple[Token, ...]
    ) -> tuple[Token, ...]:
        parsed = self.parsed
        used = {t.i for t in taken}
        for slot in slots:
            if slot == "poss":
                found = tuple(c for c in parsed.dependents(token, "poss") if c.i not in used)
            elif slot == "mod":
                beside = [c for c in parsed.dependents(token, *MODIFIERS) if c.i < token.i]
                beside += [g for c in beside for g in parsed.dependents(c, *MODIFIERS)]  # "US-Russia talks"
                found = tuple(
                    c
                    for c in sorted(beside)
                    if c.i not in used
                    and not is_opposed(parsed, c)
                    and (self.people.linked(c) or self.people.nouns.is_people(c))
                )
            elif slot in PREPOSITIONS:
                inner = prepositional(parsed, token, slot)
                found = (inner,) if inner is not None and inner.i not in used else ()
            else:
                found = ()
            if found:
                return found
        return ()
