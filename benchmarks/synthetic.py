"""Synthetic news in the graph model's shape: any number of articles over one cast of people, bodies and places.

The same number always gives the same articles. How often a thing comes up follows Zipf's law, as in news; one
article in eight has no date. An article gives some 1,900 triples, as the samples do.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from kg.model import (
    Article,
    Entity,
    Event,
    Facts,
    Kind,
    Mention,
    MentionKind,
    Modality,
    Relation,
    Role,
    Span,
    Statement,
    TimeRef,
)

VERBS = {
    "accused": "plover:Accuse",
    "helped": "plover:Aid",
    "attacked": "plover:Assault",
    "detained": "plover:Coerce",
    "met": "plover:Consult",
    "joined forces with": "plover:Cooperate",
    "rejected": "plover:Reject",
    "urged": "plover:Request",
    "praised": "plover:Support",
    "threatened": "plover:Threaten",
    "appointed": "nkg:Elect",
    "investigated": "nkg:Investigate",
    "sued": "nkg:Legal",
    "bought": "nkg:Acquire",
}
TITLES = (
    "president",
    "minister",
    "mayor",
    "spokeswoman",
    "director",
    "commander",
    "lawyer",
    "chief economist",
)
CLASSES = {
    Kind.ORGANIZATION: (
        "schema:Corporation",
        "schema:GovernmentOrganization",
        "nkg:PoliticalParty",
        "nkg:Court",
    ),
    Kind.PLACE: ("schema:City", "schema:Country", "nkg:Region"),
}
FIRST = (
    "Ana",
    "Boris",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hassan",
    "Irina",
    "Jorge",
    "Katya",
    "Liam",
    "Maria",
    "Nils",
    "Olga",
    "Pavel",
)
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "za")
SENTENCES = 44


class Cast:
    """Everyone and everything that the articles speak of; `size` people, and half as many bodies and places."""

    def __init__(self, size: int) -> None:
        self.people = [Entity(f"p{i}", Kind.PERSON, f"{FIRST[i % 16]} {_word(i)}") for i in range(size)]
        self.bodies = [
            replace(_thing("o", Kind.ORGANIZATION, i), name=f"{_word(i + 7)} Group {i}")
            for i in range(size // 4)
        ]
        self.places = [_thing("l", Kind.PLACE, i) for i in range(size // 4)]
        self._weights = {
            id(things): list(accumulate(1 / (rank + 8) for rank in range(len(things))))
            for things in (self.people, self.bodies, self.places)
        }

    def some(self, chance: random.Random, things: list[Entity], count: int) -> list[Entity]:
        """Draw so many different ones."""
        drawn = chance.choices(things, cum_weights=self._weights[id(things)], k=count * 2)
        return list(dict.fromkeys(drawn))[:count]


def _word(number: int) -> str:
    out = ""
    for _ in range(4):
        number, rest = divmod(number, 16)
        out += SYLLABLES[rest]
    return out.capitalize()


def _thing(letter: str, kind: Kind, number: int) -> Entity:
    classes = CLASSES[kind]
    return Entity(
        f"{letter}{number}", kind, _word(number + 40_000), classes=(classes[number % len(classes)],)
    )


class _Writer:
    """Writes one article sentence by sentence, and keeps where each thing stands."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: dict[str, list[Span]] = {}
        self.known: dict[str, Entity] = {}

    def add(self, *parts: str | Entity) -> tuple[Span, list[Span]]:
        """Write a sentence; return its span, and the spans of its parts."""
        begin, spans = len(self.text), []
        for part in parts:
            words = part if isinstance(part, str) else part.name
            spans.append(Span(len(self.text), len(self.text) + len(words)))
            self.text += words
            if isinstance(part, Entity):
                self.known[part.id] = part
                self.spans.setdefault(part.id, []).append(spans[-1])
        sentence = Span(begin, len(self.text))
        self.text += "\n" if len(self.text) % 5 == 0 else " "
        return sentence, spans


def story(number: int, cast: Cast) -> Facts:
    """Return article `number`: meetings, attacks, offices, quotes, ties."""
    chance = random.Random(number)
    people = cast.some(chance, cast.people, 14)
    bodies = cast.some(chance, cast.bodies, 7)
    places = cast.some(chance, cast.places, 5)
    writer = _Writer()
    roles, events, statements, relations = [], [], [], []
    day = f"20{20 + number % 12:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    for person in people[:9]:
        title, body, former = chance.choice(TITLES), chance.choice(bodies), chance.random() < 0.2
        sentence, spans = writer.add(person, " was " if former else " is ", title, " of ", body, ".")
        roles.append(Role(person.id, title, body.id, former, spans[2], sentence, 0.9))
    for count in range(SENTENCES - 16):
        agent, patient = chance.sample([*people, *bodies], 2)
        verb, place = chance.choice(list(VERBS)), chance.choice(places)
        sentence, spans = writer.add(agent, " ", verb, " ", patient, " in ", place, ".")
        modality = chance.choices(list(Modality), (70, 12, 8, 6, 4))[0]
        told = f"s{count % 6}" if modality is Modality.REPORTED else None
        when = TimeRef(day if count % 3 else day[:7]) if count % 4 else None
        label = f"{agent.name} {verb} {patient.name}"
        events.append(
            Event(
                *(f"v{count}", VERBS[verb], label, verb, (spans[2],), (sentence,)),
                *((agent.id,), (patient.id,), (place.id,), when, modality, told, round(chance.random(), 2)),
            )
        )
    for count in range(6):
        speaker, about = chance.sample(people, 2)
        words = f"{about.name} will answer for what happened in {chance.choice(places).name}"
        sentence, spans = writer.add(speaker, ' said: "', words, '."')
        statements.append(
            Statement(f"s{count}", words, spans[2], sentence, speaker.id, True, "said", about=(about.id,))
        )
    country = places[0]
    for person in people[9:]:
        sentence, _ = writer.add(person, " is a citizen of ", country, ".")
        relations.append(Relation(person.id, "schema:nationality", country.id, sentence))
    things = tuple(
        replace(
            writer.known[key],
            mentions=tuple(Mention(span, MentionKind.NAME) for span in spans),
            aliases=(writer.known[key].name.split()[-1],) if writer.known[key].kind is Kind.PERSON else (),
        )
        for key, spans in sorted(writer.spans.items())
    )
    article = Article(
        f"story-{number:06}",
        writer.text,
        f"{number // 1000:03}/story-{number:06}",
        f"What {people[0].name} did",
        day if number % 8 else None,
        publisher=f"Daily {number % 20}",
        sha256=hashlib.sha256(writer.text.encode()).hexdigest(),
    )
    return Facts(article, things, tuple(roles), tuple(events), tuple(statements), tuple(relations))


def stories(count: int, cast: Cast | None = None) -> Iterator[Facts]:
    """Yield so many articles; the cast grows with them unless one is given."""
    cast = cast or Cast(max(200, count * 4))
    return (story(number, cast) for number in range(count))
