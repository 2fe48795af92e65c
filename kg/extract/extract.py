"""Everything that one resolved article says: statements and roles first, for they tell who "I" and "we" are."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.confidence import weights
from kg.extract.events import EventFinder, label
from kg.extract.modality import Factuality
from kg.extract.relations import find_relations
from kg.extract.roles import RoleFinder
from kg.extract.sources import Participants
from kg.extract.statements import find_statements, first_person
from kg.extract.time import Times
from kg.lexicon import Lexicon
from kg.model import Entity, Facts, Mention, MentionKind
from kg.parsed import Resolved


def extract(resolved: Resolved, lexicon: Lexicon, threshold: float | None = None) -> Facts:
    """Return the facts of one article; events less sure than `threshold` (the model's own by default) are left out."""
    parsed = resolved.parsed
    people = Participants(resolved, lexicon)
    times = Times(parsed)
    statements = find_statements(resolved, people, times, lexicon)
    roles = RoleFinder(resolved, people, lexicon).run()
    people.first_person = first_person(parsed, statements, roles, lexicon)
    events = EventFinder(resolved, people, times, Factuality(parsed, statements, lexicon), lexicon).run(
        weights()[0] if threshold is None else threshold
    )
    relations = find_relations(resolved, people, lexicon)
    entities = [_with_first_person(e, resolved, people) for e in resolved.entities]
    used = (
        {x for e in events for x in (*e.agents, *e.patients)}
        | {s.speaker for s in statements}
        | {s.addressee for s in statements}
    )
    entities += [g for _, g in sorted(people.groups.items()) if g.id in used]
    names = {e.id: e.name for e in entities}
    events = [replace(e, label=label(e, names, lexicon.classes[e.event_class].label)) for e in events]
    return Facts(
        parsed.article, tuple(entities), tuple(roles), tuple(events), tuple(statements), tuple(relations)
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
