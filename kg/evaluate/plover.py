"""Score events against sentences in which one event each is coded: class, sources and targets.

The records and measures are those of the PLOVER gold standard (https://github.com/openeventdata/PLOVER).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import GoldError
from kg.evaluate.claims import local
from kg.evaluate.gold import Names
from kg.graph.vocabulary import DCTERMS, GAF, NKG, RDF, RDFS, SEM, SKOS

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

MEASURES = ("found", "typed", "source", "target", "all")
_RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}  # of later versions of PLOVER
_LIGHT = frozenset({"the", "a", "an", "of", "in", "and", "'s", "s"})
_SPAN = re.compile(r"^(.*)#char=(\d+),(\d+)$")
_NAMES = (RDFS.label, SKOS.altLabel, SKOS.prefLabel)
_SIDES = {"source": NKG.agent, "target": NKG.patient}


class CodedSentence(BaseModel):
    """One record: a sentence, the class of its event, where its trigger stands, who acts on whom."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: str
    event: str
    trigger_spans: list[tuple[int, int]]
    source: Names = []
    target: Names = []


@dataclass(frozen=True, slots=True)
class CodedShare:
    """How many of the sentences that count are right."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """The part that is right, 0 to 1."""
        return self.right / self.of if self.of else 0.0


def load_coded(path: Path) -> list[CodedSentence]:
    """Read the JSONL file of coded sentences.

    Raises:
        GoldError: it can't be read, or a line is broken.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise GoldError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: is not UTF-8 (byte {error.start})") from error
    records = []
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            records.append(CodedSentence.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}: line {n}: broken JSON: {error.msg}") from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(step) for step in first["loc"]) or "the record"
            raise GoldError(f"{path}: line {n}: {where}: {first['msg']}") from error
    if not records:
        raise GoldError(f"{path}: holds no coded sentence")
    return records


def judge_coded(records: list[CodedSentence], graph: Graph) -> dict[str, CodedShare]:
    """Return the share of sentences right by each measure.

    Raises:
        GoldError: the graph lacks one of the sentences.
    """
    documents = {str(name): str(node) for node, name in graph.subject_objects(DCTERMS.identifier)}
    events = _events(graph)
    right: dict[str, int] = dict.fromkeys(MEASURES, 0)
    of: dict[str, int] = dict.fromkeys(MEASURES, len(records)) | dict.fromkeys(_SIDES, 0)
    for record in records:
        if record.id not in documents:
            raise GoldError(f"the sentence '{record.id}' was not built; is it English text?")
        on = {
            event
            for event, begin, end in events[documents[record.id]]
            if any(begin < last and first < end for first, last in record.trigger_spans)
        }
        wanted = _RENAMED.get(record.event, record.event)
        typed = {e for e in on if wanted in {local(kind).upper() for kind in graph.objects(e, RDF.type)}}
        fit = set(typed)
        right["found"] += bool(on)
        right["typed"] += bool(typed)
        for side, predicate in _SIDES.items():
            names = [_content(name) for name in getattr(record, side)]
            good = {
                e for e in on if not names or any(n & f for f in _fillers(graph, e, predicate) for n in names)
            }
            if names:
                of[side] += 1
                right[side] += bool(good)
            fit &= good
        right["all"] += bool(fit)
    return {measure: CodedShare(right[measure], of[measure] or len(records)) for measure in MEASURES}


def _events(graph: Graph) -> dict[str, list[tuple[Node, int, int]]]:
    """Return the events of each document with their spans."""
    out: dict[str, list[tuple[Node, int, int]]] = defaultdict(list)
    for event in set(graph.subjects(RDF.type, SEM.Event)):
        for span in graph.objects(event, GAF.denotedBy):
            hit = _SPAN.match(str(span))
            if hit:
                out[hit[1]].append((event, int(hit[2]), int(hit[3])))
    return out


def _fillers(graph: Graph, event: Node, predicate: Node) -> Iterator[set[str]]:
    """Yield the content words of the names of each participant."""
    for node in graph.objects(event, predicate):
        yield {word for p in _NAMES for name in graph.objects(node, p) for word in _content(str(name))}


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if word not in _LIGHT}
