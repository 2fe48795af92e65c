"""A made-up article of any size, for measurements and for the speed of queries."""

from __future__ import annotations

from kg.model import (
    Article,
    Entity,
    Event,
    Facts,
    Kind,
    Mention,
    MentionKind,
    Modality,
    Role,
    Span,
    Statement,
    TimeRef,
)

_CLASSES = ("plover:Threaten", "plover:Assault", "plover:Consult", "plover:Agree", "nkg:Move", "nkg:Elect")
_KINDS = (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE, Kind.GROUP)
_MODALITIES = tuple(Modality)


def large(number: int, events: int = 200, entities: int = 60, mentions: int = 6) -> Facts:
    """Return one article with so many events over so many entities; its text is the words `w0 w1 w2 …`."""
    words = [f"w{i}" for i in range(events * 8 + entities * mentions)]
    text = " ".join(words)
    begins = [0]
    for word in words[:-1]:
        begins.append(begins[-1] + len(word) + 1)

    def span(first: int, last: int | None = None) -> Span:
        last = first if last is None else last
        return Span(begins[first], begins[last] + len(words[last]))

    things = tuple(
        Entity(
            f"e{i}",
            _KINDS[i % 4],
            f"Name{i % 40} Surname{i} {number if i % 3 else ''}".strip(),
            (f"Surname{i}",),
            (),
            tuple(Mention(span(events * 8 + i * mentions + m), MentionKind.NAME) for m in range(mentions)),
        )
        for i in range(entities)
    )
    speakers = [i for i in range(entities) if i % 4 in {0, 1}]
    happenings = tuple(
        Event(
            f"v{i}",
            _CLASSES[i % len(_CLASSES)],
            f"label {i}",
            words[i * 8],
            (span(i * 8),),
            (span(i * 8, i * 8 + 7),),
            (f"e{i * 7 % entities}",),
            (f"e{(i * 11 + 1) % entities}",),
            (f"e{(i * 4 + 2) % entities}",) if (i * 4 + 2) % entities % 4 == 2 else (),
            TimeRef(f"2031-{i % 12 + 1:02}-{i % 28 + 1:02}"),
            _MODALITIES[i % 5],
            f"s{i // 4}" if _MODALITIES[i % 5] is Modality.REPORTED else None,
            0.9,
        )
        for i in range(events)
    )
    statements = tuple(
        Statement(
            f"s{i}",
            f"{span(i * 32, i * 32 + 3).of(text)}",
            span(i * 32, i * 32 + 3),
            span(i * 32, i * 32 + 7),
            f"e{speakers[i % len(speakers)]}",
            i % 2 == 0,
            "said",
            about=(f"e{i % entities}",),
        )
        for i in range(events // 4)
    )
    roles = tuple(
        Role(f"e{i}", f"title {i % 9}", f"e{i + 1}", i % 8 == 0, span(i * 8 + 3), span(i * 8, i * 8 + 7))
        for i in range(0, min(entities, events) - 4, 4)
    )
    article = Article(
        f"large-{number}", text, f"large-{number}", "A large one", "2031-01-01", sha256="0" * 64
    )
    return Facts(article, things, roles, happenings, statements)
