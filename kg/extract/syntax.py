"""Reads who does what off the dependency tree: subjects and objects of verbs through passives, control,
coordination and relative clauses.

Labels are ClearNLP's, as spaCy's English pipelines give them; control follows Rosenbaum's minimal distance
principle with the lexicon's subject-control verbs as exceptions.
"""

from __future__ import annotations

from kg.parsed import Parsed, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
SUBJECT_CONTROL = frozenset(
    {"promise", "threaten", "vow", "pledge", "agree", "offer", "refuse", "decline", "volunteer"}
)
OBLIQUE_CONTROL = frozenset(
    {"call", "appeal", "plead", "count", "rely", "wait", "push", "pray"}
)  # "called on him to go"
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def office_of(title: str) -> str:
    """Return the noun of a title, in small letters: `minister` of "Deputy Minister for Trade"."""
    words = title.lower()
    for preposition in (" of ", " to ", " for "):
        words = words.split(preposition)[0]
    return words.split()[-1]


def is_passive(parsed: Parsed, verb: Token) -> bool:
    """Tell whether a verb is passive: passive subject or auxiliary, or a bare participle after a noun or
    without subject.
    """
    for child in parsed.dependents(verb):
        if child.dep in ("nsubjpass", "auxpass", "agent"):
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
    if any(c.i > verb.i for c in parsed.dependents(verb, "oprd")) and parsed.dependents(verb, "nsubj"):
        return False  # "IAG named Luis Gallego as its head": the parser takes the object for a predicate
    if verb.dep != "ROOT" or auxiliaries or parsed.dependents(verb, "dobj", "ccomp"):
        return False
    # a headline may do without the auxiliary ("Three arrested in Lagos"); in a sentence the tagger is mistaken
    stop = parsed.tokens[parsed.sentences[verb.sent].last - 1].text == "."
    return not (stop and parsed.dependents(verb, "nsubj"))


def subject(parsed: Parsed, verb: Token, depth: int = 0) -> Token | None:
    """Return the grammatical subject of a verb, the understood one where none stands, or None."""
    if depth > 6:
        return None
    for child in parsed.dependents(verb, *SUBJECTS):
        if child.dep in ("nsubj", "nsubjpass"):
            return antecedent(parsed, child, verb)
    for clause in parsed.dependents(
        verb, "advcl"
    ):  # "Writing in a blog, X called …": the parser gives X to the participle
        if clause.i < verb.i and clause.tag == "VBG":
            for child in parsed.dependents(clause, "nsubj"):
                if clause.i < child.i < verb.i:
                    return child
    if verb.head == verb.i:
        return _just_before(parsed, verb)
    head = parsed.tokens[verb.head]
    if verb.dep in ("conj",) and head.pos in ("VERB", "AUX"):
        return subject(parsed, head, depth + 1)
    if verb.dep in ("xcomp", "advcl", "ccomp", "oprd") and head.pos in ("VERB", "AUX"):
        if verb.dep == "ccomp" and verb.tag not in ("VB", "VBG"):
            return None
        if verb.dep == "xcomp" and head.lemma not in SUBJECT_CONTROL:
            governed = parsed.dependents(head, "dobj", "dative")
            if governed and governed[0].i < verb.i:
                return antecedent(parsed, governed[0], head)
            if is_passive(parsed, head):
                return subject(parsed, head, depth + 1)
        if head.lemma in OBLIQUE_CONTROL and _infinitive(parsed, verb):
            asked = prepositional(parsed, head, "on", "upon", "to", "with", "for")
            if asked is not None and head.i < asked.i < verb.i:
                return antecedent(parsed, asked, head)
        return subject(parsed, head, depth + 1)
    if verb.dep == "xcomp" and head.pos == "ADJ":
        be = parsed.tokens[head.head]
        return subject(parsed, be, depth + 1)
    if verb.dep == "relcl":
        return head if not _has_subject(parsed, verb) else None
    if verb.dep == "acl":
        if verb.tag in ("VBG", "VBN") and not _infinitive(parsed, verb):
            return head
        return noun_owner(parsed, head, depth + 1)
    if verb.dep == "pcomp":
        governor = parsed.tokens[head.head]
        if governor.pos in ("NOUN", "PROPN"):
            return noun_owner(parsed, governor, depth + 1)
        if governor.pos == "ADJ":
            return subject(parsed, parsed.tokens[governor.head], depth + 1)
        objects = parsed.dependents(governor, "dobj")
        if head.text.lower() in ("for", "of", "from", "into") and objects and governor.lemma not in ("use",):
            return objects[0]  # "accused him of stealing", "praise X for helping"
        return subject(parsed, governor, depth + 1)
    return None


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


def _has_subject(parsed: Parsed, verb: Token) -> bool:
    return bool(parsed.dependents(verb, "nsubj", "nsubjpass"))


def _infinitive(parsed: Parsed, verb: Token) -> bool:
    return any(c.tag == "TO" for c in parsed.dependents(verb, "aux"))


def noun_owner(parsed: Parsed, noun: Token, depth: int = 0) -> Token | None:
    """Return whose plan, attempt or intention a noun is: its possessor, its "of" phrase's, or the subject
    of the verb that governs it.
    """
    for child in parsed.dependents(noun, "poss"):
        return child
    if depth > 6:
        return None
    head = parsed.tokens[noun.head]
    if noun.dep in ("dobj", "attr", "oprd") and head.pos in ("VERB", "AUX"):
        return subject(parsed, head, depth + 1)
    if noun.dep == "pobj" and head.pos == "ADP":
        above = parsed.tokens[head.head]
        if above.pos in ("VERB", "AUX"):
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
        if child.text.lower() == "by":
            for inner in parsed.dependents(child, "pobj"):
                return inner
    return None


def logical_subject(parsed: Parsed, verb: Token) -> Token | None:
    """Return who does it: the subject of an active verb, the "by" phrase of a passive one."""
    if is_passive(parsed, verb):
        return agent_phrase(parsed, verb)
    return subject(parsed, verb)


def logical_object(parsed: Parsed, verb: Token) -> Token | None:
    """Return whom it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(parsed, verb):
        if (
            parsed.dependents(verb, "dobj")
            and not parsed.dependents(verb, "nsubjpass")
            and verb.dep not in ("acl", "relcl", "conj")
        ):
            return parsed.dependents(verb, "dobj")[0]
        return subject(parsed, verb)
    for child in parsed.dependents(verb, "dobj"):
        if child.pos == "NUM" or parsed.dependents(
            child, "nummod"
        ):  # "fined *Intel* a billion", "*him* 50 euros"
            for receiver in parsed.dependents(verb, "dative"):
                if receiver.pos != "ADP":
                    return antecedent(parsed, receiver, verb)
        return antecedent(parsed, child, verb)
    for child in parsed.dependents(verb, "ccomp"):  # a small clause: "hold Russia responsible"
        if child.pos in ("ADJ", "NOUN") and not parsed.dependents(child, "aux", "cop", "mark"):
            for inner in parsed.dependents(child, "nsubj"):
                return inner
    for child in parsed.dependents(verb, "oprd"):
        if child.pos == "PROPN" and _has_subject(parsed, verb):
            return child
    if verb.dep == "amod" and verb.tag == "VBD" and _has_subject(parsed, verb):
        noun = parsed.tokens[
            verb.head
        ]  # "the club sacked manager A. Moyes", read as a noun phrase by the parser
        while noun.dep == "compound" and noun.i < noun.head:
            noun = parsed.tokens[noun.head]
        return noun
    if verb.dep == "relcl" and _has_subject(parsed, verb) and not parsed.dependents(verb, "ccomp", "xcomp"):
        has_relative_adverb = any(
            c.text.lower() in ("when", "where", "why") for c in parsed.dependents(verb, "advmod")
        )
        if not has_relative_adverb and not any(
            not parsed.children[p.i] for p in parsed.dependents(verb, "prep")
        ):
            return parsed.tokens[verb.head]
    if verb.dep == "conj":
        # "X bombed and shelled the town": the object stands with the last verb
        return None
    for child in parsed.dependents(verb, "conj"):
        if child.pos == "VERB" and not _has_subject(parsed, child):
            for inner in parsed.dependents(child, "dobj"):
                if child.i - verb.i <= 2:
                    return inner
    return None


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
