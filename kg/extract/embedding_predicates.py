"""How a token hangs under the words above it, and which of them is a governor of `kg.lexicon.governors`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.syntax import is_infinitive
from kg.lexicon import Governor, GovernorPart, Governors
from kg.parsed import Parsed, Token

CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj", "csubjpass", "oprd", "parataxis", "relcl"})
NOUNS = ("NOUN", "PROPN", "PRON", "NUM")
VERBS = ("VERB", "AUX")
WH = frozenset({"WRB", "WP", "WDT", "WP$"})
DEPTH = 14  # steps of a walk
CLIMB = 8  # steps from a misplaced preposition to its governor
LONGEST = 4  # words of the longest governing preposition ("in the event of")
PARTS: dict[str, tuple[GovernorPart, ...]] = {
    "VERB": ("verb", "adj"),
    "AUX": ("verb",),
    "NOUN": ("noun", "verb", "adj"),
    "PROPN": ("noun", "verb", "adj"),
    "ADJ": ("adj", "verb", "noun"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step up: the word `above`, how the happening hangs under it, and the preposition between them."""

    above: Token
    via: str
    phrase: Governor | None = None
    prep: Token | None = None


def is_definite(parsed: Parsed, noun: Token) -> bool:
    """Tell whether a noun is one that the reader knows of: "the attack", "his resignation"."""
    return any(
        c.dep == "poss" or (c.dep in ("det", "predet") and c.lemma.lower() in ("the", "this", "that"))
        for c in parsed.dependents(noun)
    )


def is_ranked(parsed: Parsed, noun: Token, governors: Governors) -> bool:
    """Tell what has been done: "the first club to *win* the cup", "among the clubs to *win* it"."""
    among = noun.dep == "pobj" and parsed.tokens[noun.head].text.lower() == "among"
    return among or any(
        c.tag == "JJS" or c.lemma.lower() in governors.ranks
        for c in (noun, *parsed.dependents(noun, "amod", "nummod"))
    )


def clause_via(parsed: Parsed, node: Token) -> str:
    """Return how a clause hangs under its word: `to`, `ing`, `wh` or `that`."""
    if is_infinitive(parsed, node):
        return "to"
    children = parsed.dependents(node)
    finite = any(c.dep in ("aux", "auxpass") and c.tag in ("VBD", "VBZ", "VBP", "MD") for c in children)
    if node.tag in ("VBG", "VBN") and not finite:
        return "ing"
    if any(c.tag in WH and c.i < node.i and c.text.lower() != "that" for c in children):
        return "wh"
    bare = node.tag == "VB" and node.dep in ("xcomp", "ccomp") and not finite
    return "to" if bare else "that"


def rise(parsed: Parsed, node: Token, governors: Governors) -> Step | None:
    """Return the step from a token to the word that it depends on, prepositions taken along, or None at the root."""
    above = parsed.tokens[node.head]
    if above.i == node.i:
        return None
    before = parsed.tokens[node.i - 1] if node.i else node
    if node.tag == "VBG" and node.dep in ("compound", "amod") and above.head == before.i:
        if before.pos == "VERB" and above.dep == "dobj":
            return Step(before, "ing")  # "denies poisoning husband"
        if before.pos == "ADP" and above.dep == "pobj":
            above = before  # "accused of smuggling arms", read as arms that smuggle
    if node.dep == "npadvmod" and above.lemma.lower() in governors.phrasal and node.i > above.i:
        return Step(above, "obj")  # "ruled out arson"
    if node.dep in ("pobj", "pcomp") or (above.pos == "ADP" and node.dep not in ("conj", "prep")):
        return _over_preposition(parsed, above, governors)
    if node.dep in ("xcomp", "ccomp") and node.pos == "NOUN":
        return Step(above, "obj")
    if node.dep in CLAUSES and node.pos in VERBS:
        return Step(above, clause_via(parsed, node))
    if node.dep in ("dobj", "nsubjpass", "dative", "attr"):
        return Step(above, "obj")
    if node.dep == "nsubj":
        return Step(above, "subj")
    if node.dep in ("compound", "amod", "nmod"):
        return Step(above, "mod")
    return Step(above, node.dep)


def _over_preposition(parsed: Parsed, prep: Token, governors: Governors) -> Step:
    phrase, first = _phrase(parsed, prep, governors)
    top = prep
    while top.head != top.i and (top.i == prep.i or first <= top.i <= prep.i or top.pos in ("ADP", "ADV")):
        top = parsed.tokens[top.head]
    return Step(top, prep.text.lower(), phrase, prep)


def _phrase(parsed: Parsed, prep: Token, governors: Governors) -> tuple[Governor | None, int]:
    """Return the longest governing preposition that ends with `prep`, and its first token."""
    first = parsed.sentences[prep.sent].first
    for length in range(LONGEST, 0, -1):
        begin = prep.i - length + 1
        if begin < first:
            continue
        words = " ".join(t.text.lower() for t in parsed.tokens[begin : prep.i + 1])
        found = governors.word(words, "prep")
        if found is not None:
            return found, begin
    return None, prep.i


def governor(parsed: Parsed, above: Token, via: str, governors: Governors) -> Governor | None:
    """Return the governor that a word is for what hangs under it by `via`, or None.

    The word's form goes before its lemma ("wanted for"), a phrasal verb before its verb ("rule out").
    """
    for part in PARTS.get(above.pos, ()):
        if via in ("that", "ing") and part == "noun" and above.dep in ("amod", "compound"):
            continue
        for word in _words(parsed, above, part, governors):
            found = governors.under(word, part, via)
            if found is not None:
                return found
    return None


def _words(parsed: Parsed, above: Token, part: GovernorPart, governors: Governors) -> Iterator[str]:
    text, lemma = above.text.lower(), above.lemma.lower()
    if part == "verb":
        if lemma in governors.phrasal:
            for child in parsed.dependents(above):
                if child.i > above.i and child.dep in ("prt", "advmod", "prep", "acomp", "oprd", "dobj"):
                    yield f"{lemma} {child.text.lower()}"
        if above.pos not in VERBS:  # "MAN ACCUSED OF KILLING": no verb for the tagger
            if text in governors.forms:
                yield governors.forms[text]
            return
    yield text
    if lemma != text:
        yield lemma
    if text in governors.forms and above.pos in VERBS:
        yield governors.forms[text]


def climbed(parsed: Parsed, step: Step, governors: Governors) -> tuple[Token, Governor] | None:
    """Return the hard governor to whom a preposition belongs that the parser hung on a noun before it:
    "accused the coalition *of killing* …", read as "the coalition of killing".
    """
    prep, node = step.prep, step.above
    if prep is None:
        return None
    for _ in range(CLIMB):
        if node.pos in VERBS or node.head == node.i or node.dep in ("relcl", "acl", "nsubj"):
            break
        node = parsed.tokens[node.head]
        if node.pos == "ADP":
            continue
        found = governor(parsed, node, step.via, governors)
        if found is not None and found.hard and node.i < prep.i:
            taken = any(
                c.text.lower() == step.via and c.i < prep.i and c.dep == "prep"
                for c in parsed.dependents(node)
            )
            return None if taken else (node, found)
    return None
