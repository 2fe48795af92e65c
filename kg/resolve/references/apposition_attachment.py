"""Mends one slip of the parser: a name in apposition hung too low, too high, on the verb, or as one more thing.

"The governor of Mombasa, Salim Mwinyi," hangs the name on the town, "They met the head of the union, Ms. Carol
Diaz, in Lima" on the verb, with "in Lima" below it. Here the name goes to the noun for a person that it explains, and
what stands after its closing comma to the verb, so that roles, descriptions and circumstances are read as from a right
tree.
"""

from __future__ import annotations

from dataclasses import replace

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token

PLURALS = ("NNS", "NNPS")


def hang(parsed: Parsed, lexicon: Lexicon) -> Parsed:
    """Return the parse with each such name hung on its noun, or the very same parse if there is none."""
    for named in parsed.names:
        name = parsed.tokens[named.last - 1]
        if named.label == "PERSON" and (name.dep in ("appos", "npadvmod") or _lone(parsed, name)):
            noun = _noun(parsed, name, lexicon)
            if noun is not None:
                parsed = _moved(parsed, name, noun)
    return parsed


def _noun(parsed: Parsed, name: Token, lexicon: Lexicon) -> Token | None:
    """Return the nearest noun for one person that ends at the comma before the name, if the name hangs elsewhere.

    Nouns are looked for from the comma up: to what the name hangs on, and past that, up to a verb, as long as the name
    ends the phrase.
    """
    tokens, last = parsed.tokens, name.left - 2
    if last < 0 or tokens[last + 1].text != "," or tokens[last].sent != name.sent:
        return None
    node, best, passed = tokens[last], None, False
    while True:
        if best is None and _one_person(node, lexicon):
            best = node
        passed = passed or node.i == name.head
        above = tokens[node.head]
        goes_on = above.right > node.right and tokens[node.right + 1].text != ","
        if node.head == node.i or (passed and (goes_on or above.pos in ("VERB", "AUX"))):
            break
        node = above
    if not passed or best is None or (best.i == name.head and name.dep == "appos"):
        return None
    # "the vice president and general counsel of the company, A" hangs on the first of them, and may
    return None if best.dep == "conj" and best.head == name.head else best


def _lone(parsed: Parsed, name: Token) -> bool:
    """Whether the name is joined to one noun by a comma alone, without "and" or "or" in the row: no row at all."""
    row = [*parsed.dependents(parsed.tokens[name.head], "cc", "conj", "preconj"), name]
    return name.dep == "conj" and row == [name, name] and not parsed.dependents(name, "cc", "conj")


def _one_person(noun: Token, lexicon: Lexicon) -> bool:
    single = noun.pos in ("NOUN", "PROPN") and noun.tag not in PLURALS
    return single and lexicon.tables.calls_person(noun.lemma.lower())


def _moved(parsed: Parsed, name: Token, noun: Token) -> Parsed:
    tokens, children = list(parsed.tokens), list(parsed.children)
    old = tokens[name.head]
    tail: tuple[int, ...] = ()
    if name.dep == "npadvmod":
        kids = children[name.i]
        comma = next((k for k in kids if k > name.i and tokens[k].text == ","), None)
        tail = () if comma is None else tuple(k for k in kids if k >= comma)
        children[name.i] = tuple(k for k in kids if k not in tail)
    for kid in tail:
        tokens[kid] = tokens[kid]._replace(head=old.i)
    tokens[name.i] = name._replace(head=noun.i, dep="appos")
    children[old.i] = tuple(sorted({*children[old.i], *tail} - {name.i}))
    children[noun.i] = (*children[noun.i], name.i)
    for start in (name.i, noun.i, old.i):  # the stretches of what lost or won something, from below
        node = tokens[start]
        while True:
            right = max((node.i, *(tokens[k].right for k in children[node.i])))
            tokens[node.i] = node._replace(right=right)
            if node.head == node.i:
                break
            node = tokens[node.head]
    return replace(parsed, tokens=tuple(tokens), children=tuple(children))
