"""Make one event of what several articles report of one happening: precise before complete."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from kg.graph.iris import id_slug
from kg.identity.canonicalization import Unified
from kg.identity.names import fold
from kg.model import Event, Kind, Modality, TimeRef

_STEM = 5
"""Two triggers tell the same if they share so many letters: "sued", "sues" do not, "resign", "resigned" do."""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One asserted event of one article with named participants and a day, as far as it could be another's.

    `agents`, `patients` and `places` are segments of nodes; `day` is an ISO date.
    """

    doc: str
    event: str
    event_class: str
    agents: tuple[str, ...]
    patients: tuple[str, ...]
    places: tuple[str, ...]
    day: str
    label: str
    trigger: str
    confidence: float
    published: str = ""

    def to_json(self) -> str:
        """Return the record as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def event_records(unified: Unified) -> tuple[EventRecord, ...]:
    """Return the events of one article that may be those of others: asserted, on a known day, all parts named.

    Whoever takes part must be a node of the corpus, so an event with an unnamed group among its participants is
    left out, and one without agent or patient, too.
    """
    facts, segments = unified.facts, unified.segments
    groups = {entity.id for entity in facts.entities if entity.kind is Kind.GROUP}
    records = []
    for event in facts.events:
        parts = {*event.agents, *event.patients}
        if (
            event.modality is not Modality.ASSERTED
            or not (event.agents and event.patients)
            or parts & groups
            or not parts <= segments.keys()
            or event.time is None
            or event.time.end is not None
            or len(event.time.begin) != len("2016-09-28")
        ):
            continue
        agents, patients, places = (
            tuple(sorted({segments[part] for part in listed if part in segments}))
            for listed in (event.agents, event.patients, event.places)
        )
        path, published = facts.article.path or facts.article.id, facts.article.date or ""
        records.append(
            EventRecord(
                path,
                event.id,
                event.event_class,
                agents,
                patients,
                places,
                event.time.begin,
                event.label,
                event.trigger,
                event.confidence,
                published,
            )
        )
    return tuple(records)


def merged_events(records: Iterable[EventRecord]) -> dict[tuple[str, str], EventRecord]:
    """Return, by article and event id, the telling that stands for each event that several articles report.

    Two are one if class, agents, patients and day are the same, their triggers begin alike and their places do
    not differ. The telling of the earliest article stands for all, with the highest confidence.
    """
    blocks: dict[tuple[object, ...], list[EventRecord]] = defaultdict(list)
    for record in records:
        stem = fold(record.trigger)[:_STEM]
        blocks[record.event_class, record.agents, record.patients, record.day, stem].append(record)
    merged: dict[tuple[str, str], EventRecord] = {}
    for _, block in sorted(blocks.items()):
        for group in _by_place(sorted(block, key=lambda r: (r.published or "~", r.doc, r.event))):
            if len({record.doc for record in group}) < 2:
                continue
            first = replace(group[0], confidence=max(record.confidence for record in group))
            merged.update(((record.doc, record.event), first) for record in group)
    return merged


def _by_place(block: list[EventRecord]) -> list[list[EventRecord]]:
    """Keep tellings with different places apart; one without a place belongs to the first."""
    groups: list[list[EventRecord]] = []
    for record in block:
        for group in groups:
            places = {place for other in group for place in other.places}
            if not places or not record.places or places & set(record.places):
                group.append(record)
                break
        else:
            groups.append([record])
    return groups


def retold(unified: Unified, merged: Mapping[tuple[str, str], EventRecord]) -> Unified:
    """Return one article's facts with its merged events as they are told first, and the paths of their IRIs.

    Each article adds its spans and sentences to the one node.
    """
    path = unified.facts.article.path or unified.facts.article.id
    events: list[Event] = []
    paths: dict[str, str] = {}
    for event in unified.facts.events:
        first = merged.get((path, event.id))
        if first is not None:
            paths[event.id] = f"event/{id_slug(first.doc)}/{id_slug(first.event)}"
            event = replace(
                event,
                label=first.label,
                trigger=first.trigger,
                time=TimeRef(first.day),
                confidence=first.confidence,
            )
        events.append(event)
    return replace(unified, facts=replace(unified.facts, events=tuple(events)), events=paths)
