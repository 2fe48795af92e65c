"""What somebody undertakes or demands in words: "will support" promises, "would blockade" threatens,
"must withdraw" demands.

After PLOVER's codebook, which counts announced acts by their stance: cooperation to come is AGREE, conflict to
come is THREATEN, and telling others what they must do is REQUEST. The announced act itself stays an event of its
own, planned; the announcing is asserted.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.modality import Factuality
from kg.extract.sources import Participants
from kg.extract.syntax import subject
from kg.lexicon import GovernorPart, Lexicon
from kg.model import Event, Kind, Modality, Statement
from kg.parsed import Parsed, Token

NEUTRAL_PROMISES = frozenset({"plover:Consult", "nkg:Publish"})
UNDERTAKINGS = frozenset({"plover:Agree", "plover:Threaten", "plover:Request", "plover:Accuse"})
OBLIGATIONS = frozenset({"must", "should"})
CONFIDENCE = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """An event together with the token that triggers it."""

    trigger: Token
    event: Event


def find_intents(
    parsed: Parsed, found: list[Found], factuality: Factuality, people: Participants, lexicon: Lexicon
) -> list[Event]:
    """Return the promises, threats and demands that lie in the auxiliaries of `found` and of reported clauses."""
    statements = factuality.statements
    out = [e for f in found if (e := _undertaking(parsed, f, factuality, people, lexicon)) is not None]
    speakers = {s.id: s.speaker for s in statements}
    for token in parsed.tokens:
        if token.tag == "MD" and token.text.lower() in OBLIGATIONS and token.dep == "aux":
            event = _demand(parsed, token, statements, speakers, people)
            if event is not None:
                out.append(event)
    return out


def _undertaking(
    parsed: Parsed, found: Found, factuality: Factuality, people: Participants, lexicon: Lexicon
) -> Event | None:
    event = found.event
    if event.modality not in (Modality.PLANNED, Modality.HYPOTHETICAL) or event.event_class in UNDERTAKINGS:
        return None
    modal = _undertaker(parsed, found.trigger, event, lexicon)
    if modal is None:
        return None
    if modal.dep != "aux" and factuality.of(modal).modality not in (
        Modality.ASSERTED,
        Modality.REPORTED,
    ):
        return None  # "if it planned to attack" announces nothing
    statement = _innermost(factuality.statements, modal)
    own = statement is not None and statement.speaker in event.agents
    if not own and all(a.startswith("g") for a in event.agents):
        return None
    if statement is not None and not own and people.kinds.get(statement.speaker or "") is Kind.PERSON:
        return None  # what another person says he will do is no promise of his; a body may speak for its own
    stance = lexicon.classes[event.event_class].stance
    if event.event_class in NEUTRAL_PROMISES:
        stance = "friendly"
    if stance == "neutral" or (
        event.event_class.startswith("nkg:") and stance == "friendly" and statement is None
    ):
        return None  # "who will join the club": news of him, no promise
    return _event(
        parsed,
        modal,
        "plover:Agree" if stance == "friendly" else "plover:Threaten",
        event.agents,
        event.patients,
    )


def _undertaker(parsed: Parsed, trigger: Token, event: Event, lexicon: Lexicon) -> Token | None:
    """Return the word that commits the agent to the act: "will", "is prepared to", "plans to"; None for
    "may" and "if".
    """
    for child in parsed.dependents(trigger, "aux"):
        lower = child.text.lower()
        governor = lexicon.governors.word(lower, "aux")
        planned = governor is not None and governor.effect == "planned"
        if planned or (lower == "would" and event.modality is Modality.PLANNED):
            return child
    above = parsed.tokens[trigger.head]
    if trigger.dep != "xcomp" or above.pos not in ("VERB", "ADJ"):
        return None
    pos: GovernorPart = "verb" if above.pos == "VERB" else "adj"
    lemma = above.lemma.lower()
    if lexicon.frames_of(lemma, pos):
        return None  # "promised to help" is a promise already
    if lemma not in lexicon.tables.constructions.willing:
        return None  # "is due to meet" promises nothing
    over = lexicon.governors.under(lemma, pos, "to")
    return above if pos == "adj" or (over is not None and over.effect == "planned") else None


def _demand(
    parsed: Parsed,
    modal: Token,
    statements: list[Statement],
    speakers: dict[str, str | None],
    people: Participants,
) -> Event | None:
    statement = _innermost(statements, modal)
    if statement is None or statement.speaker is None:
        return None
    bound = subject(parsed, parsed.tokens[modal.head])
    obliged = tuple(f.entity for f in people.fill(bound) if not f.entity.startswith("g"))
    if not obliged or statement.speaker in obliged:
        return None
    return _event(parsed, modal, "plover:Request", (statement.speaker,), obliged)


def _innermost(statements: list[Statement], token: Token) -> Statement | None:
    inside = [s for s in statements if s.span.begin <= token.begin < s.span.end]
    return min(inside, key=lambda s: s.span.end - s.span.begin) if inside else None


def _event(
    parsed: Parsed, trigger: Token, event_class: str, agents: tuple[str, ...], patients: tuple[str, ...]
) -> Event:
    return Event(
        id="",
        event_class=event_class,
        label="",
        trigger=trigger.text,
        spans=(parsed.span(trigger.i, trigger.i + 1),),
        sentences=(parsed.sentence_span(trigger),),
        agents=agents,
        patients=patients,
        confidence=CONFIDENCE,
        reason=f"{trigger.text}: an announced act",
    )
