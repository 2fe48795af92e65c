"""Which words of a sentence can't take part in a happening, since the grammar gives them to another verb.

The reader scores a word by what it has seen; where the parse is plain, it is known: who suffers in a passive clause
does not act in it, the object of one verb is not the object of the verb that "and" joins it to, which has its own, and
who survives an attack or is murdered in it did not make it.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.syntax import VERBAL, agent_phrase, conjuncts, logical_subject, subject
from kg.lexicon.constructions import Constructions
from kg.parsed import BlockKind, Parsed, Token

LOCATIVE = frozenset({"in", "at", "near"})
AIMED = frozenset({"on", "against", "at"})
STARTING = frozenset({"start", "begin", "effect"})  # "more jets *starting* in April"
CLAUSES = frozenset({"relcl", "acl", "advcl", "pcomp", "ccomp", "conj"})
ASIDE = frozenset({"relcl", "acl", "advcl"})


def is_anothers(parsed: Parsed, trigger: Token, token: Token) -> bool:
    """Tell whether `token` stands outside the clause of the verb `trigger`, which tells itself whom it is done to.

    >>> is_anothers(parsed, questioned, vik)  # "Police questioned Falk and freed *Vik*."
    True
    """
    above = {t.i for t in parsed.upward(trigger)}
    own = parsed.dependents(trigger, "dobj", "nsubjpass")
    named = any(c.pos in ("NOUN", "PROPN", "NUM") for c in own)
    within = _is_within(parsed, trigger, token, ASIDE if named else ())
    if trigger.pos not in VERBAL or token.i in above or within:
        return False
    if named:
        return True
    beside = token.head in above or trigger.head == token.head or parsed.tokens[token.head].head == trigger.i
    return token.dep == "dobj" and (agent_phrase(parsed, trigger) is not None or (bool(own) and beside))


def predecessor(parsed: Parsed, trigger: Token) -> range | None:
    """Return the tokens of the name behind "vice" that a list of nominations tells of right behind it, or None.

    >>> predecessor(parsed, retired)  # "A. Roth, of Ohio, to be Judge, vice *B. Lund*, retired."
    range(10, 12)
    """
    for token in reversed(parsed.tokens[parsed.sentences[trigger.sent].first : trigger.i]):
        if token.text == "vice":
            return range(token.i + 1, trigger.i)
        if token.pos not in ("PROPN", "PUNCT") and token.lemma != "term":
            break
    return None


def is_elsewhere(parsed: Parsed, trigger: Token, token: Token, words: Constructions) -> bool:
    """Tell whether a place is not that of `trigger`: where somebody comes from or goes to, where the verb coordinated
    with it leads, where a court sits or a part of the victims fell.

    >>> is_elsewhere(parsed, rescued, oslo, words)  # "A boy was rescued and flown to *Oslo*."
    True
    """
    within = {t.i for t in parsed.upward(trigger)}
    beside = {t.i for t in conjuncts(parsed, trigger)} - {trigger.i}
    for node in parsed.upward(token):
        above = parsed.tokens[node.head]
        if node.i not in (token.i, trigger.i) and node.lemma.lower() in words.umpires:
            sits = parsed.tokens[above.head] if above.pos == "ADP" else above
            return trigger.i not in (above.i, sits.i)
        if node.i in within:
            return False
        word = node.text.lower()
        if node.pos != "ADP" or above.i == trigger.i:
            continue
        if word in ("to", "from") and above.dep == "conj" and above.i in beside:
            return True
        ways, before = words.journeys.get(word, ()), parsed.tokens[node.i - 1]
        aside = word == "from" or above.dep in ("acl", "relcl", "amod") or above.pos not in VERBAL
        if above.i not in within and aside and {before.lemma.lower(), above.lemma.lower()} & {*ways}:
            return True
        if word in LOCATIVE and _is_of_a_part(parsed, trigger, node):
            return True
    return False


def _is_of_a_part(parsed: Parsed, trigger: Token, preposition: Token) -> bool:
    """Tell the place of some of several: "killed 70 in Kenya, including 20 *in* Lamu"."""
    counted = False
    for token in reversed(parsed.tokens[parsed.sentences[trigger.sent].first : preposition.i]):
        if token.i == trigger.i or token.text == ",":
            return False
        counted = counted or token.pos == "NUM"
        if token.text.lower() in ("including", "them"):
            return counted
    return False


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
    within = {t.i for t in parsed.upward(trigger)}
    for node in parsed.upward(token):
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


def _is_within(parsed: Parsed, trigger: Token, token: Token, aside: Collection[str] = ()) -> bool:
    """Tell whether a token hangs below `trigger`, and not below a verb that is coordinated with it, or in a clause
    `aside`.
    """
    for node in parsed.upward(token):
        if node.i == trigger.i:
            return True
        if node.pos in VERBAL and ((node.dep == "conj" and node.head == trigger.i) or node.dep in aside):
            return False
    return False


def is_out_of_scope(parsed: Parsed, trigger: Token, token: Token, words: Constructions) -> bool:
    """Tell whom something does not hold for: "The ban on imports does not cover *Chile*"."""
    verb = parsed.tokens[trigger.head]
    if trigger.dep not in ("nsubj", "nsubjpass") or verb.lemma.lower() not in words.scope_verbs:
        return False
    denied = bool(parsed.dependents(verb, "neg"))
    return denied and verb.i < token.i <= verb.right


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
    if _does_another_deed(parsed, trigger, token, words) or _has_doer_within(parsed, trigger, token):
        return True
    if trigger.dep == "amod" and trigger.tag in ("VBN", "VBD"):  # "*Chad* met the ousted premier"
        return not trigger.left <= token.i <= trigger.right
    if trigger.pos not in ("NOUN", "PROPN"):
        return False
    if _is_aimed_at(parsed, trigger, token):
        return True
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
    if above.text.lower() in ("of", "from", "to") and governor.lemma.lower() in words.sufferers:
        return token.i in _called(parsed, governor)
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


def _does_another_deed(parsed: Parsed, trigger: Token, token: Token, words: Constructions) -> bool:
    """Tell who stands in what only says something of another noun, or that the land is held: "a strike on a town
    seized by *rebels*", "militias loyal to *Roth* struck". Whoever leads a team acts with it.
    """
    for node in parsed.upward(token):
        above = parsed.tokens[node.head]
        by = node.dep in ("agent", "prep") and node.text.lower() == "by"
        if by and above.lemma.lower() in words.holding_verbs:
            return above.i != trigger.i
        if node.i != token.i and (node.dep in ("acl", "relcl") or (node.dep == "amod" and node.i > above.i)):
            below = node.left <= trigger.i <= node.right
            return trigger.i != above.i and not below and node.lemma.lower() not in words.of_members
        if node.dep in CLAUSES - {"conj"}:
            return False
    return False


def _is_aimed_at(parsed: Parsed, noun: Token, token: Token) -> bool:
    """Tell what stands behind "on" or "against", and not behind "by": "strikes on Kyiv, *Ukraine*"."""
    for prep in parsed.dependents(noun, "prep"):
        if prep.text.lower() in AIMED and prep.left <= token.i <= prep.right:
            between = [t for t in parsed.upward(token) if prep.left <= t.i <= prep.right]
            return not any(t.text.lower() in ("by", "from") for t in between)
    return False


def _called(parsed: Parsed, noun: Token) -> set[int]:
    """Return a noun and the tokens of whoever it says something of: in apposition, behind "is", before a name."""
    verb = parsed.tokens[noun.head]
    out = {t.i for t in conjuncts(parsed, noun)}
    if noun.dep in ("appos", "compound", "nmod"):
        out.add(noun.head)
    if noun.dep == "attr":
        out |= _subjects(parsed, verb, "nsubj")
    return out | {t.i for t in parsed.dependents(noun, "appos", "compound", "nmod")}


def _doers(parsed: Parsed, verb: Token) -> set[int]:
    doer = logical_subject(parsed, verb) if verb.pos in VERBAL else None
    return set() if doer is None else {t.i for t in conjuncts(parsed, doer)}


def _subjects(parsed: Parsed, verb: Token, label: str) -> set[int]:
    return {t.i for one in parsed.dependents(verb, label) for t in conjuncts(parsed, one)}
