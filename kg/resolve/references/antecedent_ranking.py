"""Asks which antecedent a pronoun speaks of: what is known of each goes in, the likeliest comes out.

Antecedents are ranked as mentions (Lee et al. 2017, End-to-end Neural Coreference Resolution), with "none" among
them; what is likely for all the mentions of one thing together decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.heads.reader import Reading
from kg.parsed import Token
from kg.resolve.references.antecedent_features import AntecedentFeatures
from kg.resolve.references.antecedents import Antecedent
from kg.resolve.references.discourse_model import DiscourseModel

LEAST = 0.15  # how likely a thing must be to be taken
# the kinds of pronouns for which what was learned is better than weights set by hand
LEARNED = frozenset({"it"})


@dataclass(frozen=True, slots=True)
class Case:
    """A mention (its head `token`; `kind` he, it or they), and what it may speak of; `own` are the features of
    the mention, `features` those of each candidate beside it.
    """

    token: int
    kind: str
    candidates: tuple[Antecedent, ...]
    own: tuple[str, ...]
    features: tuple[tuple[str, ...], ...]


class Rank(Protocol):
    """Ranks the candidates of a pronoun."""

    @property
    def asks_all(self) -> bool:
        """Whether it is to be asked about every pronoun, as when it gathers what to learn from."""

    def __call__(self, case: Case) -> Sequence[float] | None:
        """Return the probability of each candidate and, as the last, that it is none of them; None where it
        can't tell.
        """


@dataclass(frozen=True, slots=True)
class Learned:
    """The rank that the learned reader gives."""

    reading: Reading
    asks_all: bool = False

    def __call__(self, case: Case) -> Sequence[float]:
        """Return what the head over antecedents says."""
        heads = [a.head for a in case.candidates]
        return self.reading.antecedents(case.token, heads, case.own, case.features)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a mention most likely speaks of, and how sure that is."""

    antecedent: Antecedent
    confidence: float


class Ranking:
    """Chooses by a rank; abstains where nothing is likely enough, or where there is no rank."""

    def __init__(self, state: DiscourseModel, rank: Rank | None) -> None:
        self._state, self._rank = state, rank
        self._telling = AntecedentFeatures(state)

    def choose(
        self,
        token: Token,
        kind: str,
        candidates: Sequence[Antecedent],
        otherwise: Callable[[], Choice | None] = lambda: None,
    ) -> Choice | None:
        """Return the likeliest of the candidates, or None: that it is something else, or nothing, is likelier.

        `otherwise` chooses for kinds of pronouns that are not ranked.
        """
        if kind not in LEARNED and (self._rank is None or not self._rank.asks_all):
            return otherwise()
        if self._rank is None or not candidates:
            return None
        probabilities = self._rank(self.case(token, kind, candidates))
        if probabilities is None:
            return otherwise()
        best: dict[object, tuple[float, int]] = {}
        for n, (candidate, probability) in enumerate(zip(candidates, probabilities, strict=False)):
            total, top = best.get(candidate.key, (0.0, n))
            best[candidate.key] = (total + probability, n if probability > probabilities[top] else top)
        likely, chosen = max(best.values(), key=lambda b: (round(b[0], 4), -b[1]))
        least = LEAST if candidates[chosen].things else probabilities[-1]
        return Choice(candidates[chosen], round(min(likely, 1.0), 4)) if likely >= least else None

    def case(self, token: Token, kind: str, candidates: Sequence[Antecedent]) -> Case:
        """Return what is known of a mention and its candidates."""
        return Case(
            token.i,
            kind,
            tuple(candidates),
            tuple(self._telling.of_mention(token, kind)),
            tuple(self._telling.of_pairs(token, kind, candidates)),
        )
