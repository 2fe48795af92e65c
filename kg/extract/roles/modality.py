"""Tells how an article stands to who holds a position: as a fact, a plan, a hope, a claim, or not at all.

Two questions, each asked of a token and the parse: what the words before a title say ("would-be mayor", "alleged
leader"), and what governs the verb that gives the position ("failed in her attempt to become president").
"""

from __future__ import annotations

from kg.extract.embedding_predicates import is_ranked
from kg.extract.syntax import is_infinitive
from kg.lexicon import Lexicon
from kg.lexicon.governors import GovernorPart
from kg.model import Modality
from kg.parsed import Parsed, Token

DEPTH = 8
ORDER = (Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.REPORTED, Modality.ASSERTED)
"""The strongest departure from fact first."""
EFFECTS = {m.value.lower(): m for m in Modality if m is not Modality.ASSERTED}
NEVER = frozenset({"not", "n't", "never", "neither", "nor", "hardly", "barely"})
EMBEDDED = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl", "prep", "pobj", "dobj", "oprd", "agent"})


def modality_of_title(parsed: Parsed, first: int, lexicon: Lexicon) -> Modality:
    """Return what the words right before a title, which begins at token `first`, make of its holding.

    >>> modality_of_title(parsed, first_of("mayor"), lexicon)  # "the would-be mayor Ana Koval"
    <Modality.HYPOTHETICAL: 'Hypothetical'>
    """
    sets, tokens = lexicon.tables.constructions, parsed.tokens
    start = parsed.sentences[tokens[first].sent].first
    words = parsed.text(max(start, first - 6), first).lower() if first > start else ""
    for word in reversed(words.replace(",", " , ").split()[-3:]):
        if word == ",":
            break
        for table, modality in (
            (sets.role_hopes, Modality.HYPOTHETICAL),
            (sets.role_plans, Modality.PLANNED),
            (sets.role_claims, Modality.REPORTED),
        ):
            if word in table:
                return modality
    return Modality.ASSERTED


def modality_of_holding(parsed: Parsed, verb: Token, lexicon: Lexicon) -> Modality:
    """Return the modality of the position that `verb` gives or tells: its own auxiliaries, negation and conditions, and
    those of what governs it, up to the root of the sentence.

    >>> modality_of_holding(parsed, token("become"), lexicon)  # "she hopes to become mayor"
    <Modality.HYPOTHETICAL: 'Hypothetical'>
    """
    node, found = verb, {_own(parsed, verb, lexicon)}
    if verb.lemma.lower() in lexicon.tables.constructions.role_seeking:
        found.add(Modality.HYPOTHETICAL)  # "was nominated as envoy"
    for _ in range(DEPTH):
        above = parsed.tokens[node.head]
        if above.i == node.i:
            found.add(Modality.PLANNED if is_infinitive(parsed, node) else _asked(parsed, node))
            break
        if node.dep in ("acl", "relcl") and node.lemma == "be" and is_infinitive(parsed, node):
            if above.pos == "PROPN" and not is_ranked(parsed, above, lexicon.governors):
                # "A, of Ohio, to be Assistant Secretary"
                found.add(Modality.PLANNED)
        if node.dep == "conj":
            if parsed.dependents(node, "nsubj", "nsubjpass") or _is_contrast(parsed, above):
                break
        elif node.dep in EMBEDDED:
            effect = _effect(parsed, above, node, lexicon)
            if effect is not None:
                found.add(effect)
            if node.dep == "advcl" and not (is_infinitive(parsed, node) or is_becoming(node)):
                break  # what the main clause says of its subject says nothing of "when he was mayor"
        else:
            break
        node = above
        if node.pos in ("VERB", "AUX"):
            found.add(_own(parsed, node, lexicon))
    return min(found, key=ORDER.index)


def is_becoming(verb: Token) -> bool:
    """Tell "becomes" and "was elected, becoming": who enters an office holds it by what the main clause tells."""
    now = verb.tag in ("VBZ", "VBP") or (verb.tag == "VBG" and verb.dep == "advcl")
    return now and verb.lemma == "become"


def modality_of_question(parsed: Parsed, name: Token) -> Modality:
    """Return HYPOTHETICAL where a sentence asks whether somebody is what stands behind the name, which the parser takes
    for an apposition: "Is Dolan the mayor?".
    """
    root = parsed.tokens[name.head]
    return _asked(parsed, root) if root.lemma == "be" and root.i < name.i else Modality.ASSERTED


def _own(parsed: Parsed, verb: Token, lexicon: Lexicon) -> Modality:
    """Return what stands with a verb itself: auxiliaries, negation, "if", and the condition on which it depends."""
    found = Modality.ASSERTED
    for child in parsed.dependents(verb):
        lower = child.text.lower()
        made = None
        if child.dep == "neg" or (lower in NEVER and child.dep in ("advmod", "preconj", "cc")):
            made = None if _is_no_longer(parsed, child) else Modality.NEGATED
        elif child.dep == "aux":
            made = _made_by(lexicon, lower, "aux")
        elif child.dep in ("mark", "advmod") and (by := _made_by(lexicon, lower, "mark")) is not None:
            made = None if lower in ("once", "until") else by
        elif child.dep == "advcl":
            conditions = parsed.dependents(child, "mark", "advmod")
            made = (
                Modality.HYPOTHETICAL if any(c.text.lower() in ("if", "unless") for c in conditions) else None
            )
        elif child.dep == "advmod":
            made = _made_by(lexicon, lower, "adverb")
        elif child.dep in ("nsubj", "nsubjpass"):
            denied = any(
                c.text.lower() == "neither" for c in parsed.dependents(child, "det", "preconj", "cc")
            )
            made = Modality.NEGATED if denied else None
        if made is not None and ORDER.index(made) < ORDER.index(found):
            found = made
    return found


def _made_by(lexicon: Lexicon, word: str, part: GovernorPart) -> Modality | None:
    """Return what an auxiliary, conjunction or adverb makes of what stands with it."""
    governor = lexicon.governors.word(word, part)
    return EFFECTS.get(governor.effect) if governor is not None else None


def _is_no_longer(parsed: Parsed, word: Token) -> bool:
    """Tell the end of a position from its denial: "is no longer chairman", "is not chairman any more"."""
    after = parsed.tokens[word.i + 1 : word.i + 2]
    return bool(after) and after[0].text.lower() == "longer"


def _effect(parsed: Parsed, above: Token, node: Token, lexicon: Lexicon) -> Modality | None:
    """Return what a governing word makes of the clause or phrase under it, or None where it leaves it as it is."""
    sets, lemma = lexicon.tables.constructions, above.lemma.lower()
    infinitive = is_infinitive(parsed, node)
    if above.pos in ("VERB", "AUX"):
        if lemma == "be" and node.dep == "xcomp" and infinitive:
            return Modality.PLANNED  # "is to become chairman"
        if node.dep in ("dobj", "prep", "pobj", "agent") and not _leads_to_verb(parsed, node):
            return None
        if lemma in sets.role_outcomes and infinitive:
            return None
        if lemma in sets.role_seeking:
            return Modality.HYPOTHETICAL
        if node.dep == "ccomp" and lemma in sets.role_telling:
            return None
        if node.dep == "advcl":
            # "left to become editor" tells of an editor, "is leaving to become editor" of one to be
            ongoing = above.tag == "VBG" and infinitive
            return Modality.PLANNED if ongoing else None
        return _embedded(lemma, "verb", node, infinitive, lexicon)
    if above.pos in ("NOUN", "PROPN") and node.dep in ("acl", "prep", "pcomp", "ccomp"):
        return _embedded(lemma, "noun", node, infinitive, lexicon)
    if above.pos == "ADJ":
        return _embedded(lemma, "adj", node, infinitive, lexicon)
    return None


def _embedded(
    lemma: str, pos: GovernorPart, node: Token, infinitive: bool, lexicon: Lexicon
) -> Modality | None:
    """Return what a word makes of the clause that hangs under it by `node`: "accused *of* being"."""
    ways = ("to",) if infinitive else ("that", "ing")
    for via in (node.text.lower(), *ways) if node.dep in ("prep", "agent") else ways:
        governor = lexicon.governors.under(lemma, pos, via)
        if governor is not None and governor.effect in EFFECTS:
            return EFFECTS[governor.effect]
    return None


def _leads_to_verb(parsed: Parsed, node: Token) -> bool:
    """Tell whether a phrase under a verb holds the clause: "accused of being", "failed in an attempt to become"."""
    inner = parsed.dependents(node, "pcomp", "acl") or [
        c for noun in parsed.dependents(node, "pobj") for c in parsed.dependents(noun, "acl")
    ]
    return bool(inner)


def _is_contrast(parsed: Parsed, first: Token) -> bool:
    return any(c.text.lower() == "but" for c in parsed.dependents(first, "cc"))


def _asked(parsed: Parsed, root: Token) -> Modality:
    """Return HYPOTHETICAL for a question that asks whether ("Is Dolan the mayor?"), ASSERTED for anything else."""
    sentence = parsed.sentences[root.sent]
    if parsed.tokens[sentence.last - 1].text != "?":
        return Modality.ASSERTED
    subjects = parsed.dependents(root, "nsubj", "nsubjpass")
    opened = [c for c in parsed.dependents(root, "aux", "auxpass") if not subjects or c.i < subjects[0].i]
    inverted = bool(opened) or (root.pos == "AUX" and bool(subjects) and root.i < subjects[0].i)
    return Modality.HYPOTHETICAL if inverted else Modality.ASSERTED
