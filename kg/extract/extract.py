"""Everything that one resolved article says: statements and roles first, for they tell who "I" and "we" are."""

from __future__ import annotations

from dataclasses import replace

from kg.extract import joined_roles, joined_statements
from kg.extract.calibration import calibrated, load_calibration, sure_enough
from kg.extract.decoding import load_thresholds
from kg.extract.events import EventFinder
from kg.extract.first_person import first_person
from kg.extract.implicit_bodies import with_bodies
from kg.extract.relations import find_relations
from kg.extract.role_patterns import RolePatterns
from kg.extract.roles import RoleReader
from kg.extract.sources import Participants
from kg.extract.statements import StatementFinder
from kg.extract.time import Times
from kg.extract.told_statements import find_statements
from kg.extract.worded import worded
from kg.heads.bodies import load_bodies
from kg.heads.reader import Reading
from kg.lexicon import Lexicon
from kg.model import Entity, Facts, Mention, MentionKind
from kg.parsed import Resolved


def extract(resolved: Resolved, reading: Reading, lexicon: Lexicon, threshold: float | None = None) -> Facts:
    """Return the facts of one article, with calibrated confidences.

    Facts less sure than `threshold` are left out; without it, events that are less sure than `data/decoding.yaml` says.
    """
    parsed = resolved.parsed
    people = Participants(resolved, lexicon)
    times = Times(parsed, lexicon.tables.constructions.scheduling)
    statements = joined_statements.joined(
        StatementFinder(resolved, reading, people, times, lexicon).run(),
        find_statements(resolved, people, times, lexicon),
    )
    roles = joined_roles.joined(
        RolePatterns(resolved, people, lexicon).run(),
        RoleReader(resolved, reading, people, lexicon).run(),
        parsed,
        reading,
    )
    roles = with_bodies(roles, resolved, load_bodies(), load_thresholds())
    people.first_person = first_person(people, statements, roles, lexicon)
    events = EventFinder(resolved, reading, people, times, statements, lexicon).run()
    relations = find_relations(resolved, people, lexicon)
    everyone = (*resolved.entities, *(group for _, group in sorted(people.groups.items())))
    facts = calibrated(
        Facts(parsed.article, everyone, tuple(roles), tuple(events), tuple(statements), tuple(relations)),
        load_calibration(),
    )
    if threshold is not None:
        facts = sure_enough(facts, threshold)
    else:
        least = load_thresholds().told
        facts = replace(facts, events=tuple(e for e in facts.events if e.confidence >= least))
    used = _spoken_of(facts)
    entities = [_with_first_person(e, resolved, people) for e in resolved.entities]
    entities += [g for _, g in sorted(people.groups.items()) if g.id in used]
    return replace(facts, entities=tuple(entities), events=worded(facts.events, parsed, entities, lexicon))


def _spoken_of(facts: Facts) -> set[str | None]:
    """Return the ids of all that some fact speaks of: a group without a name is told of only where it is there."""
    return (
        {x for e in facts.events for x in (*e.agents, *e.patients, *e.places)}
        | {x for s in facts.statements for x in (s.speaker, s.addressee, *s.co_speakers, *s.about)}
        | {x for r in facts.roles for x in (r.person, r.organization)}
        | {x for r in facts.relations for x in (r.subject, r.object)}
    )


def _with_first_person(entity: Entity, resolved: Resolved, people: Participants) -> Entity:
    spoken = [token for token, who in people.first_person.items() if who == (entity.id,)]
    if not spoken:
        return entity
    more = [
        Mention(resolved.parsed.span(i, i + 1), MentionKind.PRONOUN, None, 0.75, "first person")
        for i in spoken
    ]
    return replace(entity, mentions=tuple(sorted((*entity.mentions, *more))))
