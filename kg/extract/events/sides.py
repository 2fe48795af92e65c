"""Who stands on which side of an event: what the sentence does not put on a side is left off it.

Pure checks over the participants of an event, whoever found them: nobody does a thing to himself, a party that the text
leaves out takes no part, and a town does not suffer what its mayor does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg.event_classes import curies_with
from kg.lexicon import Lexicon
from kg.model import Event, Ground
from kg.parsed import Parsed, Resolved, Token

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
    agents = tuple(e for e in event.agents if meant.by(e))
    patients = tuple(e for e in event.patients if meant.by(e))
    befalling = "befalling" in lexicon.classes[event.event_class].flags
    made = apart(replace(event, agents=agents, patients=patients), befalling)
    return _with_grounds(made, event, agents, patients)


def _with_grounds(made: Event, event: Event, agents: tuple[str, ...], patients: tuple[str, ...]) -> Event:
    """Return the event with the reasons for which somebody takes no part on a side any more."""
    out: list[Ground] = []
    for part, meant, now in (("agents", agents, made.agents), ("patients", patients, made.patients)):
        for entity in getattr(event, part):
            if entity not in meant:
                note = "named only to say whose somebody is, or to be left out"
                out.append(Ground("rule sides", part, "", None, None, entity, False, note))
            elif entity not in now:
                note = "nobody stands on both sides"
                out.append(Ground("rule sides", part, "", None, None, entity, False, note))
    return replace(made, grounds=(*made.grounds, *out)) if out else made


def apart(event: Event, befalling: bool | None = None) -> Event:
    """Return the event with nobody on both sides.

    Who stands on both is an agent; of a birth or death he is whom it befalls: where the event is `befalling`, which
    is told by its class unless the caller knows.
    """
    both = set(event.agents) & set(event.patients)
    if not both:
        return event
    if befalling if befalling is not None else event.event_class in curies_with("befalling"):
        return replace(event, agents=tuple(e for e in event.agents if e not in both))
    return replace(event, patients=tuple(e for e in event.patients if e not in both))


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
    if above.i == token.i or above.tag not in ("NN", "NNP"):
        return False
    lemma = above.lemma.lower()
    return lemma not in lexicon.tables.collectives and lexicon.tables.is_person_word(lemma)


class _Meant:
    """Tells whether an entity is meant by a word of its own in the sentences of an event."""

    def __init__(self, event: Event, resolved: Resolved, lexicon: Lexicon) -> None:
        self.parsed, self.lexicon = resolved.parsed, lexicon
        self.heads: dict[str, list[Token]] = defaultdict(list)
        begins = {s.begin for s in event.sentences}
        for link in resolved.links:
            head = self.parsed.tokens[link.head]
            if self.parsed.sentences[head.sent].span.begin in begins:
                for entity in link.entities:
                    self.heads[entity].append(head)

    def by(self, entity: str) -> bool:
        heads = self.heads.get(entity)
        if not heads:
            return True  # clear from elsewhere, or a group
        if all(is_left_out(self.parsed, head) for head in heads):
            return False
        return not all(is_possessor(self.parsed, head, self.lexicon) for head in heads)
