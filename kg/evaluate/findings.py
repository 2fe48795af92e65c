"""What comparing says of one article: what is right and wrong, where, and of which fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluate.measures import PrecisionRecall
from kg.model import Span


class FindingKind(StrEnum):
    """What a finding is about."""

    ENTITY = "entity"
    MENTION = "mention"
    ROLE = "role"
    QUOTE = "quote"
    EVENT = "event"


class Fault(StrEnum):
    """What is wrong, in the words of the report."""

    ENTITY_MISSED = "entity missed"
    ENTITY_EXTRA = "entity extra"
    TYPE = "type wrong"
    MENTION_MISSED = "mention missed"
    MENTION = "mention of another"
    ROLE_MISSED = "role missed"
    ROLE_EXTRA = "role extra"
    ROLE_ORGANIZATION = "role's organisation or tense"
    QUOTE_MISSED = "quote missed"
    QUOTE_EXTRA = "quote extra"
    SPEAKER = "speaker wrong"
    EVENT_MISSED = "event missed"
    EVENT_EXTRA = "event extra"
    EVENT_TYPE = "event type"
    ARGUMENT = "event argument"
    MODALITY = "event modality"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing compared: what is wanted (`gold`) and what is there (`system`), in words and in the text.

    `fault` is None where both agree. `confidence` is that of the fact, where there is one.
    """

    kind: FindingKind
    fault: Fault | None
    gold: str = ""
    system: str = ""
    gold_spans: tuple[Span, ...] = ()
    system_spans: tuple[Span, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class FactVerdict:
    """Whether one fact of the graph is right: its kind (role, quote or event), its IRI, how sure the builder was.

    A role is right with its organisation and tense, a quotation with its speaker, an event with its class and modality
    and with nobody, no place and no date that is not annotated.
    `found` is less: the fact is there at all, whatever else is wrong with it.
    """

    kind: FindingKind
    node: str
    confidence: float
    right: bool
    found: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """All that comparing says of one article."""

    name: str
    text: str
    counts: Mapping[str, PrecisionRecall]
    findings: tuple[Finding, ...]
    verdicts: tuple[FactVerdict, ...]
