"""Everything that one resolved article says: statements and roles first, for they tell who "I" and "we" are."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.calibration import UNLIKELY, calibrated, load_calibration, sure_enough
from kg.extract.confidence import weights
from kg.extract.events import EventFinder, label
from kg.extract.first_person import first_person
from kg.extract.modality import Factuality
from kg.extract.relations import find_relations
from kg.extract.roles import RoleFinder
from kg.extract.sources import Participants
from kg.extract.statements import find_statements
from kg.extract.time import Times
from kg.lexicon import Lexicon
from kg.model import Entity, Facts, Mention, MentionKind
from kg.parsed import Resolved


def extract(resolved: Resolved, lexicon: Lexicon, threshold: float | None = None) -> Facts:
    """Return the facts of one article, with calibrated confidences.

    Facts less sure than `threshold` are left out. Which events are worth telling, the model of `kg.extract.confidence`
    decides, or the calibrated one where it says what to `keep`; a lower threshold than theirs lets more in.
    """
    calibration = load_calibration()
    keep = calibration.event.keep if calibration.event is not None else None
    least = weights()[0] if keep is None else UNLIKELY
    parsed = resolved.parsed
    people = Participants(resolved, lexicon)
    times = Times(parsed, lexicon.tables.constructions.scheduling)
    statements = find_statements(resolved, people, times, lexicon)
    roles = RoleFinder(resolved, people, lexicon).run()
    people.first_person = first_person(people, statements, roles, lexicon)
    events = EventFinder(resolved, people, times, Factuality(parsed, statements, lexicon), lexicon).run(
        least if threshold is None else min(least, threshold)
    )
    relations = find_relations(resolved, people, lexicon)
    everyone = (*resolved.entities, *(group for _, group in sorted(people.groups.items())))
    facts = calibrated(
        Facts(parsed.article, everyone, tuple(roles), tuple(events), tuple(statements), tuple(relations)),
        calibration,
    )
    if threshold is not None:
        facts = sure_enough(facts, threshold)
    elif keep is not None:
        facts = replace(facts, events=tuple(e for e in facts.events if e.confidence >= keep))
    used = _spoken_of(facts)
    entities = [_with_first_person(e, resolved, people) for e in resolved.entities]
    entities += [g for _, g in sorted(people.groups.items()) if g.id in used]
    names = {e.id: e.name for e in entities}
    return replace(
        facts,
        entities=tuple(entities),
        events=tuple(
            replace(e, label=label(e, names, lexicon.classes[e.event_class].label)) for e in facts.events
        ),
    )


def _spoken_of(facts: Facts) -> set[str | None]:
    """Return the ids of all that some fact speaks of: a group without a name is told of only where it is there."""
    return (
        {x for e in facts.events for x in (*e.agents, *e.patients, *e.places)}
        | {x for s in facts.statements for x in (s.speaker, s.addressee, *s.about)}
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
