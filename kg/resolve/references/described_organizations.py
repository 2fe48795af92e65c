"""Named-by-description bodies: "the Greek court", "Afghan team", "Indonesian military" act as one and are
organisations.
"""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed
from kg.resolve.entity_drafts import Found, Thing

OF_ANY = frozenset({"any", "every", "each", "no", "another"})
"""Determiners of no body in particular; so is "a", but for a court: what "a Lisbon court" ruled, one court did."""


def find_collectives(parsed: Parsed, things: list[Thing], lexicon: Lexicon) -> list[Thing]:
    """Return organisations for singular body nouns with a country or city before them; their mentions are
    left free of `things`.

    A government is its country (no new thing): the adjective already speaks of it.
    """
    owner = {f.head: t for t in things for f in t.found}
    covered = {i for t in things for f in t.found for i in range(f.first, f.last)}
    made: dict[str, Thing] = {
        n.lower(): t for t in things if t.kind is Kind.ORGANIZATION for n in (*t.names, t.name)
    }
    new: list[Thing] = []
    for token in parsed.tokens:
        lemma = token.lemma.lower()
        if (
            token.i in covered
            or (
                token.tag not in ("NN", "NNP") and lemma != token.text.lower()
            )  # "police" is plural by tag alone
            or lemma not in lexicon.tables.constructions.bodies
            or token.dep in ("compound", "nmod", "amod")
        ):
            continue
        modifiers = [c for c in parsed.dependents(token, "amod", "compound", "nmod", "poss") if c.i < token.i]
        place = next((c for c in modifiers if c.i in owner and owner[c.i].kind is Kind.PLACE), None)
        land = owner[place.i].place if place is not None else None
        if place is None or (land is not None and land.kind == "region"):
            continue
        between = [t for t in parsed.tokens[place.i + 1 : token.i] if t.i not in covered and t.dep != "case"]
        of_a_field = lemma in lexicon.tables.constructions.bodies_of_fields
        fields = ("ADJ", "PROPN", "NOUN") if of_a_field else ("ADJ", "PROPN")
        if any(t.pos not in fields for t in between):
            continue
        determiner = next((c.text.lower() for c in parsed.dependents(token, "det")), "")
        finer = lexicon.tables.organization_words.get(lemma)
        if determiner in OF_ANY or (determiner in ("a", "an") and finer != "nkg:Court"):
            continue
        first = next((f.first for f in owner[place.i].found if f.head == place.i), place.i)
        text = parsed.text(first, token.i + 1)
        key = text.lower()
        thing = made.get(key)
        if thing is None:
            thing = Thing(Kind.ORGANIZATION, text, confidence=0.7, plural=True)
            thing.names[text] += 1
            if finer:
                thing.classes.append(finer)
            thing.nationalities.add(owner[place.i].name)
            made[key] = thing
            new.append(thing)
        thing.descriptors.add(lemma)
        thing.found.append(
            Found(first, token.i + 1, token.i, MentionKind.NAME, confidence=0.8, reason="body of a place")
        )
    return new
