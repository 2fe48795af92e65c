"""How the article stands to a happening: asserted, reported, planned, hypothetical or negated.

Factuality after FactBank (Saurí and Pustejovsky 2009): one walk from the trigger to the root of its sentence, over the
table of governors in the lexicon. It needs the parse and the statements alone, whoever found the trigger.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.factuality.sign import settle
from kg.extract.factuality.walk import Signs
from kg.extract.syntax import conjunct_of_source
from kg.lexicon import Lexicon
from kg.model import Modality, Statement
from kg.parsed import Parsed, Token


@dataclass(frozen=True, slots=True)
class Stance:
    """The modality of one trigger, the statement that reports it, and why.

    `hard`: a governor was met under which nothing is a fact ("accused of", "without", a question), or the happening
    asserted has words beside it that leave no doubt of it ("not only").
    """

    modality: Modality
    statement: str | None
    reason: str
    hard: bool = False


class Factuality:
    """Judges triggers of one article; `statements` are its reported speech.

    >>> Factuality(parsed, statements, lexicon).of(trigger).modality  # "Lund is accused of *killing* a guard."
    Modality.REPORTED
    """

    def __init__(self, parsed: Parsed, statements: list[Statement], lexicon: Lexicon) -> None:
        self.parsed, self.statements = parsed, statements
        self.signs = Signs(parsed, lexicon)
        # by sentence, the first inserted source that speaks of one clause alone
        self.sources: dict[int, Token] = {}
        for token in parsed.tokens:
            if conjunct_of_source(parsed, token) is not None:
                self.sources.setdefault(token.sent, token)

    def of(self, trigger: Token) -> Stance:
        """Return the stance for a trigger: the verb, noun or adjective that names a happening."""
        statement = self._statement(trigger)
        told = statement is not None and not statement.direct
        modality, sign = settle(self.signs.walk(trigger, told))
        if modality is Modality.ASSERTED:
            if statement is not None:
                return Stance(Modality.REPORTED, statement.id, "in reported speech")
            source = self.sources.get(trigger.sent)
            if source is not None:
                said = Modality.REPORTED if source.i < trigger.i else Modality.ASSERTED
                return Stance(said, None, "the source speaks of one clause", True)
            if self._in_first_person(trigger):
                return Stance(Modality.REPORTED, None, "in the first person")
            return Stance(modality, None, sign.reason, sign.hard)
        by = statement.id if statement is not None and modality is Modality.REPORTED else None
        return Stance(modality, by, sign.reason, sign.hard)

    def _statement(self, trigger: Token) -> Statement | None:
        """Return the innermost statement that the trigger stands in."""
        inside = [s for s in self.statements if s.span.begin <= trigger.begin < s.span.end]
        return min(inside, key=lambda s: s.span.end - s.span.begin) if inside else None

    def _in_first_person(self, trigger: Token) -> bool:
        """ "I attended a school": an article does not speak of itself, so somebody's words stand here unmarked;
        "since I took office" is taken for granted.
        """
        if trigger.dep == "advcl" and self.signs.in_time(trigger):
            return False
        return any(
            c.text.lower() in ("i", "we") for c in self.parsed.dependents(trigger, "nsubj", "nsubjpass")
        ) or any(c.text.lower() in ("my", "our") for c in self.parsed.dependents(trigger, "poss"))
