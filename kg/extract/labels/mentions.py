"""Whether a mention stands in a label as in the text, or gives way to the name of whom it speaks of."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.labels.naming import Naming
from kg.extract.speech.first_person import WE
from kg.model import MentionKind
from kg.parsed import Parsed, Token

ONE = frozenset({"he", "him", "his", "himself", "she", "her", "herself"})


class Mentions:
    """Tells of the mentions of one article; `pronouns` may give way to a name, `wanted` take part in the event, and
    `shown` are named in the label so far.
    """

    def __init__(
        self,
        parsed: Parsed,
        naming: Naming,
        pronouns: Collection[str],
        wanted: Collection[str],
        shown: Collection[str],
    ) -> None:
        self.parsed, self.naming = parsed, naming
        self.pronouns, self.wanted, self.shown = pronouns, wanted, shown

    def keeps(self, token: Token, entities: tuple[str, ...]) -> bool:
        """Tell a mention that is better left as it stands: of a group, a part of a place, of who was named just now."""
        how = self.naming.how.get(token.i)
        if how is MentionKind.NAME:
            if token.dep == "pobj" and self._is_run_on(token, entities):
                return True
            if self._goes_on(token):
                return True  # "Marc and Anna *Berg*", "*America* the Beautiful Initiative"
            kids = [c for c in self.parsed.dependents(token, "amod", "nummod", "det") if c.i < token.i]
            # "sought *a more federal European Union*"
            loose = any(c.text.lower() in ("a", "an") for c in kids)
            parts = any(c.dep != "det" for c in kids)
            return parts and (loose or any(e in self.naming.places for e in entities))
        if how is MentionKind.PRONOUN:
            lower = token.text.lower()
            if lower not in self.pronouns or all(e in self.shown for e in entities):
                return True
            if any(self._named_behind(token, e) for e in entities):
                return True  # "we work with Tanzania": whoever we are, Tanzania is another
            if lower in WE and all(e in self.naming.people for e in entities):
                return True  # one speaks, more are meant
            if token.dep == "poss" and self._owned(token):
                return True  # "Anna Berg's return to *her* party": the words tell whose
            # whom "it" and "they" mean is less sure than whom "he" does: where nothing hangs on it, the word stays
            leads = token.dep in ("nsubj", "nsubjpass", "poss") and token.i not in self.naming.unsure
            return lower not in ONE and not leads and not any(e in self.wanted for e in entities)
        if token.i in self.naming.unsure and not any(e in self.wanted for e in entities):
            return True
        if any(self._named_behind(token, e) for e in entities):
            return True  # "the man was named as A. Berg"
        return all(e in self.shown or e in self.naming.unnamed for e in entities)

    def _owned(self, pronoun: Token) -> bool:
        """Tell whether a noun that a possessive stands under has its own owner: "*Berg's* return to her party"."""
        noun = self.parsed.tokens[pronoun.head]
        while noun.dep in ("pobj", "prep"):
            noun = self.parsed.tokens[noun.head]
            if any(c.i in self.naming.at for c in self.parsed.dependents(noun, "poss")):
                return True
        return False

    def _goes_on(self, token: Token) -> bool:
        """Tell a name that is more than its own mention: "*US* $99", "Ann and Bo *Berg*", "*America* the Beautiful"."""
        behind = self.parsed.tokens[token.i + 1 : token.i + 2]
        if not behind or token.pos != "PROPN" or behind[0].tag == "$":
            return bool(behind) and behind[0].tag == "$"
        firsts = self.parsed.dependents(token, "nmod", "compound")
        joint = any(c.pos == "PROPN" and self.parsed.dependents(c, "cc") for c in firsts)
        close = behind[0].pos != "PUNCT" and self.parsed.dependents(token, "appos")
        return (joint and token.i - token.left < 5) or any(c.left == token.i + 1 for c in close or ())

    def _is_run_on(self, token: Token, entities: tuple[str, ...]) -> bool:
        """Tell a name that the parser runs on with the one before it: "president of *Norway Anna Berg*"."""
        before = (self.naming.at.get(c.i, ()) for c in self.parsed.dependents(token, "compound", "nmod"))
        return any(e not in entities and e in self.naming.places for found in before for e in found)

    def may_mean(self, pronoun: Token, entity: str) -> bool:
        """Tell whether an unresolved pronoun can stand for somebody who takes part: "it" for nobody human."""
        if entity in self.shown or entity not in self.naming.called or self._named_behind(pronoun, entity):
            return False
        lower = pronoun.text.lower()
        if lower in ("it", "its", "itself"):
            return entity not in self.naming.people and entity not in self.naming.unnamed
        return lower not in ONE or entity in self.naming.people or entity in self.naming.unnamed

    def _named_behind(self, pronoun: Token, entity: str) -> bool:
        """Tell whether somebody is named later in the clause of a pronoun, which then stands for another."""
        verb = self.parsed.tokens[pronoun.head]
        of = self.parsed.tokens[min(pronoun.i + 1, verb.right)].text == "of"  # "the city of Aden"
        own = (pronoun.i, pronoun.i + 1) if of else (pronoun.i,) if pronoun.pos == "NOUN" else ()
        return any(
            entity in self.naming.at.get(i, ())
            and self.naming.how[i] is MentionKind.NAME
            and self.parsed.tokens[i].head not in own
            for i in range(pronoun.i + 1, verb.right + 1)
        )
