"""Everything that one resolved article says: statements and roles first, for they tell who "I" and "we" are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.calibration import calibrated, load_calibration, sure_enough
from kg.extract.events.finder import EventFinder
from kg.extract.events.wording import worded
from kg.extract.participants import Participants
from kg.extract.relations import find_relations
from kg.extract.roles import fusion as role_fusion
from kg.extract.roles.affiliation import affiliated
from kg.extract.roles.holders import known_holders
from kg.extract.roles.kin import is_of_a_relative
from kg.extract.roles.patterns import RolePatterns
from kg.extract.roles.reading import RoleReader
from kg.extract.seams import Discourse, Extractors
from kg.extract.speech import fusion as statement_fusion
from kg.extract.speech.by_cues import find_statements
from kg.extract.speech.first_person import first_person
from kg.extract.speech.interview_turns import interview_turns
from kg.extract.speech.statements import StatementFinder
from kg.extract.temporal_expressions import Times
from kg.heads.affiliation import load_affiliation
from kg.heads.reader import Reading
from kg.lexicon import Lexicon
from kg.model import Entity, Event, Facts, Ground, Mention, MentionKind, OwnClass, Relation, Role, Statement
from kg.parsed import Resolved


def extract(
    resolved: Resolved,
    reading: Reading,
    lexicon: Lexicon,
    threshold: float | None = None,
    extractors: Extractors | None = None,
) -> Facts:
    """Return the facts of one article, with calibrated confidences; without `extractors` by the built-in ones.

    Facts less sure than `threshold` are left out.
    """
    kinds = extractors or BUILT_IN
    parsed = resolved.parsed
    people = Participants(resolved, lexicon)
    times = Times(parsed, lexicon.tables.constructions.scheduling)
    discourse = Discourse(resolved, reading, lexicon, people, times)
    statements = list(kinds.statement(discourse))
    roles = list(kinds.role(discourse))
    people.first_person = first_person(people, statements, roles, lexicon)
    events = kinds.event(discourse, statements)
    relations = kinds.relation(discourse)
    everyone = (*resolved.entities, *(group for _, group in sorted(people.groups.items())))
    facts = calibrated(
        Facts(parsed.article, everyone, tuple(roles), tuple(events), tuple(statements), tuple(relations)),
        load_calibration().without(kinds.plugged),
    )
    if threshold is not None:
        facts = sure_enough(facts, threshold)
    used = _spoken_of(facts)
    entities = [_with_first_person(e, resolved, people) for e in resolved.entities]
    entities += [g for _, g in sorted(people.groups.items()) if g.id in used]
    told = worded(facts.events, parsed, entities, lexicon)
    return replace(facts, entities=tuple(entities), events=told, classes=own_classes(facts.events, lexicon))


def own_classes(events: Iterable[Event], lexicon: Lexicon) -> tuple[OwnClass, ...]:
    """Return the classes of the user's own that events have, by their CURIEs."""
    used = sorted({e.event_class for e in events})
    found = [lexicon.classes[curie] for curie in used if curie in lexicon.classes]
    return tuple(
        OwnClass(one.curie, one.parent, one.name, one.definition, one.stance, one.iri)
        for one in found
        if one.parent is not None
    )


def extract_statements(discourse: Discourse) -> list[Statement]:
    """Return the statements of an article: what the reader finds, joined with what cues, marks and labels tell."""
    resolved, reading, lexicon = discourse.resolved, discourse.reading, discourse.lexicon
    people, times = discourse.participants, discourse.times
    finder = StatementFinder(resolved, reading, people, times, lexicon)
    return statement_fusion.joined(
        finder.run(),
        [_told(s) for s in find_statements(resolved, people, times, lexicon)],
        interview_turns(resolved, lexicon),
        phrases=finder.phrases,
    )


def extract_roles(discourse: Discourse) -> list[Role]:
    """Return the roles of an article: what the patterns of titles find, joined with what the reader finds; the bodies
    that their own sentences lack from the rest of the article.
    """
    resolved, reading, lexicon = discourse.resolved, discourse.reading, discourse.lexicon
    people = discourse.participants
    roles = role_fusion.joined(
        RolePatterns(resolved, people, lexicon).run(),
        RoleReader(resolved, reading, people, lexicon).run(),
        resolved,
        reading,
        lexicon.tables,
    )
    held = [r for r in roles if not is_of_a_relative(r, resolved.parsed, people, lexicon)]
    known = known_holders(held, resolved, lexicon)
    return affiliated(known, resolved, reading.vectors, load_affiliation(), lexicon)


def extract_events(discourse: Discourse, statements: Sequence[Statement]) -> list[Event]:
    """Return the events of an article as the reader finds them."""
    return EventFinder(discourse, list(statements)).run()


def extract_relations(discourse: Discourse) -> list[Relation]:
    """Return the relations of an article by the cues of the lexicon."""
    found = find_relations(discourse.resolved, discourse.participants, discourse.lexicon)
    return [
        replace(r, grounds=(Ground("rule relations", "predicate", r.predicate, r.confidence, note=r.reason),))
        for r in found
    ]


def _told(statement: Statement) -> Statement:
    """Return a statement that cues and marks tell, with what they say as grounds."""
    sure, reason = statement.confidence, statement.reason
    why = [Ground("rule cue", "text", statement.cue or "", sure, statement.span, note=reason)]
    if statement.speaker is not None:
        why.append(Ground("rule cue", "speaker", statement.cue or "", entity=statement.speaker, note=reason))
    return replace(statement, grounds=tuple(why))


BUILT_IN = Extractors(extract_statements, extract_roles, extract_events, extract_relations)


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
