"""Read annotated articles: NAME.txt with its standoff annotation NAME.gold.json (docs/evaluation.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kg.errors import GoldError
from kg.model import Span

ENDING = ".gold.json"


def _pair(value: object) -> object:
    """Let `[begin, end]` stand for a span."""
    if not (isinstance(value, list | tuple) and len(value) == 2 and all(type(x) is int for x in value)):
        raise ValueError("a span is written [begin, end], two whole numbers")
    return Span(*value)


def _ordered(span: Span) -> Span:
    if not 0 <= span.begin < span.end:
        raise ValueError(
            f"[{span.begin}, {span.end}] is no span: it must begin at 0 or later and end after that"
        )
    return span


GoldSpan = Annotated[Span, BeforeValidator(_pair), AfterValidator(_ordered)]
Names = Annotated[list[str], BeforeValidator(lambda value: [] if value is None else value)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldEntity(_Record):
    """A thing that the article speaks of, with every mention; an `Event` is named, but no entity to be found."""

    id: str
    type: Literal["Person", "Organization", "Place", "Event"]
    name: str
    aliases: Names = []
    mentions: list[GoldSpan]


class GoldRole(_Record):
    """Who holds which position where; `person` and `organization` are entity ids."""

    person: str
    title: str
    organization: str | None = None
    former: bool = False


class GoldQuote(_Record):
    """A stretch of reported speech; `speaker` is an entity id, or None with the words in `speaker_text`."""

    span: GoldSpan
    speaker: str | None = None
    speaker_text: str | None = None
    direct: bool = False
    cue: str | None = None


class GoldEvent(_Record):
    """One telling of a happening; participants are entity ids, or the words of a group without a name."""

    type: str
    trigger: GoldSpan
    agent: Names = []
    patient: Names = []
    place: Names = []
    date: str | None = None
    modality: str


class Gold(_Record):
    """The annotation of one article. `roles`, `quotes` and `events` are None where only things are annotated.

    `ignore` lists names of things that may be found or not, without gain or loss; `published` is the article's date,
    for a text that prints none.
    """

    entities: list[GoldEntity]
    ignore: Names = []
    published: str | None = None
    roles: list[GoldRole] | None = None
    quotes: list[GoldQuote] | None = None
    events: list[GoldEvent] | None = None
    name: str = Field(default="", exclude=True)
    path: Path = Field(default=Path(), exclude=True)
    text: str = Field(default="", exclude=True)

    def words(self, span: Span) -> str:
        """Return the words of a stretch of the text, on one line."""
        return " ".join(span.of(self.text).split())


def load_gold(folder: Path) -> list[Gold]:
    """Return the annotated articles of a folder, by name.

    Raises:
        GoldError: there are none, or one is broken; the message names the file, the entry and the fault.
    """
    if not folder.is_dir():
        raise GoldError(f"{folder}: no such folder of annotated articles")
    paths = sorted(folder.glob(f"*{ENDING}"))
    if not paths:
        raise GoldError(f"{folder}: holds no annotated article; one is NAME.txt with NAME{ENDING}")
    return [_load(path) for path in paths]


def _load(path: Path) -> Gold:
    name = path.name[: -len(ENDING)]
    article = path.with_name(f"{name}.txt")
    try:
        text = article.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise GoldError(f"{article}: missing, the article that {path.name} annotates") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{article}: is not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise GoldError(f"{article}: can't be read: {error.strerror}") from error
    try:
        raw = json.loads(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise GoldError(f"{path}: line {error.lineno}: broken JSON: {error.msg}") from error
    except RecursionError as error:
        raise GoldError(f"{path}: the JSON is nested too deeply") from error
    if not isinstance(raw, dict):
        raise GoldError(f"{path}: expected one JSON object with entities, roles, quotes and events")
    raw = {key: value for key, value in raw.items() if key not in ("name", "path", "text")}
    try:
        gold = Gold.model_validate(raw).model_copy(update={"name": name, "path": path, "text": text})
    except ValidationError as error:
        faults = error.errors(include_url=False)
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        message = faults[0]["msg"].removeprefix("Value error, ")
        raise GoldError(f"{path}: {_place(faults[0]['loc'])}: {message}{more}") from error
    fault = next(_faults(gold), None)
    if fault is not None:
        raise GoldError(f"{path}: {fault}")
    return gold


def _place(loc: tuple[int | str, ...]) -> str:
    """Say where in the file a fault is, counting entries from 1."""
    return (
        ", ".join(f"entry {step + 1}" if isinstance(step, int) else step for step in loc) or "the whole file"
    )


def _faults(gold: Gold) -> Iterator[str]:
    """Yield what the schema can't see: ids that are double or unknown, spans outside the text."""
    seen: set[str] = set()
    for entity in gold.entities:
        if entity.id in seen:
            yield f"entities: two have the id '{entity.id}'"
        seen.add(entity.id)
    for place, identifier in _named(gold):
        if identifier is not None and identifier not in seen:
            yield f"{place}: no entity has the id '{identifier}'"
    for place, span in _spans(gold):
        if span.end > len(gold.text):
            yield f"{place}: [{span.begin}, {span.end}] lies outside the text of {len(gold.text)} characters"


def _named(gold: Gold) -> Iterator[tuple[str, str | None]]:
    for n, role in enumerate(gold.roles or (), 1):
        yield f"roles, entry {n}, person", role.person
        yield f"roles, entry {n}, organization", role.organization
    for n, quote in enumerate(gold.quotes or (), 1):
        yield f"quotes, entry {n}, speaker", quote.speaker


def _spans(gold: Gold) -> Iterator[tuple[str, Span]]:
    for entity in gold.entities:
        yield from (
            (f"entities, '{entity.id}', mention {n}", span) for n, span in enumerate(entity.mentions, 1)
        )
    yield from ((f"quotes, entry {n}, span", quote.span) for n, quote in enumerate(gold.quotes or (), 1))
    yield from (
        (f"events, entry {n}, trigger", event.trigger) for n, event in enumerate(gold.events or (), 1)
    )
