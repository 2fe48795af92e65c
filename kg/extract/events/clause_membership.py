"""Which words of a sentence can't take part in a happening, since the grammar gives them to another verb.

The reader scores a word by what it has seen; where the parse is plain, it is known: who suffers in a passive clause
does not act in it, the object of one verb is not the object of the verb that "and" joins it to, which has its own, and
who survives an attack or is murdered in it did not make it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.syntax import VERBAL, agent_phrase, conjuncts, logical_subject, subject
from kg.lexicon.constructions import Constructions
from kg.parsed import BlockKind, Parsed, Token

STARTING = frozenset({"start", "begin", "effect"})  # "more jets *starting* in April"
CLAUSES = frozenset({"relcl", "acl", "advcl", "pcomp", "ccomp", "conj"})


def is_anothers(parsed: Parsed, trigger: Token, token: Token) -> bool:
    """Tell whether `token` stands outside the clause of the verb `trigger`, which tells itself whom it is done to.

    >>> is_anothers(parsed, questioned, vik)  # "Police questioned Falk and freed *Vik*."
    True
    """
    above = {t.i for t in _upward(parsed, trigger)}
    if trigger.pos not in VERBAL or token.i in above or _is_within(parsed, trigger, token):
        return False
    own = parsed.dependents(trigger, "dobj", "nsubjpass")
    if any(c.pos in ("NOUN", "PROPN", "NUM") for c in own):
        return True
    beside = token.head in above or trigger.head == token.head or parsed.tokens[token.head].head == trigger.i
    return token.dep == "dobj" and (agent_phrase(parsed, trigger) is not None or (bool(own) and beside))


def is_headline_passive(parsed: Parsed, verb: Token) -> bool:
    """Tell a past form without an object in a headline: headlines tell the past in the present tense ("Guard *shot*
    in Leeds").
    """
    title = parsed.blocks[verb.block].kind is BlockKind.TITLE
    return (
        title
        and verb.tag in ("VBD", "VBN")
        and not parsed.dependents(verb, "dobj", "ccomp", "xcomp", "prt", "aux")
    )


def is_apart(parsed: Parsed, trigger: Token, token: Token) -> bool:
    """Tell whether a time stands in a clause that `trigger` is not in, or is the year of another noun.

    >>> is_apart(parsed, released, friday)  # "A man who was arrested on *Friday* was released."
    True
    """
    within = {t.i for t in _upward(parsed, trigger)}
    for node in _upward(parsed, token):
        if node.i in within:
            return False
        above = node.head
        year = node.dep == "nummod" and node.text.isdigit()
        own = node.lemma.lower() in STARTING or (
            above == trigger.i and (trigger.pos == "NOUN" or node.tag == "VB")
        )
        if (node.dep in CLAUSES and not own) or (
            year and above not in within and parsed.tokens[above].pos == "NOUN"
        ):
            return True
    return False


def _is_within(parsed: Parsed, trigger: Token, token: Token) -> bool:
    """Tell whether a token hangs below `trigger`, and not below a verb that is coordinated with it."""
    for node in _upward(parsed, token):
        if node.i == trigger.i:
            return True
        if node.dep == "conj" and node.pos in VERBAL and node.head == trigger.i:
            return False
    return False


def _upward(parsed: Parsed, token: Token) -> Iterator[Token]:
    yield token
    while token.head != token.i:
        token = parsed.tokens[token.head]
        yield token


def suffers_only(parsed: Parsed, trigger: Token, token: Token) -> bool:
    """Tell whether `token` is the subject of the passive verb `trigger` and not one of those who act "by" it.

    >>> suffers_only(parsed, rebuked, oman)  # "Rebuked by Chad, *Oman* recalled its envoy."
    True
    """
    if trigger.pos not in VERBAL:
        return False
    doer = agent_phrase(parsed, trigger)
    if doer is not None:
        return not doer.left <= token.i <= doer.right and token.head != doer.head
    return token.i in _subjects(parsed, trigger, "nsubjpass")


def is_no_doer(parsed: Parsed, trigger: Token, token: Token, words: Constructions) -> bool:
    """Tell whether `token` names somebody who, by the words around `trigger`, did not do what it tells.

    >>> is_no_doer(parsed, bombing, lund, words)  # "*Lund*, a survivor of the bombing, …"
    True
    """
    if _has_doer_within(parsed, trigger, token):
        return True
    if trigger.pos not in ("NOUN", "PROPN"):
        return False
    if token.dep == "poss" and token.head == trigger.i:
        of = any(c.text.lower() in ("of", "by") for c in parsed.dependents(trigger, "prep", "agent"))
        return trigger.lemma.lower() in words.done_to_owner and not of
    above = parsed.tokens[trigger.head]
    governor = parsed.tokens[above.head] if trigger.dep == "pobj" else above
    if trigger.dep in ("dobj", "pobj") and token.i in _doers(parsed, governor):
        owned = trigger.dep == "dobj" and any(c.pos == "PROPN" for c in parsed.dependents(trigger, "poss"))
        return owned or governor.lemma.lower() in words.onlooking_verbs
    if trigger.dep != "pobj":
        return False
    return above.text.lower() in ("in", "by") and any(
        one.left <= token.i <= one.right for one in parsed.dependents(governor, "nsubjpass")
    )


def _has_doer_within(parsed: Parsed, trigger: Token, token: Token) -> bool:
    """Tell whether who does it is told within the clause or phrase of `trigger`, where `token` is not: "The *band* hid
    after a gunman killed two", "*Chad* spoke of a raid by soldiers", "*Oman* asks Mali to leave".
    """
    if _is_within(parsed, trigger, token):
        return False
    above = parsed.tokens[trigger.head]
    if trigger.pos not in VERBAL:
        subordinate = trigger.dep == "nsubj" and above.dep == "advcl"  # "after a *shooting* killed two"
        outside = subordinate and not above.left <= token.i <= above.right
        return outside or any(c.text.lower() == "by" for c in parsed.dependents(trigger, "prep", "agent"))
    if any(c.pos in ("NOUN", "PROPN") for c in parsed.dependents(trigger, "nsubj")):
        return True
    if trigger.dep not in ("xcomp", "ccomp", "acl"):
        return False
    asked = subject(parsed, trigger)  # "rejected *Chad's* offer to stop"
    named = asked is not None and asked.pos in ("NOUN", "PROPN") and asked.i != token.i
    return named and token.i in _doers(parsed, above if above.pos in VERBAL else parsed.tokens[above.head])


def _doers(parsed: Parsed, verb: Token) -> set[int]:
    doer = logical_subject(parsed, verb) if verb.pos in VERBAL else None
    return set() if doer is None else {t.i for t in conjuncts(parsed, doer)}


def _subjects(parsed: Parsed, verb: Token, label: str) -> set[int]:
    return {t.i for one in parsed.dependents(verb, label) for t in conjuncts(parsed, one)}
