"""Two invented articles with their facts, built by hand: a blockade, and the talks that follow it."""

from __future__ import annotations

import hashlib

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

BLOCKADE = (
    "Valdor threatens blockade\n\n"
    "PORT ELLIN, 12 March 2031 — Valdorian Foreign Minister Mira Tessel threatened Ostrana with a blockade "
    "on Wednesday. She said Ostrana had shelled the harbour of Port Ellin.\n\n"
    '"We will not sit still," Tessel told reporters. Residents said the Red Lantern Brigade planned to '
    "attack the port. Juan Peña, a former admiral, denied that he had met Tessel.\n"
)
TALKS = (
    "Mira Tessel and Ostrana's president, Oren Vale, agreed in Calder on a truce from 20 to 22 March 2031. "
    "The Harbour Union supported the truce. Oren Vale of the Harbour Union, no relation, was awarded a "
    "medal in 2030."
)


class Draft:
    """Finds spans by their words, so that no offset is counted by hand."""

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, words: str, nth: int = 1) -> Span:
        begin = -1
        for _ in range(nth):
            begin = self.text.index(words, begin + 1)
        return Span(begin, begin + len(words))

    def sentence(self, span: Span) -> Span:
        begin = max(
            self.text.rfind(mark, 0, span.begin) + len(mark) if mark in self.text[: span.begin] else 0
            for mark in (". ", "\n")
        )
        ends = [self.text.find(mark, span.end) for mark in (".", "\n")]
        return Span(begin, min(e for e in ends if e >= 0) + 1)

    def name(self, words: str, nth: int = 1, phrase: str | None = None) -> Mention:
        return Mention(self.at(words, nth), MentionKind.NAME, self.at(phrase) if phrase else None)

    def pronoun(self, words: str, nth: int = 1) -> Mention:
        return Mention(self.at(words, nth), MentionKind.PRONOUN, confidence=0.8)

    def nominal(self, words: str, nth: int = 1) -> Mention:
        return Mention(self.at(words, nth), MentionKind.NOMINAL, confidence=0.9)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def blockade() -> Facts:
    """One person with role, a former one, threats, reported shelling, a plan, a denial, an unnamed source."""
    d = Draft(BLOCKADE)
    entities = (
        Entity(
            "e1",
            Kind.PERSON,
            "Mira Tessel",
            ("Tessel",),
            (),
            (
                d.name("Mira Tessel", phrase="Valdorian Foreign Minister Mira Tessel"),
                d.pronoun("She"),
                d.name("Tessel", 2),
                d.name("Tessel", 3),
            ),
            confidence=0.97,
        ),
        Entity(
            "e2",
            Kind.PLACE,
            "Valdor",
            (),
            ("schema:Country",),
            (d.name("Valdor"), d.name("Valdorian")),
            ("http://www.wikidata.org/entity/Q900001",),
            latitude=41.5,
            longitude=-8.25,
        ),
        Entity(
            "e3", Kind.PLACE, "Ostrana", (), ("schema:Country",), (d.name("Ostrana"), d.name("Ostrana", 2))
        ),
        Entity(
            "e4",
            Kind.PLACE,
            "Port Ellin",
            ("PORT ELLIN",),
            ("schema:City",),
            (d.name("PORT ELLIN"), d.name("Port Ellin"), d.nominal("the port")),
            former_names=("Ellinhaven",),
        ),
        Entity(
            "e5",
            Kind.ORGANIZATION,
            "Red Lantern Brigade",
            (),
            ("nkg:ArmedGroup",),
            (d.name("Red Lantern Brigade", phrase="the Red Lantern Brigade"),),
        ),
        Entity(
            "e6",
            Kind.PERSON,
            "Juan Peña",
            (),
            (),
            (d.name("Juan Peña"), d.pronoun("he", 6)),
        ),
        Entity("e7", Kind.GROUP, "Residents", (), ("nkg:UnnamedSource",), (d.nominal("Residents"),)),
        Entity("e8", Kind.GROUP, "reporters", (), (), (d.nominal("reporters"),)),
    )

    def told(words: str, nth: int = 1) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        span = d.at(words, nth)
        return (span,), (d.sentence(span),)

    events = (
        Event(
            "v1",
            "plover:Threaten",
            "Mira Tessel threatened Ostrana",
            "threatened",
            (d.at("threatens"), d.at("threatened")),
            (Span(0, 25), d.sentence(d.at("threatened"))),
            ("e1",),
            ("e3",),
            (),
            TimeRef("2031-03-12"),
            confidence=0.934,
        ),
        Event(
            "v2",
            "plover:Assault",
            "Ostrana shelled the harbour of Port Ellin",
            "shelled",
            *told("shelled"),
            ("e3",),
            (),
            ("e4",),
            None,
            Modality.REPORTED,
            "s1",
            confidence=0.9,
        ),
        Event(
            "v3",
            "plover:Assault",
            "Red Lantern Brigade attacks Port Ellin",
            "attack",
            *told("attack"),
            ("e5",),
            ("e4",),
            ("e4",),
            TimeRef("2031-03"),
            Modality.PLANNED,
            confidence=0.7,
        ),
        Event(
            "v4",
            "plover:Consult",
            "Juan Peña met Mira Tessel",
            "met",
            *told("met"),
            ("e6",),
            ("e1",),
            modality=Modality.NEGATED,
            confidence=0.8,
        ),
    )
    quote = d.at("We will not sit still,")
    statements = (
        Statement(
            "s1",
            "Ostrana had shelled the harbour of Port Ellin",
            d.at("Ostrana had shelled the harbour of Port Ellin"),
            d.sentence(d.at("shelled")),
            "e1",
            False,
            "said",
            about=("e3", "e4"),
            confidence=0.95,
        ),
        Statement(
            "s2",
            "We will not sit still,",
            quote,
            d.sentence(quote),
            "e1",
            True,
            "told",
            addressee="e8",
            time=TimeRef("2031-03-12"),
            confidence=0.99,
        ),
        Statement(
            "s3",
            "the Red Lantern Brigade planned to attack the port",
            d.at("the Red Lantern Brigade planned to attack the port"),
            d.sentence(d.at("Residents")),
            "e7",
            False,
            "said",
            about=("e4", "e5"),
            confidence=0.9,
        ),
    )
    post, admiral = d.at("Foreign Minister"), d.at("a former admiral")
    roles = (
        Role("e1", "Foreign Minister", "e2", False, post, d.sentence(post), 0.93),
        Role("e6", "admiral", None, True, admiral, d.sentence(admiral), 0.9),
    )
    relations = (
        Relation("e1", "schema:nationality", "e2", d.sentence(post), 0.8),
        Relation("e2", "nkg:opposes", "e3", d.sentence(d.at("threatened")), 0.6),
    )
    article = Article(
        "blockade",
        BLOCKADE,
        "blockade",
        "Valdor threatens blockade",
        "2031-03-12",
        ("Ada Quill",),
        "The Ellin Courier",
        "https://courier.example/blockade?a=1&b=2",
        source="blockade.txt",
        sha256=sha(BLOCKADE),
        title_span=d.at("Valdor threatens blockade"),
    )
    return Facts(article, entities, roles, events, statements, relations)


def talks() -> Facts:
    """Two people of one name, a span of time, a year, a title that is not in the text, a union."""
    d = Draft(TALKS)
    truce, support, award = d.at("agreed"), d.at("supported"), d.at("awarded")
    entities = (
        Entity("p1", Kind.PERSON, "Mira Tessel", (), (), (d.name("Mira Tessel"),)),
        Entity(
            "p2", Kind.PERSON, "Oren Vale", (), (), (d.name("Oren Vale"), d.nominal("Ostrana's president"))
        ),
        Entity("p3", Kind.PERSON, "Oren Vale", (), (), (d.name("Oren Vale", 2),)),
        Entity("g1", Kind.PLACE, "Ostrana", (), ("schema:Country",), (d.name("Ostrana"),)),
        Entity("g2", Kind.PLACE, "Calder", (), ("schema:City",), (d.name("Calder"),)),
        Entity(
            "o1",
            Kind.ORGANIZATION,
            "Harbour Union",
            (),
            ("schema:WorkersUnion",),
            (d.name("Harbour Union"), d.name("Harbour Union", 2)),
        ),
    )
    events = (
        Event(
            "v1",
            "plover:Agree",
            "Mira Tessel and Oren Vale agreed on a truce",
            "agreed",
            (truce,),
            (d.sentence(truce),),
            ("p1", "p2"),
            (),
            ("g2",),
            TimeRef("2031-03-20", "2031-03-22"),
            confidence=0.9,
        ),
        Event(
            "v2",
            "plover:Support",
            "Harbour Union supported the truce",
            "supported",
            (support,),
            (d.sentence(support),),
            ("o1",),
            confidence=0.85,
        ),
        Event(
            "v3",
            "nkg:Award",
            "Oren Vale was awarded a medal",
            "awarded",
            (award,),
            (d.sentence(award),),
            (),
            ("p3",),
            time=TimeRef("2030"),
            confidence=0.85,
        ),
    )
    president = d.at("president")
    roles = (
        Role("p2", "president", "g1", False, president, d.sentence(president), 0.95),
        Role("p3", "member", "o1", False, d.at("Oren Vale", 2), d.sentence(award), 0.6),
    )
    article = Article(
        "talks", TALKS, "march/talks", "Truce in Calder", "2031-03-21T09:30:00+01:00", sha256=sha(TALKS)
    )
    return Facts(article, entities, roles, events)


def both() -> tuple[Facts, ...]:
    """Return the two articles, in the order in which they appeared."""
    return blockade(), talks()
