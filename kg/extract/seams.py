"""The seams of reading facts off a resolved article: what the extractors of each kind of fact take and give.

Statements and roles are extracted first, for they tell who "I" and "we" are; then events, then relations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.extract.participants import Participants
from kg.extract.temporal_expressions import Times
from kg.heads.reader import Reading
from kg.lexicon import Lexicon
from kg.model import Event, Relation, Role, Statement
from kg.parsed import Resolved


@dataclass(frozen=True, slots=True)
class Discourse:
    """One resolved article, and what its extractors share.

    `participants` tells whom a token stands for, and mints the groups without a name that take part in something
    (`participants.one(token)`); `times` reads the dates that words tell (`times.of(token)`); `reading` is what the
    learned heads think of each token.
    """

    resolved: Resolved
    reading: Reading
    lexicon: Lexicon
    participants: Participants
    times: Times


class StatementExtractor(Protocol):
    """Finds direct and indirect speech, and who speaks."""

    def __call__(self, discourse: Discourse) -> Sequence[Statement]:
        """Return the statements of an article, each once."""
        ...


class RoleExtractor(Protocol):
    """Finds who holds which position where."""

    def __call__(self, discourse: Discourse) -> Sequence[Role]:
        """Return the roles of an article, each once."""
        ...


class EventExtractor(Protocol):
    """Finds who did what to whom, where and when, and how the article stands to it."""

    def __call__(self, discourse: Discourse, statements: Sequence[Statement]) -> Sequence[Event]:
        """Return the events of an article, each once; `according_to` is the id of one of the statements."""
        ...


class RelationExtractor(Protocol):
    """Finds standing relations between things: nationality, location, family."""

    def __call__(self, discourse: Discourse) -> Sequence[Relation]:
        """Return the relations of an article, each once."""
        ...


@dataclass(frozen=True, slots=True)
class Extractors:
    """The extractors of one build, built in or plugged in.

    The confidences of the kinds that are `plugged` are their own: they are not calibrated, and no threshold that was
    chosen for the built-in extractors leaves any of their facts out.
    """

    statement: StatementExtractor
    role: RoleExtractor
    event: EventExtractor
    relation: RelationExtractor
    plugged: frozenset[str] = frozenset()
