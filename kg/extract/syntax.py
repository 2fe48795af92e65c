"""Reads who does what off the dependency tree: subjects and objects of verbs through passives, control,
coordination and relative clauses.

Labels are ClearNLP's, as spaCy's English pipelines give them; control follows Rosenbaum's minimal distance
principle with the lexicon's subject-control verbs as exceptions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.parsed import Parsed, Token

VERBAL = ("VERB", "AUX")
DEEPEST = 6
"""So many verbs up a subject is looked for."""
SUBJECT_CONTROL = frozenset(
    {"promise", "threaten", "vow", "pledge", "agree", "offer", "refuse", "decline", "volunteer"}
)
# "called on him to go"
OBLIQUE_CONTROL = frozenset({"call", "appeal", "plead", "count", "rely", "wait", "push", "pray"})
PARTING = frozenset({"when", "after", "before", "while", "as", "because", "since", "until"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def office_of(title: str) -> str:
    """Return the noun of a title, in small letters: `minister` of "Deputy Minister for Trade"."""
    words = title.lower()
    for preposition in (" of ", " to ", " for "):
        words = words.split(preposition)[0]
    return words.split()[-1]


def singular(noun: Token) -> str:
    """Return the word for one of what a noun in the plural names: `minister` of "ministers"."""
    one = noun.lemma if noun.lemma.lower() != noun.text.lower() else noun.text.removesuffix("s")
    return one[:1].upper() + one[1:] if noun.text[:1].isupper() else one.lower()


def is_passive(parsed: Parsed, verb: Token) -> bool:
    """Tell whether a verb is passive: passive subject or auxiliary, or a bare participle after a noun or
    without subject.
    """
    for child in parsed.dependents(verb):
        if child.dep in ("nsubjpass", "auxpass", "agent"):
            return True
    if verb.dep == "acl" and verb.tag == "VBD":  # "lettuce, *traced* to a farm": the form is the same
        return True
    if verb.tag != "VBN":
        return False
    if verb.dep in ("acl", "amod"):
        return True
    auxiliaries = parsed.dependents(verb, "aux")
    if any(
        a.lemma in ("have", "'ve", "'s") or a.text.lower() in ("had", "has", "have", "having")
        for a in auxiliaries
    ):
        return False
    if verb.dep == "conj":
        head = parsed.tokens[verb.head]
        return head.pos == "VERB" and is_passive(parsed, head) and not parsed.dependents(verb, "nsubj")
    if verb.dep in ("advcl", "xcomp", "ccomp", "pcomp", "relcl"):
        return not parsed.dependents(verb, "nsubj")
    if verb.dep != "ROOT" or auxiliaries or parsed.dependents(verb, "dobj", "ccomp"):
        return False
    # a headline may do without the auxiliary ("Three arrested in Lagos"); in a sentence the tagger is mistaken
    stop = parsed.tokens[parsed.sentences[verb.sent].last - 1].text == "."
    return not (stop and parsed.dependents(verb, "nsubj"))


def subject(parsed: Parsed, verb: Token, depth: int = 0) -> Token | None:
    """Return the grammatical subject of a verb, the understood one where none stands, or None."""
    if depth > DEEPEST:
        return None
    own = own_subject(parsed, verb)
    if own is not None:
        return antecedent(parsed, own, verb)
    if noun_taken_for_verb(parsed, verb) is not None:
        return None
    if verb.head == verb.i:
        return _just_before(parsed, verb)
    understood = UNDERSTOOD.get(verb.dep)
    return understood(parsed, verb, parsed.tokens[verb.head], depth + 1) if understood is not None else None


def own_subject(parsed: Parsed, verb: Token) -> Token | None:
    """Return the subject that hangs on a verb: of two, the nearer before it, as the other is of a clause that the
    parser lost ("others injured …, after a *man* opened fire"); with an auxiliary's "who", whom it speaks of.
    """
    found = parsed.dependents(verb, "nsubj", "nsubjpass")
    if found:
        before = [c for c in found if c.i < verb.i]
        return before[-1] if len(before) > 1 and _parted(parsed, before[-2], before[-1]) else found[0]
    # "after heavy *rain* causes": read as "after rain"
    if verb.dep == "advcl" and verb.tag in ("VBP", "VBZ", "VBD"):
        for prep in parsed.dependents(parsed.tokens[verb.head], "prep"):
            if prep.right == verb.left - 1 and prep.text.lower() in PARTING:
                return next(iter(parsed.dependents(prep, "pobj")), None)
    for auxiliary in parsed.dependents(verb, "aux", "auxpass"):
        for child in parsed.dependents(auxiliary, "nsubj", "nsubjpass"):
            if child.text.lower() not in RELATIVES:
                return child
            comma = parsed.tokens[child.i - 1].text == ","
            noun = parsed.tokens[max(child.i - 2 if comma else child.i - 1, 0)]
            return noun if noun.pos in ("NOUN", "PROPN") else None
    return None


def _parted(parsed: Parsed, first: Token, second: Token) -> bool:
    """Tell whether two nouns before a verb are of two clauses, and not a name and what it is called."""
    between = parsed.tokens[first.i + 1 : second.left]
    labelled = bool(between) and between[0].text == ":"  # "A. Berg: The study began …"
    return labelled or any(t.text.lower() in PARTING for t in between)


def noun_taken_for_verb(parsed: Parsed, verb: Token) -> Token | None:
    """Return the article of a subject whose noun the parser hung on its verb as on a noun: "when *a* bus collides"."""
    if verb.tag not in ("VBD", "VBZ", "VBP"):
        return None
    for child in parsed.dependents(verb, "det"):
        words = range(child.i + 1, verb.i)
        if words and all(parsed.tokens[i].pos in ("NOUN", "PROPN", "ADJ", "NUM") for i in words):
            return child
    return None


def _of_conjunct(parsed: Parsed, verb: Token, head: Token, depth: int) -> Token | None:
    """Return the subject of the verb that "and" joins this one to: of "declared that a need exists and *ordered* help"
    the one of its tense.
    """
    above = parsed.tokens[head.head]
    if head.dep == "ccomp" and verb.tag == above.tag == "VBD" and head.tag in ("VBZ", "VBP"):
        head = above
    return subject(parsed, head, depth) if head.pos in VERBAL else None


def _of_complement(parsed: Parsed, verb: Token, head: Token, depth: int) -> Token | None:
    """Return who is understood under another verb: "X wants to go", "X told Y to go", "X called on Y to go"."""
    if verb.dep == "xcomp" and head.pos == "ADJ":  # "X is ready to go"
        return subject(parsed, parsed.tokens[head.head], depth)
    if head.pos not in VERBAL or (verb.dep == "ccomp" and verb.tag not in ("VB", "VBG")):
        return None
    if verb.dep == "xcomp" and head.lemma not in SUBJECT_CONTROL:
        governed = parsed.dependents(head, "dobj", "dative")
        if governed and governed[0].i < verb.i:
            return antecedent(parsed, governed[0], head)
        if is_passive(parsed, head):
            return subject(parsed, head, depth)
    if head.lemma in OBLIQUE_CONTROL and is_infinitive(parsed, verb):
        asked = prepositional(parsed, head, "on", "upon", "to", "with", "for")
        if asked is not None and head.i < asked.i < verb.i:
            return antecedent(parsed, asked, head)
    return subject(parsed, head, depth)


def _of_relative_clause(parsed: Parsed, verb: Token, head: Token, depth: int) -> Token | None:
    """Return the noun that a relative clause without a subject of its own is about."""
    return head if not has_subject(parsed, verb) else None


def _of_noun_clause(parsed: Parsed, verb: Token, head: Token, depth: int) -> Token | None:
    """Return the noun that a participle stands behind ("the man arrested"), or whose plan an infinitive is."""
    if verb.tag in ("VBG", "VBN", "VBD") and not is_infinitive(parsed, verb):
        return head
    return noun_owner(parsed, head, depth)


def _of_prepositional_clause(parsed: Parsed, verb: Token, head: Token, depth: int) -> Token | None:
    """Return who does what stands behind a preposition: "accused him of stealing", "after leaving, X said"."""
    governor = parsed.tokens[head.head]
    if governor.pos in ("NOUN", "PROPN"):
        return noun_owner(parsed, governor, depth)
    if governor.pos == "ADJ":
        return subject(parsed, parsed.tokens[governor.head], depth)
    objects = parsed.dependents(governor, "dobj")
    if head.text.lower() in ("for", "of", "from", "into") and objects and governor.lemma != "use":
        return objects[0]  # "accused him of stealing", "praise X for helping"
    return subject(parsed, governor, depth)


UNDERSTOOD: Mapping[str, Callable[[Parsed, Token, Token, int], Token | None]] = MappingProxyType(
    {
        "conj": _of_conjunct,
        "xcomp": _of_complement,
        "advcl": _of_complement,
        "ccomp": _of_complement,
        "oprd": _of_complement,
        "relcl": _of_relative_clause,
        "acl": _of_noun_clause,
        "pcomp": _of_prepositional_clause,
    }
)
"""By how a verb hangs under its head: where the subject is that is understood."""


def _just_before(parsed: Parsed, verb: Token) -> Token | None:
    """Return the name right before a finite verb without a subject, which the parser hung on something earlier:
    "In Lisbon, where a law was passed with the votes of the Left Bloc, the minister, A. Salgado, told me".
    """
    if verb.tag not in ("VBD", "VBZ", "VBP"):
        return None
    last = verb.i - 1
    while last > 0 and parsed.tokens[last].text in (",", ")"):
        last -= 1
    token = parsed.tokens[last]
    apposed = token.dep == "appos" and token.sent == verb.sent and token.pos == "PROPN"
    return token if apposed and last < verb.i - 1 else None


def has_subject(parsed: Parsed, verb: Token) -> bool:
    """Tell whether a subject stands with a verb."""
    return bool(parsed.dependents(verb, "nsubj", "nsubjpass"))


def is_infinitive(parsed: Parsed, verb: Token) -> bool:
    """Tell whether a verb has "to" before it."""
    return any(c.tag == "TO" for c in parsed.dependents(verb, "aux"))


def noun_owner(parsed: Parsed, noun: Token, depth: int = 0) -> Token | None:
    """Return whose plan, attempt or intention a noun is: its possessor, who stands behind "by", or the subject of the
    verb that governs it.
    """
    own = next(iter(parsed.dependents(noun, "poss")), None) or prepositional(parsed, noun, "by")
    if own is not None:
        return own
    if depth > DEEPEST:
        return None
    head = parsed.tokens[noun.head]
    if noun.dep in ("dobj", "attr", "oprd") and head.pos in VERBAL:
        return subject(parsed, head, depth + 1)
    if noun.dep == "pobj" and head.pos == "ADP":
        above = parsed.tokens[head.head]
        if above.pos in VERBAL:
            return subject(parsed, above, depth + 1)
        if above.pos in ("NOUN", "PROPN"):
            return noun_owner(parsed, above, depth + 1)
    return None


def antecedent(parsed: Parsed, token: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for, or the token itself."""
    if token.text.lower() in RELATIVES and token.pos in ("PRON", "DET", "SCONJ"):
        node, steps = verb, 0
        while node.dep in ("conj", "xcomp", "ccomp") and steps < 4:
            node, steps = parsed.tokens[node.head], steps + 1
        if node.dep in ("relcl", "acl"):
            return parsed.tokens[node.head]
    return token


def agent_phrase(parsed: Parsed, verb: Token) -> Token | None:
    """Return the "by" phrase of a passive."""
    for child in parsed.dependents(verb, "agent", "prep"):
        if child.text.lower() == "by" and (
            child.dep == "agent" or not parsed.dependents(verb, "nsubj", "dobj")
        ):
            for inner in parsed.dependents(child, "pobj"):
                return inner
    return None


def logical_subject(parsed: Parsed, verb: Token) -> Token | None:
    """Return who does it: the subject of an active verb, the "by" phrase of a passive one."""
    if is_passive(parsed, verb):
        return agent_phrase(parsed, verb)
    return subject(parsed, verb)


def prepositional(parsed: Parsed, head: Token, *prepositions: str) -> Token | None:
    """Return the object of one of the prepositions under `head`, in the order given ("against", "on")."""
    for wanted in prepositions:
        for child in parsed.dependents(head, "prep", "dative", "agent"):
            if child.text.lower() == wanted or (
                child.dep == "prep" and _compound_preposition(parsed, child) == wanted
            ):
                for inner in parsed.dependents(child, "pobj", "pcomp"):
                    return inner
                for nested in parsed.dependents(child, "prep"):  # "out of", "because of"
                    for inner in parsed.dependents(nested, "pobj"):
                        return inner
    return None


def conjunct_of_source(parsed: Parsed, source: Token) -> Token | None:
    """Return the joined verb that alone an inserted source speaks of: "shot him and, *according* to police, *fled*"."""
    tokens, end = parsed.tokens, source.right + 1
    last = parsed.sentences[source.sent].last
    inserted = source.text.lower() == "according" and tokens[source.i - 1].text == "," and end < last
    for token in tokens[end + 1 : last] if inserted and tokens[end].text == "," else ():
        if token.pos == "VERB":
            return token if token.dep == "conj" and token.head < source.i else None
        if token.pos not in ("AUX", "ADV", "PART"):
            break
    return None


def _compound_preposition(parsed: Parsed, token: Token) -> str:
    for nested in parsed.dependents(token, "prep"):
        return nested.text.lower()
    return ""


def conjuncts(parsed: Parsed, token: Token) -> list[Token]:
    """Return the token and what is coordinated with it, in order."""
    out, queue = [token], [token]
    while queue:
        node = queue.pop(0)
        for child in parsed.dependents(node, "conj"):
            if child.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X") or (
                child.dep == "conj" and node.pos == child.pos
            ):
                out.append(child)
                queue.append(child)
    return out


def clause_span(parsed: Parsed, verb: Token) -> tuple[int, int]:
    """Return the tokens of a clause (first, last exclusive) without punctuation at its ends or a leading "that"."""
    first, last = verb.left, verb.right + 1
    tokens = parsed.tokens
    while first < last and (
        tokens[first].pos in ("PUNCT", "SPACE")
        or (tokens[first].text.lower() in ("that", "whether") and tokens[first].dep == "mark")
    ):
        first += 1
    while last > first and tokens[last - 1].pos in ("PUNCT", "SPACE"):
        last -= 1
    return first, last


def is_opposed(parsed: Parsed, token: Token) -> bool:
    """Tell the word that "anti" or "pro" stands before: "anti-*government* protests" are against it, not its own."""
    before = parsed.tokens[max(token.i - 2, 0) : token.i]
    return len(before) == 2 and before[0].text.lower() in ("anti", "pro") and before[1].text == "-"


def qualifies_by_hyphen(parsed: Parsed, token: Token) -> bool:
    """Tell the name in "Oslo-*based* retailer" and "Panama-*flagged* tanker", which only tells of what sort something
    is; who leads what is "Norwind-led" acts with it.
    """
    hyphen, behind = (parsed.tokens[token.i + 1 : token.i + 3] + parsed.tokens[-2:])[:2]
    joined = hyphen.i == token.i + 1 and hyphen.text in ("-", "–") and not (token.space or hyphen.space)
    return joined and behind.i == token.i + 2 and behind.tag in ("VBN", "VBD") and behind.lemma != "lead"
