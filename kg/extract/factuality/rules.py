"""How the article stands to a happening: asserted, reported, planned, hypothetical or negated.

Factuality after FactBank (Saurí and Pustejovsky 2009): one walk from the trigger to the root of its sentence, over the
table of governors in the lexicon. It needs the parse and the statements alone, whoever found the trigger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.factuality.sign import settle
from kg.extract.factuality.walk import Signs
from kg.lexicon import Lexicon
from kg.model import Modality, Statement
from kg.parsed import Parsed, Token

SPEECH = 0.5  # how likely a word stands in speech that is not sure enough to be told as a statement


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
    """Judges triggers of one article; `statements` are its reported speech, `said` tells of each token how likely it
    stands in speech: what is too doubtful for a statement is still nothing that the article vouches for.

    >>> Factuality(parsed, statements, lexicon).of(trigger).modality  # "Lund is accused of *killing* a guard."
    Modality.REPORTED
    """

    def __init__(
        self, parsed: Parsed, statements: list[Statement], lexicon: Lexicon, said: Sequence[float] = ()
    ) -> None:
        self.parsed, self.statements, self.said = parsed, statements, said
        self.signs = Signs(parsed, lexicon)

    def of(self, trigger: Token) -> Stance:
        """Return the stance for a trigger: the verb, noun or adjective that names a happening."""
        statement = self._statement(trigger)
        doubtful = statement is None and bool(self.said) and self.said[trigger.i] > SPEECH
        told = doubtful or (statement is not None and not statement.direct)
        modality, sign = settle(self.signs.walk(trigger, told))
        if modality is Modality.ASSERTED:
            if statement is not None:
                return Stance(Modality.REPORTED, statement.id, "in reported speech")
            if doubtful:
                return Stance(Modality.REPORTED, None, "in what may be reported speech")
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
