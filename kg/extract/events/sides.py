"""Who stands on which side of an event: what the sentence does not put on a side is left off it.

Pure checks over the participants of an event, whoever found them: nobody does a thing to himself unless the text says
so, a party that the text leaves out takes no part, and a town does not suffer what its mayor does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg.event_classes import curies_with
from kg.extract.embedding_predicates import DEPTH, climbed, governor, rise
from kg.extract.syntax import conjuncts, logical_subject
from kg.lexicon import Lexicon
from kg.model import Event, Ground
from kg.parsed import Parsed, Resolved, Token

REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "themself", "oneself"})
RECIPROCAL = (("each", "other"), ("one", "another"))
LEAVING_OUT = frozenset({"not", "except", "excluding", "barring", "minus", "unlike"})
MODIFIERS = frozenset({"compound", "nmod", "amod", "poss"})
OF = frozenset({"of", "for", "in", "from", "at"})


def settled(event: Event, resolved: Resolved, lexicon: Lexicon) -> Event:
    """Return the event with each participant on one side at most, and without those that only its words name.

    A side on which nobody is left stays open.

    >>> settled(meeting, resolved, lexicon).patients  # "Brazil's Romero clashed over the plan."
    ()
    """
    meant = _Meant(event, resolved, lexicon)
    accusers = {
        i
        for span in event.spans
        for trigger in resolved.parsed.tokens_in(span)
        for i in accusers_over(resolved.parsed, trigger, lexicon)
    }
    agents = tuple(e for e in event.agents if meant.by(e) and not meant.only_by(e, accusers))
    patients = tuple(e for e in event.patients if meant.by(e))
    befalling = "befalling" in lexicon.classes[event.event_class].flags
    made = apart(
        replace(event, agents=agents, patients=patients), is_reflexive(resolved.parsed, event), befalling
    )
    return _with_grounds(made, event, agents, patients)


def _with_grounds(made: Event, event: Event, agents: tuple[str, ...], patients: tuple[str, ...]) -> Event:
    """Return the event with the reasons for which somebody takes no part on a side any more."""
    out: list[Ground] = []
    for part, meant, now in (("agents", agents, made.agents), ("patients", patients, made.patients)):
        for entity in getattr(event, part):
            if entity not in meant:
                note = "named only to say whose somebody is, to be left out, or as who accuses"
                out.append(Ground("rule sides", part, "", None, None, entity, False, note))
            elif entity not in now:
                note = "nobody stands on both sides"
                out.append(Ground("rule sides", part, "", None, None, entity, False, note))
    return replace(made, grounds=(*made.grounds, *out)) if out else made


def apart(event: Event, reflexive: bool = False, befalling: bool | None = None) -> Event:
    """Return the event with nobody on both sides, unless it is `reflexive`.

    Who stands on both is an agent; of a birth or death he is whom it befalls: where the event is `befalling`, which
    is told by its class unless the caller knows.
    """
    both = set(event.agents) & set(event.patients)
    if not both or reflexive:
        return event
    if befalling if befalling is not None else event.event_class in curies_with("befalling"):
        return replace(event, agents=tuple(e for e in event.agents if e not in both))
    return replace(event, patients=tuple(e for e in event.patients if e not in both))


def is_reflexive(parsed: Parsed, event: Event) -> bool:
    """Tell whether the text says of one of the event's tellings that it was done to oneself or to each other."""
    for span in event.spans:
        for trigger in parsed.tokens_in(span):
            for token in parsed.tokens[trigger.i + 1 : min(trigger.right, trigger.i + 12) + 1]:
                pair = (
                    token.text.lower(),
                    parsed.tokens[token.i + 1].text.lower() if token.i < trigger.right else "",
                )
                if (token.text.lower() in REFLEXIVE and token.dep in ("dobj", "pobj")) or pair in RECIPROCAL:
                    return True
    return False


def is_left_out(parsed: Parsed, token: Token) -> bool:
    """Tell whether a member of a list is named only to say that he takes no part: "Oman, but *not Qatar*, left"."""
    first = min(
        (c.left for c in parsed.dependents(token) if c.dep not in ("conj", "cc") and c.i < token.i),
        default=token.i,
    )
    before = parsed.tokens[first - 1].text.lower() if first else ""
    here = parsed.tokens[first].text.lower()
    after_not = parsed.tokens[first + 1].text.lower() if here == "not" else token.text.lower()
    return (before in LEAVING_OUT or here in LEAVING_OUT) and after_not not in ("only", "just")


def is_possessor(parsed: Parsed, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a name only tells whose somebody is: "the mayor of *Leeds*", "*Leeds* mayor A. Moss".

    Troops, police and governments act for their land; one person does not.
    """
    above = parsed.tokens[token.head]
    if token.dep == "pobj" and above.text.lower() in OF:
        above = parsed.tokens[above.head]
    elif token.dep not in MODIFIERS:
        return False
    lemma, words = above.lemma.lower(), lexicon.tables.constructions
    theirs = lemma in words.relational_people and lemma not in words.state_people
    if above.i == token.i or not (theirs or above.tag in ("NN", "NNP")):
        return False
    return lemma not in lexicon.tables.collectives and lexicon.tables.is_person_word(lemma)


def accusers_over(parsed: Parsed, trigger: Token, lexicon: Lexicon) -> frozenset[int]:
    """Return the tokens of those who accuse, charge, suspect or deny above a trigger: none of them is who did it.

    >>> accusers_over(parsed, killing, lexicon)  # "*Oman* accused the coalition of killing a nun."
    frozenset({0})
    """
    out: set[int] = set()
    node = trigger
    for _ in range(DEPTH):
        step = rise(parsed, node, lexicon.governors)
        if step is None or step.above.i == node.i:
            break
        found = governor(parsed, step.above, step.via, lexicon.governors)
        over = (step.above, found) if found is not None else climbed(parsed, step, lexicon.governors)
        node = step.above
        if over is not None and over[1].hard and over[1].pos == "verb" and over[1].effect == "reported":
            node = over[0]
            accuser = logical_subject(parsed, node)
            if accuser is not None and step.prep is not None:
                out |= {t.i for t in conjuncts(parsed, accuser)}
    return frozenset(out)


class _Meant:
    """Tells whether an entity is meant by a word of its own in the sentences of an event."""

    def __init__(self, event: Event, resolved: Resolved, lexicon: Lexicon) -> None:
        self.parsed, self.lexicon = resolved.parsed, lexicon
        self.heads: dict[str, list[Token]] = defaultdict(list)
        self.triggers = [t for span in event.spans for t in self.parsed.tokens_in(span)]
        for span in event.sentences:
            for head in self.parsed.tokens_in(span):
                for entity in resolved.who(head.i):
                    self.heads[entity].append(head)

    def by(self, entity: str) -> bool:
        heads = self.heads.get(entity)
        if not heads:
            return True  # clear from elsewhere, or a group
        if all(is_left_out(self.parsed, head) for head in heads):
            return False
        whole = [h for h in heads if self.parsed.tokens[h.head] not in heads] or heads  # no title of a name
        if any(h.left <= t.i <= h.right for h in whole for t in self.triggers):
            return True  # "an ally of the *ousted* premier"
        return not all(is_possessor(self.parsed, h, self.lexicon) for h in whole)

    def only_by(self, entity: str, tokens: set[int]) -> bool:
        """Tell whether an entity is meant in the sentences of the event by these tokens alone."""
        heads = self.heads.get(entity, [])
        return bool(heads) and all(head.i in tokens for head in heads)
