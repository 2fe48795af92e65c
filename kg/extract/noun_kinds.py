"""What a noun speaks of: people, a body that can act, or a thing."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token


class NounKinds:
    """Tells nouns of one article apart by the words of the lexicon and by where they stand."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self.parsed, self.lexicon = parsed, lexicon
        self.people_endings = tuple(sorted(lexicon.tables.constructions.people_endings))

    def is_people(self, token: Token) -> bool:
        """Tell whether a noun speaks of people: a group, a kind of person, or a body of people."""
        lemma = token.lemma.lower()
        return token.pos in ("NOUN", "PROPN", "ADJ") and (
            self.lexicon.tables.calls_person(lemma)
            or lemma in self.lexicon.tables.group_nouns
            or lemma.endswith(self.people_endings)
            or (lemma in ("other", "others") and bool(self.parsed.dependents(token, "nummod")))
        )

    def is_body(self, token: Token) -> bool:
        """Tell an unnamed body that can act ("the court", "two banks") where it stands as a subject or object."""
        lemma, tables = token.lemma.lower(), self.lexicon.tables
        if token.pos != "NOUN" or lemma not in tables.organization_words or self.is_text(token):
            return False
        if lemma in tables.place_words:  # what is done to a school is done to a building
            return token.dep == "nsubj"
        return token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative")

    def can_act(self, token: Token) -> bool:
        """Tell a noun for people or for a body, whoever they are: "protesters", "the court"."""
        return self.is_people(token) or self.is_body(token)

    def is_text(self, noun: Token) -> bool:
        """Tell what others found or wrote, which itself says and does nothing: "figures", "an order"."""
        words = {noun.lemma.lower(), noun.text.lower().removesuffix("s")}
        return not words.isdisjoint(self.lexicon.tables.constructions.informing)

    def is_thing(self, noun: Token) -> bool:
        """Tell a noun for a thing: no word for people, bodies, places, or what somebody says or does."""
        lemma, tables = noun.lemma.lower(), self.lexicon.tables
        known = (
            lemma in tables.organization_words or lemma in tables.place_words or lemma in tables.speech_nouns
        )
        return not known and not self.is_people(noun) and not self.lexicon.frames_of(lemma, "noun")
