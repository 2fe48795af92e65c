"""The network as two tables, nodes and edges with their properties, for property graphs and data frames.

Things, events, quotes, roles and articles are nodes. Who takes part in what, where it is reported and what is known
of two things (`NATIONALITY`, `ALLIED_WITH` …) are edges.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from rdflib import Graph

from kg.errors import StoreError
from kg.view.graph_reader import read
from kg.view.records import ArticleRecord, FactRecord, Story, ThingRecord

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Row: TypeAlias = Mapping[str, Value]
NODES: Mapping[str, type] = {
    "id": str,
    "labels": tuple,
    "label": str,
    "aliases": tuple,
    "same_as": tuple,
    "latitude": float,
    "longitude": float,
    "mentions": int,
    "trigger": str,
    "begin": str,
    "end": str,
    "modality": str,
    "confidence": float,
    "text": str,
    "direct": bool,
    "cue": str,
    "former": bool,
    "sentence": str,
    "publisher": str,
    "url": str,
    "authors": tuple,
}
"""The columns of nodes, and what stands in them; a text that is not known is empty, all else None."""
EDGES: Mapping[str, type] = {
    "source": str,
    "target": str,
    "type": str,
    "id": str,
    "label": str,
    "confidence": float,
    "sentence": str,
}
_KINDS = {"person": "Person", "organization": "Organization", "place": "Place", "group": "Group"}
_PARTS = {"member": "MEMBER", "organization": "ORGANIZATION"}
_LABEL = re.compile(r"[^\W\d_]\w*", re.ASCII)
_MARKS = {tuple: "string[]", float: "double", int: "long", bool: "boolean", str: "string"}


@dataclass(frozen=True, slots=True)
class NetworkTables:
    """The rows of both tables, each sorted by its ids."""

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


def tables(graph: Graph) -> NetworkTables:
    """Return the nodes and edges of a graph; the same triples give the same rows in the same order."""
    story = read(graph)
    nodes = [*map(_thing, story.things), *map(_article, story.articles)]
    nodes += [_fact(fact) for fact in story.facts if fact.kind != "relation"]
    known = {str(node["id"]) for node in nodes}
    edges = [edge for edge in _edges(story) if edge["source"] in known and edge["target"] in known]
    return NetworkTables(
        tuple(sorted(nodes, key=lambda row: str(row["id"]))),
        tuple(sorted(edges, key=lambda row: tuple(str(row[k]) for k in ("source", "target", "type", "id")))),
    )


def _row(columns: Mapping[str, type], **values: Value) -> Row:
    empty: Row = {
        name: "" if kind is str else () if kind is tuple else None for name, kind in columns.items()
    }
    return {**empty, **values}


def _thing(thing: ThingRecord) -> Row:
    return _row(
        NODES,
        id=thing.iri,
        labels=("Entity", _KINDS.get(thing.kind, "Group"), *_local(thing.classes)),
        label=thing.label,
        aliases=thing.aliases,
        same_as=thing.same_as,
        latitude=thing.latitude,
        longitude=thing.longitude,
        mentions=thing.mentions,
    )


def _article(article: ArticleRecord) -> Row:
    return _row(
        NODES,
        id=article.iri,
        labels=("Article",),
        label=article.headline,
        begin=article.date,
        publisher=article.publisher,
        url=article.url,
        authors=article.authors,
    )


def _fact(fact: FactRecord) -> Row:
    event, statement, role = (fact.kind == kind for kind in ("event", "statement", "role"))
    return _row(
        NODES,
        id=fact.iri,
        labels=(fact.kind.capitalize(), *(_local((fact.cls,)) if event else ())),
        label=fact.label,
        trigger=fact.trigger,
        begin=fact.date,
        end=fact.end,
        modality=fact.modality if event or role else "",
        confidence=fact.confidence,
        text=fact.text,
        direct=fact.direct if statement else None,
        cue=fact.cue,
        former=fact.former if role else None,
        sentence=_sentence(fact),
    )


def _edges(story: Story) -> Iterator[Row]:
    for thing in story.things:
        yield from (_edge(thing.iri, article, "MENTIONED_IN") for article in thing.articles)
    for fact in story.facts:
        if fact.kind == "relation":
            yield from (
                _edge(one, other, _upper(fact.cls), fact)
                for one in fact.who("subject")
                for other in fact.who("object")
            )
            continue
        for part, iri in fact.parts:
            yield _edge(fact.iri, iri, _PARTS.get(part, _upper(part)))
        if fact.according_to:
            yield _edge(fact.iri, fact.according_to, "ACCORDING_TO")
        for article in sorted({piece.article for piece in fact.evidence}):
            yield _edge(fact.iri, article, "REPORTED_IN")


def _edge(source: str, target: str, kind: str, fact: FactRecord | None = None) -> Row:
    row = _row(EDGES, source=source, target=target, type=kind)
    if fact is None:
        return row
    return {
        **row,
        "id": fact.iri,
        "label": fact.label,
        "confidence": fact.confidence,
        "sentence": _sentence(fact),
    }


def _sentence(fact: FactRecord) -> str:
    return fact.evidence[0].text if fact.evidence else ""


def _local(classes: Sequence[str]) -> tuple[str, ...]:
    """Return the names of classes without their prefixes, as far as they can be labels."""
    names = (name.rpartition(":")[2] for name in classes)
    return tuple(dict.fromkeys(name for name in names if _LABEL.fullmatch(name)))


def _upper(name: str) -> str:
    """Return a property's name as the type of an edge: `nkg:alliedWith` as ALLIED_WITH."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.rpartition(":")[2].rpartition("/")[2])
    return re.sub(r"\W+", "_", words).upper() or "RELATED"


def write_nodes(rows: Sequence[Row], out: BinaryIO) -> None:
    """Write nodes as `neo4j-admin database import` takes them: a head with types, lists parted by semicolons."""
    names = {"id": "iri:ID", "labels": ":LABEL"}
    head = {key: names.get(key, f"{key}:{_MARKS[kind]}") for key, kind in NODES.items()}
    _write(rows, head, out)


def write_edges(rows: Sequence[Row], out: BinaryIO) -> None:
    """Write edges as `neo4j-admin database import` takes them."""
    names = {"source": ":START_ID", "target": ":END_ID", "type": ":TYPE", "id": "iri:string"}
    head = {key: names.get(key, f"{key}:{_MARKS[kind]}") for key, kind in EDGES.items()}
    _write(rows, head, out)


def _write(rows: Sequence[Row], head: Mapping[str, str], out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(head.values())
        writer.writerows([_cell(row[key]) for key in head] for row in rows)
    finally:
        text.detach()


def _cell(value: Value) -> str | int | float:
    """Return a value as a cell: lines are one, and no word of a list holds what parts its words."""
    if isinstance(value, tuple):
        return ";".join(_plain(word).replace(";", ",") for word in value)
    if value is None:
        return ""
    return (
        str(value).lower() if isinstance(value, bool) else _plain(value) if isinstance(value, str) else value
    )


def _plain(words: str) -> str:
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())


def write_parquet(rows: Sequence[Row], columns: Mapping[str, type], out: BinaryIO) -> None:
    """Write rows with these columns; lists are lists, and what is not known is null.

    Raises:
        StoreError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StoreError("Parquet needs pyarrow: pip install 'newskg[cluster]'") from error
    types = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        tuple: pa.list_(pa.string()),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    values = {name: [_parquet_value(row[name]) for row in rows] for name in columns}
    pq.write_table(pa.Table.from_pydict(values, schema), out, compression="zstd")


def _parquet_value(value: object) -> object:
    if isinstance(value, tuple):
        return [_parquet_value(one) for one in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8") or None
    return value
